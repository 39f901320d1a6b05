// What a simulation has cost so far, and in the end.
#if defined(SKEIN_PROBLEMS_CONTROLLER_TUNING_COST_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef SKEIN_PROBLEMS_CONTROLLER_TUNING_COST_INL_HPP
#undef SKEIN_PROBLEMS_CONTROLLER_TUNING_COST_INL_HPP
#else
#define SKEIN_PROBLEMS_CONTROLLER_TUNING_COST_INL_HPP
#endif

#include "problems/controller_tuning/numbers-inl.hpp"
#include "problems/controller_tuning/state-inl.hpp"
#include "problems/controller_tuning/surface-inl.hpp"
#include "skein/problems/pendulum_simulation.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {

/// Sums over the steps that were upright, without the factor h.
template <class Real>
struct CostSums {
  Real state_error, control_effort, control_rate, sliding_energy, upright_steps;

  HWY_INLINE CostSums() noexcept
      : state_error(0.0), control_effort(0.0), control_rate(0.0), sliding_energy(0.0), upright_steps(0.0) {}

  /// One step from x where `upright`; the others stay as they are.
  HWY_INLINE void add(Truth<Real> upright, const State<Real>& x, const Action<Real>& action, Real last_force) noexcept {
    const Real error = ((x.position * x.position + x.first_angle * x.first_angle) +
                        (x.second_angle * x.second_angle + x.velocity * x.velocity)) +
                       (x.first_rate * x.first_rate + x.second_rate * x.second_rate);
    const Real change = action.force - last_force;
    const Real zero(0.0);
    state_error = state_error + select(upright, error, zero);
    control_effort = control_effort + select(upright, action.force * action.force, zero);
    control_rate = control_rate + select(upright, change * change, zero);
    sliding_energy = sliding_energy + select(upright, action.surface * action.surface, zero);
    upright_steps = upright_steps + select(upright, Real(1.0), zero);
  }
};

/// Whether a state is upright; false for NaN.
template <class Real>
HWY_INLINE Truth<Real> is_upright(const State<Real>& x, FallPenalty penalty) noexcept {
  constexpr double quarter_turn = 0x1.921fb54442d18p0;
  const Real limit(1e6);
  const Real second_limit(penalty == FallPenalty::graded ? quarter_turn : 1e6);
  const Truth<Real> angles =
      both(magnitude(x.first_angle) <= Real(quarter_turn), magnitude(x.second_angle) <= second_limit);
  const Truth<Real> cart = both(magnitude(x.position) <= limit, magnitude(x.velocity) <= limit);
  const Truth<Real> rates = both(magnitude(x.first_rate) <= limit, magnitude(x.second_rate) <= limit);
  return both(both(angles, cart), rates);
}

/// A part of the cost. One without weight is none, however large its sum is.
template <class Real>
HWY_INLINE Real weighted(Real sum, double weight, double step, double norm) noexcept {
  return weight == 0.0 ? Real(0.0) : sum * Real(weight * step / norm);
}

/// The cost as SimulationOutcome says it, with these weights.
template <class Real>
HWY_INLINE Real cost_of(const CostSums<Real>& sums, const SimulationSettings& settings, const CostWeights& w) noexcept {
  const double h = settings.step;
  const Real s = (weighted(sums.state_error, w.state_error, h, w.state_error_norm) +
                  weighted(sums.control_effort, w.control_effort, h, w.control_effort_norm)) +
                 (weighted(sums.control_rate, w.control_rate, h, w.control_rate_norm) +
                  weighted(sums.sliding_energy, w.sliding_energy, h, w.sliding_energy_norm));
  const auto steps = static_cast<double>(settings.steps);
  const Truth<Real> stood = sums.upright_steps >= Real(steps);
  const Real left = Real(1.0) - sums.upright_steps * Real(1.0 / steps);
  const Real p(w.fall);
  if (w.penalty == FallPenalty::proportional) return select(stood, s, s + p * left);
  const Real standing = select(s > p, p * (Real(2.0) - p / s), s);
  const Real fallen = p * (Real(2.0) + left) + (p * Real(1.0 / steps)) * (Real(1.0) - p / (p + s));
  return select(stood, standing, fallen);
}

}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
