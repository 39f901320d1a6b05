// One step in time, under a constant force.
#if defined(SKEIN_PROBLEMS_CONTROLLER_TUNING_INTEGRATORS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef SKEIN_PROBLEMS_CONTROLLER_TUNING_INTEGRATORS_INL_HPP
#undef SKEIN_PROBLEMS_CONTROLLER_TUNING_INTEGRATORS_INL_HPP
#else
#define SKEIN_PROBLEMS_CONTROLLER_TUNING_INTEGRATORS_INL_HPP
#endif

#include "problems/controller_tuning/plants-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {

/// x + h f(x).
template <class Real>
HWY_INLINE State<Real> euler_step(const PlantConstants& plant, const State<Real>& x, Real force, Real h) noexcept {
  return moved(x, derivative_of(plant, x, force), h);
}

/// x + h/6 (k1 + 2 k2 + 2 k3 + k4) with k1 = f(x), k2 = f(x + h/2 k1), k3 = f(x + h/2 k2), k4 = f(x + h k3).
/// Kutta (1901).
template <class Real>
HWY_INLINE State<Real> runge_kutta_step(const PlantConstants& plant, const State<Real>& x, Real force,
                                        Real h) noexcept {
  const Real half = Real(0.5) * h;
  const State<Real> k1 = derivative_of(plant, x, force);
  const State<Real> k2 = derivative_of(plant, moved(x, k1, half), force);
  const State<Real> k3 = derivative_of(plant, moved(x, k2, half), force);
  const State<Real> k4 = derivative_of(plant, moved(x, k3, h), force);
  const auto add = [](Real a, Real b) SKEIN_INLINED { return a + b; };
  const State<Real> ends = each_component(k1, k4, add);
  const State<Real> middle = each_component(k2, k3, add);
  return moved(x, moved(ends, middle, Real(2.0)), h * Real(1.0 / 6.0));
}

template <class Real>
HWY_INLINE State<Real> step_of(Integrator integrator, const PlantConstants& plant, const State<Real>& x, Real force,
                               Real h) noexcept {
  return integrator == Integrator::euler ? euler_step(plant, x, force, h) : runge_kutta_step(plant, x, force, h);
}

}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
