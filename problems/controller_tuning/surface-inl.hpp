// What all controllers share: the sliding variable, and switching that is soft within a layer.
#if defined(SKEIN_PROBLEMS_CONTROLLER_TUNING_SURFACE_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef SKEIN_PROBLEMS_CONTROLLER_TUNING_SURFACE_INL_HPP
#undef SKEIN_PROBLEMS_CONTROLLER_TUNING_SURFACE_INL_HPP
#else
#define SKEIN_PROBLEMS_CONTROLLER_TUNING_SURFACE_INL_HPP
#endif

#include "problems/controller_tuning/numbers-inl.hpp"
#include "problems/controller_tuning/state-inl.hpp"
#include "skein/problems/pendulum_controllers.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {

/// The force on the cart, and the sliding variable sigma.
template <class Real>
struct Action {
  Real force, surface;
};

/// Weights of position and velocity in sigma.
template <class Real>
struct CartTerms {
  Real position, velocity;
};

/// The last two gains, or `without` twice where the law has no gains for the cart.
template <class Real>
HWY_INLINE CartTerms<Real> cart_terms_of(const ControllerLaw& law, const Real* last_two, double without) noexcept {
  if (!law.cart_terms) return {Real(without), Real(without)};
  return {last_two[0], last_two[1]};
}

/// sigma = k2 (w2 + l2 theta2) - k1 (w1 + l1 theta1) + a x + b v. A force pushes both links the same way, so links of
/// equal sign cannot be stabilized by u = -c sigma; of opposite sign they can.
template <class Real>
HWY_INLINE Real rate_surface(const State<Real>& x, Real k1, Real l1, Real k2, Real l2,
                             const CartTerms<Real>& cart) noexcept {
  const Real links = k2 * (x.second_rate + l2 * x.second_angle) - k1 * (x.first_rate + l1 * x.first_angle);
  return (links + cart.position * x.position) + cart.velocity * x.velocity;
}

/// Switching within a layer: tanh(sigma / (3 width)).
template <class Real>
HWY_INLINE Real soft_sign(Real sigma, double width) noexcept {
  return hyperbolic_tangent(sigma * Real(1.0 / (3.0 * width)));
}

template <class Real>
HWY_INLINE Real limited_force(const ControllerLaw& law, Real force) noexcept {
  return limited(force, Real(-law.maximum_force), Real(law.maximum_force));
}

}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
