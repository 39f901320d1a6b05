// Simulations of a controlled double inverted pendulum, and what they cost.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "skein/problems/double_pendulum.hpp"
#include "skein/problems/pendulum_controllers.hpp"

namespace skein {

/// What a fall costs.
enum class FallPenalty : std::uint8_t {
  /// More than anything that stays upright, and more for every step that it comes earlier: so an early fall never pays.
  graded,
  /// In proportion to the time that is left, on top of what was summed up to then. Falling early can pay.
  proportional
};

/// Weights of the integrals, each divided by its norm.
struct CostWeights {
  double state_error = 1.0, state_error_norm = 10.0;
  double control_effort = 0.1, control_effort_norm = 100.0;
  double control_rate = 0.01, control_rate_norm = 1000.0;
  double sliding_energy = 0.1, sliding_energy_norm = 1.0;
  double fall = 100.0;  ///< the penalty P
  FallPenalty penalty = FallPenalty::graded;
};

struct SimulationSettings {
  PendulumPlant plant;
  PendulumState start = {0.0, 0.05, -0.03, 0.0, 0.0, 0.0};
  Integrator integrator = Integrator::euler;
  double step = 0.01;  ///< s; controllers act once per step
  std::size_t steps = 1000;
  double maximum_force = 150.0;  ///< forces of any controller are limited to it
  CostWeights weights;
};

/// What a simulation came to. Integrals are sums over the steps that were upright: a step that leads to a fall counts
/// nowhere.
struct SimulationOutcome {
  double state_error = 0.0;     ///< sum of h |x|^2 over all six components of the state
  double control_effort = 0.0;  ///< sum of h u^2
  double control_rate = 0.0;    ///< sum of h (u - u')^2, u' the force of the step before; 0 for the first step
  double sliding_energy = 0.0;  ///< sum of h sigma^2
  std::size_t upright_steps = 0;
  bool fell = false;
  double cost = 0.0;
};

/// Sees every state before its step, with what the controller did.
using SimulationObserver = std::function<void(std::size_t step, const PendulumState&, const ControlAction&)>;

/// Simulates until the horizon or the first state that has fallen: an angle beyond pi/2 (the first one only, where the
/// penalty is `proportional`), a component beyond 10^6, or one that is NaN.
///
/// With S = the sum of weight * integral / norm, T the horizon and t the time that was upright, the cost is
///
/// - upright: S; where the penalty is graded, P (2 - P / S) for S > P, which is below 2 P;
/// - fallen, graded: P (2 + (1 - t / T)) + P h / T (1 - P / (P + S)): the steps decide, the integrals order the rest;
/// - fallen, proportional: S + P (T - t) / T.
[[nodiscard]] SimulationOutcome simulate(const SimulationSettings& settings, Controller& controller,
                                         const SimulationObserver& observer = nullptr);

}  // namespace skein
