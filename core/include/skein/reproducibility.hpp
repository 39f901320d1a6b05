// Reproducibility: how far the numbers of a run repeat.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace skein {

/// Same seed, same bits, for any number of threads: where?
enum class Reproducibility : std::uint8_t {
  every_machine,  ///< tier 1: everywhere, whatever the processor and the compiler
  one_machine,    ///< tier 2: on one machine and build, as for code that uses the system's mathematics
  none            ///< tier 3: what depends on the clock does not repeat
};

/// The tier of a run, and what keeps it from a better one.
struct ReproducibilityReport {
  Reproducibility tier = Reproducibility::every_machine;
  std::vector<std::string> reasons;

  /// Lowers the tier to `limit`, because of `reason`; each reason is kept once.
  void limit_to(Reproducibility limit, const std::string& reason);
};

/// 1, 2 or 3.
[[nodiscard]] int tier_number(Reproducibility reproducibility) noexcept;

/// "the same on every machine, for any number of threads", …
[[nodiscard]] std::string_view describe(Reproducibility reproducibility) noexcept;

}  // namespace skein
