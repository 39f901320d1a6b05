// The objectives of a tuning by name, and the weights that make them of a cost.
#pragma once

#include <string_view>
#include <vector>

#include "skein/problems/controller_tuning.hpp"

namespace skein {

[[nodiscard]] std::string_view name_of(TuningObjective objective);

/// The objectives of a list of names, or the cost after all that is wrong with the list was reported.
[[nodiscard]] std::vector<TuningObjective> tuning_objectives(const Value& value, Diagnostics& diagnostics);

/// Reports a list without objectives, one that names an objective twice, and components whose weight is 0.
void check_objectives(const std::vector<TuningObjective>& objectives, const CostWeights& weights,
                      Diagnostics& diagnostics);

/// The weights with which a cost is this objective.
[[nodiscard]] CostWeights weights_of(TuningObjective objective, const CostWeights& weights);

}  // namespace skein
