#include <cmath>
#include <memory>
#include <string>
#include <utility>

#include "problems/controller_tuning/texts.hpp"
#include "problems/controller_tuning/tuning_evaluation.hpp"
#include "problems/controller_tuning/tuning_objectives.hpp"
#include "skein/encodings/real_vector_parameters.hpp"

namespace skein {
namespace {

/// Reports what is wrong with the numbers of a tuning.
class Checker {
 public:
  Checker(const ControllerTuning& tuning, Diagnostics& diagnostics) : tuning_(tuning), diagnostics_(diagnostics) {}

  void check() {
    const SimulationSettings& settings = tuning_.settings;
    const RobustnessSettings& robustness = tuning_.robustness;
    check_parameters(settings.plant.parameters, diagnostics_);
    positive("step", settings.step);
    if (settings.steps == 0) report("horizon", "A simulation has at least one step.", "horizon >= step", "0 steps");
    positive("maximum_force", settings.maximum_force);
    positive("boundary_layer", tuning_.law.boundary_layer);
    const PendulumState& x = settings.start;
    for (const double component :
         {x.position, x.first_angle, x.second_angle, x.velocity, x.first_rate, x.second_rate}) {
      if (std::isfinite(component)) continue;
      report("start", "The start is not finite.", "finite numbers", text_of(component));
      break;
    }
    check_weights(settings.weights);
    check_uncertainty("uncertainty", robustness.uncertainty);
    check_uncertainty("gravity_uncertainty", robustness.gravity_uncertainty);
    check_uncertainty("friction_uncertainty", robustness.friction_uncertainty);
    if (robustness.plants == 0) report("plants", "At least one plant is simulated.", "at least 1", "0");
    if (robustness.scenarios == 0) report("scenarios", "At least one scenario is simulated.", "at least 1", "0");
    not_negative("mean_weight", robustness.mean_weight);
    not_negative("maximum_weight", robustness.maximum_weight);
    if (robustness.mean_weight == 0.0 && robustness.maximum_weight == 0.0) {
      report("mean_weight", "The weights of mean and maximum are both 0.", "one of them > 0", "0 and 0");
    }
    if (tuning_.factory && tuning_.gains.empty()) {
      report("gains", "Controllers of a factory have no gains.", "at least one gain", "none");
    }
  }

 private:
  static constexpr double most = 1e100;

  void check_weights(const CostWeights& weights) {
    not_negative("state_weight", weights.state_error);
    not_negative("effort_weight", weights.control_effort);
    not_negative("rate_weight", weights.control_rate);
    not_negative("sliding_weight", weights.sliding_energy);
    positive("state_norm", weights.state_error_norm);
    positive("effort_norm", weights.control_effort_norm);
    positive("rate_norm", weights.control_rate_norm);
    positive("sliding_norm", weights.sliding_energy_norm);
    positive("fall_penalty", weights.fall);
    if (weights.fall > most && std::isfinite(weights.fall)) {
      report("fall_penalty", "'fall_penalty' is too large to be added to.", "at most 1e100", text_of(weights.fall));
    }
    in_proportion("state_weight", weights.state_error, "state_norm", weights.state_error_norm);
    in_proportion("effort_weight", weights.control_effort, "effort_norm", weights.control_effort_norm);
    in_proportion("rate_weight", weights.control_rate, "rate_norm", weights.control_rate_norm);
    in_proportion("sliding_weight", weights.sliding_energy, "sliding_norm", weights.sliding_energy_norm);
  }

  /// So that no part of a cost is infinite, or 0 however large its sum is.
  void in_proportion(std::string_view weight_name, double weight, std::string_view norm_name, double norm) {
    const double factor = weight * tuning_.settings.step / norm;
    const bool is_judged_elsewhere = !(weight > 0.0) || !std::isfinite(weight) || !(norm > 0.0) ||
                                     !std::isfinite(norm) || !(tuning_.settings.step > 0.0);
    if (is_judged_elsewhere || (factor >= 1.0 / most && factor <= most)) return;
    report(weight_name, "'" + std::string(weight_name) + "' is out of proportion to '" + std::string(norm_name) + "'.",
           "a weight times the step, divided by the norm, from 1e-100 to 1e100", text_of(factor));
  }

  void check_uncertainty(std::string_view name, double width) {
    if (width >= 0.0 && width < 1.0) return;
    report(name, "'" + std::string(name) + "' has to be below 1, so that what is drawn keeps its sign.",
           "0 <= width < 1", text_of(width));
  }
  void positive(std::string_view name, double value) {
    if (value > 0.0 && std::isfinite(value)) return;
    report(name, "'" + std::string(name) + "' has to be positive.", "a finite number > 0", text_of(value));
  }
  void not_negative(std::string_view name, double value) {
    if (value >= 0.0 && std::isfinite(value)) return;
    report(name, "'" + std::string(name) + "' cannot be negative.", "a finite number >= 0", text_of(value));
  }

  void report(std::string_view name, std::string message, std::string expected, std::string found) {
    diagnostics_.add({"bad-tuning",
                      Severity::error,
                      {},
                      "parameters/" + std::string(name),
                      std::move(message),
                      std::move(expected),
                      std::move(found),
                      ""});
  }

  const ControllerTuning& tuning_;
  Diagnostics& diagnostics_;
};

/// The bounds that were given, or those of the gains.
std::vector<double> bounds_of(const std::vector<double>& given, const std::vector<Gain>& gains, double Gain::*bound) {
  if (!given.empty()) return given;
  std::vector<double> bounds;
  for (const Gain& gain : gains) bounds.push_back(gain.*bound);
  return bounds;
}

std::vector<double> for_every_gain(std::vector<double> bounds, std::size_t count) {
  if (bounds.size() == 1) bounds.resize(count, bounds.front());
  return bounds;
}

/// A description without its function.
RealVectorProblem description_of(const ControllerTuning& tuning) {
  RealVectorProblem description;
  description.name = tuning.name;
  description.dimension = tuning.gains.size();
  description.lower = bounds_of(tuning.lower, tuning.gains, &Gain::lower);
  description.upper = bounds_of(tuning.upper, tuning.gains, &Gain::upper);
  for (const TuningObjective objective : tuning.objectives) description.objectives.emplace_back(name_of(objective));
  const CostWeights& cost = tuning.settings.weights;
  if (tuning.objectives.size() > 1 && cost.penalty == FallPenalty::graded) {
    description.reference_point.assign(tuning.objectives.size(), 2.0 * cost.fall);
  }
  return description;
}

std::shared_ptr<const TuningEvaluation> evaluation_of(ControllerTuning tuning, const RealVectorProblem& description) {
  auto evaluation = std::make_shared<TuningEvaluation>();
  evaluation->lower = for_every_gain(description.lower, description.dimension);
  evaluation->upper = for_every_gain(description.upper, description.dimension);
  evaluation->cases = tuning_cases(tuning.settings, tuning.robustness);
  for (const TuningCase& one : evaluation->cases) {
    evaluation->plants.push_back(constants_of({tuning.settings.plant.equations, one.parameters}));
  }
  for (const TuningObjective objective : tuning.objectives) {
    evaluation->weights.push_back(weights_of(objective, tuning.settings.weights));
  }
  const double weights = tuning.robustness.mean_weight + tuning.robustness.maximum_weight;
  evaluation->mean_weight = tuning.robustness.mean_weight / weights;
  evaluation->maximum_weight = tuning.robustness.maximum_weight / weights;
  evaluation->tuning = std::move(tuning);
  return evaluation;
}

}  // namespace

std::shared_ptr<const Problem> make_controller_tuning(ControllerTuning tuning, Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.error_count();
  Checker(tuning, diagnostics).check();
  check_objectives(tuning.objectives, tuning.settings.weights, diagnostics);

  if (!tuning.factory) tuning.gains = gains_of(tuning.law);
  RealVectorProblem description = description_of(tuning);
  const auto evaluation = evaluation_of(std::move(tuning), description);
  if (evaluation->tuning.factory) {
    description.objectives_point_function = [evaluation](std::span<const double> gains, std::span<double> values) {
      evaluate_foreign_gains(*evaluation, gains, values);
      return gain_violation(*evaluation, gains.data());
    };
  } else {
    description.host_arithmetic = false;
    description.rows_at_once = 8;
    description.constrained_tile_function = &evaluate_gains;
    description.data = evaluation;
  }
  auto problem = make_problem_of_parameters(std::move(description), diagnostics);
  return diagnostics.error_count() == before ? problem : nullptr;
}

}  // namespace skein
