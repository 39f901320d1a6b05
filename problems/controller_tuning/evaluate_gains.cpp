#include "core/kernel/kernel-inl.hpp"

#include <algorithm>
#include <span>

#include "problems/controller_tuning/adaptive-inl.hpp"
#include "problems/controller_tuning/hybrid-inl.hpp"
#include "problems/controller_tuning/simulation-inl.hpp"
#include "problems/controller_tuning/sliding_mode-inl.hpp"
#include "problems/controller_tuning/super_twisting-inl.hpp"
#include "problems/controller_tuning/tuning_evaluation.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {
namespace {

/// costs[k] <- costs of eight vectors of gains over all cases by weights[k]. Not inlined: one loop per controller.
template <template <class> class Law>
HWY_NOINLINE void combine_costs(const TuningEvaluation& evaluation, const Reals* gains, Reals* costs) noexcept {
  const SimulationSettings& settings = evaluation.tuning.settings;
  const auto observe = [](std::size_t, const State<Reals>&, const Action<Reals>&) SKEIN_INLINED {};
  const std::size_t count = evaluation.cases.size();
  const std::size_t objectives = evaluation.weights.size();
  Reals greatest[most_tuning_objectives];
  for (std::size_t k = 0; k < objectives; ++k) costs[k] = greatest[k] = 0.0;
  for (std::size_t i = 0; i < count; ++i) {
    Law<Reals> control(evaluation.tuning.law, gains);
    const CostSums<Reals> sums =
        run_simulation<Reals>(settings, evaluation.plants[i], evaluation.cases[i].start, control, observe);
    for (std::size_t k = 0; k < objectives; ++k) {
      const Reals cost = cost_of(sums, settings, evaluation.weights[k]);
      costs[k] = costs[k] + cost;
      greatest[k] = maximum(greatest[k], cost);
    }
  }
  if (count == 1) return;
  for (std::size_t k = 0; k < objectives; ++k) {
    costs[k] =
        (costs[k] * (evaluation.mean_weight / static_cast<double>(count))) + greatest[k] * evaluation.maximum_weight;
  }
}

void simulate_rows(const TuningEvaluation& evaluation, const In<double>& position, Rows rows, double* values) {
  const std::size_t width = position.width();
  const std::size_t objectives = evaluation.weights.size();
  for (std::size_t first = rows.first; first < rows.last; first += 8) {
    const std::size_t count = rows.last - first < 8 ? rows.last - first : 8;
    Reals gains[most_gains];
    for (std::size_t gain = 0; gain < width; ++gain) {
      double lanes[8];
      for (std::size_t lane = 0; lane < 8; ++lane) {
        lanes[lane] = position.row(first + (lane < count ? lane : count - 1))[gain];
      }
      gains[gain] = Reals::load(lanes);
    }
    Reals costs[most_tuning_objectives];
    switch (evaluation.tuning.law.kind) {
      case ControllerKind::super_twisting:
        combine_costs<SuperTwisting>(evaluation, gains, costs);
        break;
      case ControllerKind::adaptive:
        combine_costs<Adaptive>(evaluation, gains, costs);
        break;
      case ControllerKind::hybrid:
        combine_costs<Hybrid>(evaluation, gains, costs);
        break;
      default:
        combine_costs<SlidingMode>(evaluation, gains, costs);
    }
    for (std::size_t k = 0; k < objectives; ++k) {
      double lanes[8];
      costs[k].store(lanes);
      for (std::size_t lane = 0; lane < count; ++lane) {
        values[(first - rows.first + lane) * objectives + k] = lanes[lane];
      }
    }
  }
}

}  // namespace
}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skein {
namespace {

HWY_EXPORT(simulate_rows);

}  // namespace

double gain_violation(const TuningEvaluation& evaluation, const double* gains) noexcept {
  double violation = 0.0;
  for (std::size_t i = 0; i < evaluation.lower.size(); ++i) {
    const double width = evaluation.upper[i] - evaluation.lower[i];
    const double excess = math::maximum(evaluation.lower[i] - gains[i], gains[i] - evaluation.upper[i]);
    if (!(excess <= 0.0)) violation += width > 0.0 ? excess / width : 1.0 + excess;
  }
  const bool is_ordered = evaluation.tuning.factory || evaluation.tuning.law.kind != ControllerKind::super_twisting;
  if (!is_ordered && !(gains[1] <= gains[0])) violation += (gains[1] - gains[0]) / evaluation.upper[0];
  return violation;
}

void evaluate_gains(const void* data, const In<double>& position, Rows rows, double* violations,
                    double* values) noexcept {
  const auto& evaluation = *static_cast<const TuningEvaluation*>(data);
  HWY_DYNAMIC_DISPATCH(simulate_rows)(evaluation, position, rows, values);
  for (std::size_t i = 0; i < rows.count(); ++i) {
    violations[i] = gain_violation(evaluation, position.row(rows.first + i));
  }
}

void evaluate_foreign_gains(const TuningEvaluation& evaluation, std::span<const double> gains,
                            std::span<double> values) {
  SimulationSettings settings = evaluation.tuning.settings;
  const auto count = static_cast<double>(evaluation.cases.size());
  double costs[most_tuning_objectives];
  double greatest[most_tuning_objectives] = {};
  std::ranges::fill(values, 0.0);
  for (const TuningCase& one : evaluation.cases) {
    settings.plant.parameters = one.parameters;
    settings.start = one.start;
    const auto controller = evaluation.tuning.factory(gains);
    simulate_costs(settings, *controller, evaluation.weights, costs);
    for (std::size_t k = 0; k < values.size(); ++k) {
      values[k] += costs[k];
      greatest[k] = math::maximum(greatest[k], costs[k]);
    }
  }
  if (evaluation.cases.size() == 1) return;
  for (std::size_t k = 0; k < values.size(); ++k) {
    values[k] = values[k] * (evaluation.mean_weight / count) + greatest[k] * evaluation.maximum_weight;
  }
}

}  // namespace skein
#endif  // HWY_ONCE
