// The hybrid adaptive super-twisting controller.
#if defined(SKEIN_PROBLEMS_CONTROLLER_TUNING_HYBRID_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef SKEIN_PROBLEMS_CONTROLLER_TUNING_HYBRID_INL_HPP
#undef SKEIN_PROBLEMS_CONTROLLER_TUNING_HYBRID_INL_HPP
#else
#define SKEIN_PROBLEMS_CONTROLLER_TUNING_HYBRID_INL_HPP
#endif

#include "problems/controller_tuning/surface-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {

/// A super-twisting controller whose two switching gains adapt: with s = tanh(sigma / (3 layer)), sigma the rate
/// surface, w = -K1 sqrt|sigma| s + z - 3 sigma, u = w limited to the maximum force; then
/// z <- z + h (-K2 s + (u - w)), limited to the maximum force, and where |sigma| > 0.05, Ki <- Ki + h (ri |sigma| -
/// 0.1 (Ki - Ki(0))), limited to [0, 50], with r1 = 10 and r2 = 5. K1 begins at 4, K2 at 0.4, z at 0. Gains: c1, l1,
/// c2, l2, a, b, with c for k of the surface. Shtessel, Taleb and Plestan, A novel adaptive-gain supertwisting sliding
/// mode controller (2012).
template <class Real>
class Hybrid {
 public:
  HWY_INLINE Hybrid(const ControllerLaw& law, const Real* gains) noexcept
      : law_(law),
        c1_(gains[0]),
        l1_(gains[1]),
        c2_(gains[2]),
        l2_(gains[3]),
        cart_(cart_terms_of(law, gains + 4, 0.5)),
        first_switching_(first_start),
        second_switching_(second_start),
        integral_(0.0) {}

  HWY_INLINE Action<Real> act(const State<Real>& x, Real h) noexcept {
    const Real sigma = rate_surface(x, c1_, l1_, c2_, l2_, cart_);
    const Real size = magnitude(sigma);
    const Real sign = soft_sign(sigma, law_.boundary_layer);
    const Real wanted = (integral_ - first_switching_ * square_root(size) * sign) - Real(3.0) * sigma;
    const Real force = limited_force(law_, wanted);
    integral_ = limited_force(law_, integral_ + h * ((force - wanted) - second_switching_ * sign));
    first_switching_ = adapted(first_switching_, first_start, 10.0, size, h);
    second_switching_ = adapted(second_switching_, second_start, 5.0, size, h);
    return {force, sigma};
  }

 private:
  static constexpr double first_start = 4.0;
  static constexpr double second_start = 0.4;

  static HWY_INLINE Real adapted(Real gain, double start, double growth, Real size, Real h) noexcept {
    const Real rate = Real(growth) * size - Real(0.1) * (gain - Real(start));
    const Real next = limited(gain + h * rate, Real(0.0), Real(50.0));
    return select(size > Real(0.05), next, gain);
  }

  const ControllerLaw& law_;
  Real c1_, l1_, c2_, l2_;
  CartTerms<Real> cart_;
  Real first_switching_, second_switching_, integral_;
};

}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
