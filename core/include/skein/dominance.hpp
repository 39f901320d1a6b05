// Dominance: the partial order on solutions with several objectives.
#pragma once

#include <cmath>
#include <cstddef>

#include "skein/fitness.hpp"

namespace skein {

/// Whether the violation and all objectives are numbers, and finite.
[[nodiscard]] inline bool is_finite(FitnessRow fitness) noexcept {
  for (std::size_t i = 0; i < fitness.width; ++i) {
    if (!std::isfinite(fitness.data[i])) return false;
  }
  return true;
}

/// Whether `a` dominates `b`: the smaller violation does; with equal violations, `a` is in no objective worse and in at
/// least one better. What is finite dominates what is not (infinite or NaN anywhere); of two that are not finite,
/// neither dominates. With one objective, for finite rows, it is `better`. Deb et al., A fast and elitist
/// multiobjective genetic algorithm (2002).
[[nodiscard]] inline bool dominates(FitnessRow a, FitnessRow b) noexcept {
  if (!is_finite(a)) return false;
  if (!is_finite(b)) return true;
  if (a.violation() != b.violation()) return a.violation() < b.violation();
  bool is_better = false;
  for (std::size_t i = 1; i < a.width; ++i) {
    if (a.data[i] > b.data[i]) return false;
    is_better = is_better || a.data[i] < b.data[i];
  }
  return is_better;
}

}  // namespace skein
