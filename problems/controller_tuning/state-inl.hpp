// The state of a pendulum, or of eight, in a simulation.
#if defined(SKEIN_PROBLEMS_CONTROLLER_TUNING_STATE_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef SKEIN_PROBLEMS_CONTROLLER_TUNING_STATE_INL_HPP
#undef SKEIN_PROBLEMS_CONTROLLER_TUNING_STATE_INL_HPP
#else
#define SKEIN_PROBLEMS_CONTROLLER_TUNING_STATE_INL_HPP
#endif

#include "core/kernel/reals-inl.hpp"
#include "skein/problems/double_pendulum.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {

/// As PendulumState. A derivative has the same form.
template <class Real>
struct State {
  Real position, first_angle, second_angle, velocity, first_rate, second_rate;
};

template <class Real>
HWY_INLINE State<Real> state_of(const PendulumState& state) noexcept {
  return {Real(state.position), Real(state.first_angle), Real(state.second_angle),
          Real(state.velocity), Real(state.first_rate),  Real(state.second_rate)};
}

HWY_INLINE PendulumState plain(const State<double>& state) noexcept {
  return {state.position, state.first_angle, state.second_angle, state.velocity, state.first_rate, state.second_rate};
}

/// use(x, y): every component of a with that of b, as a state.
template <class Real, class Use>
HWY_INLINE State<Real> each_component(const State<Real>& a, const State<Real>& b, Use use) noexcept {
  return {use(a.position, b.position), use(a.first_angle, b.first_angle), use(a.second_angle, b.second_angle),
          use(a.velocity, b.velocity), use(a.first_rate, b.first_rate),   use(a.second_rate, b.second_rate)};
}

/// x + h * rate, component by component.
template <class Real>
HWY_INLINE State<Real> moved(const State<Real>& x, const State<Real>& rate, Real h) noexcept {
  return each_component(x, rate, [=](Real a, Real b) SKEIN_INLINED { return a + h * b; });
}

}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
