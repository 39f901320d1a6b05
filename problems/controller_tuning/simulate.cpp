#include "problems/controller_tuning/simulation-inl.hpp"
#include "problems/controller_tuning/tuning_evaluation.hpp"

namespace skein {
namespace {

// What is compiled for the one target of this file. NOLINTNEXTLINE(google-build-using-namespace)
using namespace HWY_NAMESPACE;

/// A controller of one pendulum as the loop calls it.
struct Foreign {
  Controller& controller;
  double maximum_force;

  Action<double> act(const State<double>& x, double step) {
    const ControlAction action = controller.act(plain(x), step);
    return {limited(action.force, -maximum_force, maximum_force), action.surface};
  }
};

CostSums<double> sums_of(const SimulationSettings& settings, Controller& controller,
                         const SimulationObserver& observer) {
  Foreign control{controller, settings.maximum_force};
  const auto observe = [&](std::size_t step, const State<double>& x, const Action<double>& action) {
    if (observer) observer(step, plain(x), {action.force, action.surface});
  };
  return run_simulation<double>(settings, constants_of(settings.plant), settings.start, control, observe);
}

}  // namespace

void simulate_costs(const SimulationSettings& settings, Controller& controller, std::span<const CostWeights> weights,
                    double* costs) {
  const CostSums<double> sums = sums_of(settings, controller, nullptr);
  for (std::size_t k = 0; k < weights.size(); ++k) costs[k] = cost_of(sums, settings, weights[k]);
}

SimulationOutcome simulate(const SimulationSettings& settings, Controller& controller,
                           const SimulationObserver& observer) {
  const CostSums<double> sums = sums_of(settings, controller, observer);
  SimulationOutcome outcome;
  outcome.state_error = settings.step * sums.state_error;
  outcome.control_effort = settings.step * sums.control_effort;
  outcome.control_rate = settings.step * sums.control_rate;
  outcome.sliding_energy = settings.step * sums.sliding_energy;
  outcome.upright_steps = static_cast<std::size_t>(sums.upright_steps);
  outcome.fell = outcome.upright_steps < settings.steps;
  outcome.cost = cost_of(sums, settings, settings.weights);
  return outcome;
}

}  // namespace skein
