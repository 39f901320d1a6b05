// The five objectives with their optimum anywhere in the bounds, for what is said of quality: an optimum at the origin
// flatters many algorithms.
#pragma once

#include <string>
#include <vector>

#include "benchmarks/objectives/objective.hpp"

namespace skein::bench {

/// f(x - shift) within [lower, upper] in every dimension.
struct ShiftedObjective {
  Objective objective = Objective::sphere;
  double lower = 0;
  double upper = 0;
  std::vector<double> shift;
};

/// Those of shifted_functions.json. Throws std::runtime_error when the file is not what it should be.
[[nodiscard]] std::vector<ShiftedObjective> shifted_objectives();

}  // namespace skein::bench
