// The super-twisting controller.
#if defined(SKEIN_PROBLEMS_CONTROLLER_TUNING_SUPER_TWISTING_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef SKEIN_PROBLEMS_CONTROLLER_TUNING_SUPER_TWISTING_INL_HPP
#undef SKEIN_PROBLEMS_CONTROLLER_TUNING_SUPER_TWISTING_INL_HPP
#else
#define SKEIN_PROBLEMS_CONTROLLER_TUNING_SUPER_TWISTING_INL_HPP
#endif

#include "problems/controller_tuning/surface-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {

/// With s = tanh(sigma / (3 layer)), sigma the rate surface: w = -K1 sqrt|sigma| s + z - sigma, u = w limited to the
/// maximum force, then z <- z + h (-K2 s + (u - w)), limited to the maximum force: u - w keeps the integral from
/// winding up. z begins at 0. Gains: K1, K2, k1, k2, l1, l2, a, b. Levant, Sliding order and sliding accuracy in
/// sliding mode control (1993).
template <class Real>
class SuperTwisting {
 public:
  HWY_INLINE SuperTwisting(const ControllerLaw& law, const Real* gains) noexcept
      : law_(law),
        first_switching_(gains[0]),
        second_switching_(gains[1]),
        k1_(gains[2]),
        k2_(gains[3]),
        l1_(gains[4]),
        l2_(gains[5]),
        cart_(cart_terms_of(law, gains + 6, 0.0)),
        integral_(0.0) {}

  HWY_INLINE Action<Real> act(const State<Real>& x, Real h) noexcept {
    const Real sigma = rate_surface(x, k1_, l1_, k2_, l2_, cart_);
    const Real sign = soft_sign(sigma, law_.boundary_layer);
    const Real wanted = (integral_ - first_switching_ * square_root(magnitude(sigma)) * sign) - sigma;
    const Real force = limited_force(law_, wanted);
    integral_ = limited_force(law_, integral_ + h * ((force - wanted) - second_switching_ * sign));
    return {force, sigma};
  }

 private:
  const ControllerLaw& law_;
  Real first_switching_, second_switching_, k1_, k2_, l1_, l2_;
  CartTerms<Real> cart_;
  Real integral_;
};

}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
