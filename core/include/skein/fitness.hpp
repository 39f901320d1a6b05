// Fitness: the constraint violation and the objectives of a solution, and the one order on them.
#pragma once

#include <cmath>
#include <cstddef>

namespace skein {

/// The fitness of one row: element 0 is the constraint violation (0 = feasible), elements 1.. are the objectives.
/// The boundary of an evaluator has flipped the signs of what a problem maximizes: all objectives are minimized.
struct FitnessRow {
  const double* data = nullptr;
  std::size_t width = 2;

  [[nodiscard]] double violation() const noexcept { return data[0]; }
  [[nodiscard]] double objective(std::size_t index = 0) const noexcept { return data[1 + index]; }
};

/// Whether `a` is strictly better than `b`: the smaller violation first, then the smaller objectives in their order.
/// NaN is worse than every number, infinities included, and equal to NaN; 0.0 equals -0.0. Between equal rows neither
/// is better, so that a scan in ascending order which replaces only what is worse keeps the lowest index.
/// This is the only comparison of solutions that operators use.
[[nodiscard]] inline bool better(FitnessRow a, FitnessRow b) noexcept {
  for (std::size_t i = 0; i < a.width; ++i) {
    const double x = a.data[i];
    const double y = b.data[i];
    if (x == y) continue;
    if (x < y) return true;
    if (x > y) return false;
    if (std::isnan(x) != std::isnan(y)) return std::isnan(y);
  }
  return false;
}

}  // namespace skein
