// What the evaluation of gains needs, and how it goes.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "problems/controller_tuning/plant_constants.hpp"
#include "skein/context.hpp"
#include "skein/problems/controller_tuning.hpp"
#include "skein/view.hpp"

namespace skein {

/// Of every shipped law.
inline constexpr std::size_t most_gains = 8;

/// The cost, and each of its components.
inline constexpr std::size_t most_tuning_objectives = 5;

struct TuningEvaluation {
  ControllerTuning tuning;
  std::vector<TuningCase> cases;
  std::vector<PlantConstants> plants;  ///< one per case
  std::vector<CostWeights> weights;    ///< one per objective
  std::vector<double> lower;           ///< one per gain
  std::vector<double> upper;
  double mean_weight = 1.0;  ///< the sum of both weights is 1
  double maximum_weight = 0.0;
};

/// What make_controller_tuning says of it. NaN when a gain is.
[[nodiscard]] double gain_violation(const TuningEvaluation& evaluation, const double* gains) noexcept;

/// values[i * objectives + k] <- the costs by weights[k] of the gains in row rows.first + i over all cases, combined;
/// violations[i] <- gain_violation. Eight rows are simulated side by side, none of which sees the others. With one
/// case: the cost. Otherwise the weighted sum of mean and maximum; costs of cases are summed in their order. `data` is
/// a TuningEvaluation. Cost: about 25 ns per gain vector, case and Euler step with AVX2, nearly four times that with
/// Runge-Kutta; less where all eight fall early.
void evaluate_gains(const void* data, const In<double>& position, Rows rows, double* violations,
                    double* values) noexcept;

/// values[k] <- the same for one vector of gains, with controllers of the tuning's factory.
void evaluate_foreign_gains(const TuningEvaluation& evaluation, std::span<const double> gains,
                            std::span<double> values);

/// costs[k] <- the cost by weights[k] of one simulation.
void simulate_costs(const SimulationSettings& settings, Controller& controller, std::span<const CostWeights> weights,
                    double* costs);

}  // namespace skein
