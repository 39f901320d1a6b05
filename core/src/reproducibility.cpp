#include "skein/reproducibility.hpp"

#include <algorithm>

namespace skein {

void ReproducibilityReport::limit_to(Reproducibility limit, const std::string& reason) {
  if (limit == Reproducibility::every_machine) return;
  tier = std::max(tier, limit);
  if (std::ranges::find(reasons, reason) == reasons.end()) reasons.push_back(reason);
}

int tier_number(Reproducibility reproducibility) noexcept { return static_cast<int>(reproducibility) + 1; }

std::string_view describe(Reproducibility reproducibility) noexcept {
  switch (reproducibility) {
    case Reproducibility::every_machine:
      return "the same numbers on every machine, for any number of threads";
    case Reproducibility::one_machine:
      return "the same numbers on one machine and build, for any number of threads";
    case Reproducibility::none:
      break;
  }
  return "numbers that need not repeat";
}

}  // namespace skein
