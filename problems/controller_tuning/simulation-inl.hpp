// The loop of all simulations.
#if defined(SKEIN_PROBLEMS_CONTROLLER_TUNING_SIMULATION_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef SKEIN_PROBLEMS_CONTROLLER_TUNING_SIMULATION_INL_HPP
#undef SKEIN_PROBLEMS_CONTROLLER_TUNING_SIMULATION_INL_HPP
#else
#define SKEIN_PROBLEMS_CONTROLLER_TUNING_SIMULATION_INL_HPP
#endif

#include "problems/controller_tuning/cost-inl.hpp"
#include "problems/controller_tuning/integrators-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {

/// Simulates until the horizon, or until none is upright any more: `observe(step, x, action)` before each step. What
/// has fallen is put upright and at rest, and counts no more, so that the others go on undisturbed.
template <class Real, class Control, class Observe>
HWY_INLINE CostSums<Real> run_simulation(const SimulationSettings& settings, const PlantConstants& plant,
                                         const PendulumState& start, Control& control, Observe observe) {
  const Real h(settings.step);
  const Real zero(0.0);
  const FallPenalty penalty = settings.weights.penalty;
  CostSums<Real> sums;
  State<Real> x = state_of<Real>(start);
  Truth<Real> upright = is_upright(x, penalty);
  Real last_force = zero;
  for (std::size_t step = 0; step < settings.steps && any(upright); ++step) {
    const Action<Real> action = control.act(x, h);
    observe(step, x, action);
    const State<Real> next = step_of(settings.integrator, plant, x, action.force, h);
    upright = both(upright, is_upright(next, penalty));
    sums.add(upright, x, action, step == 0 ? action.force : last_force);
    last_force = action.force;
    x = each_component(next, next, [=](Real a, Real) SKEIN_INLINED { return select(upright, a, zero); });
  }
  return sums;
}

}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
