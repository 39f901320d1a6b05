// How large the swarms are that are measured, and for how long.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace skein::bench {

struct Size {
  std::size_t particles = 0;
  std::size_t dimension = 0;
  std::size_t iterations = 0;  ///< that are timed: those after the first
  std::size_t repetitions = 0;
  bool in_cache = true;  ///< whether a core's share of the caches holds the swarm

  [[nodiscard]] double components() const noexcept {
    return static_cast<double>(particles * dimension) * static_cast<double>(iterations);
  }
};

/// 50 × 30 to 10^6 × 10; tiny ones for the smoke form.
[[nodiscard]] std::vector<Size> standard_sizes(bool smoke);

/// Swarms of 10^3 to 10^6 particles in 10 dimensions.
[[nodiscard]] std::vector<Size> many_particles(bool smoke);

/// "1000 × 100".
[[nodiscard]] std::string to_text(const Size& size);

}  // namespace skein::bench
