// The adaptive sliding-mode controller.
#if defined(SKEIN_PROBLEMS_CONTROLLER_TUNING_ADAPTIVE_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef SKEIN_PROBLEMS_CONTROLLER_TUNING_ADAPTIVE_INL_HPP
#undef SKEIN_PROBLEMS_CONTROLLER_TUNING_ADAPTIVE_INL_HPP
#else
#define SKEIN_PROBLEMS_CONTROLLER_TUNING_ADAPTIVE_INL_HPP
#endif

#include "problems/controller_tuning/surface-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {

/// u = -K tanh(sigma / (3 layer)) - sigma / 2, sigma the rate surface, limited to the maximum force; then, where
/// |sigma| > 0.05, K <- K + h r with r = gamma |sigma| - 0.01 (K - 10) limited to [-10, 10], and K limited to
/// [0.1, 100]. K begins at 10. Gains: k1, k2, l1, l2, gamma, a, b. Plestan, Shtessel, Bregeault and Poznyak, New
/// methodologies for adaptive sliding mode control (2010).
template <class Real>
class Adaptive {
 public:
  HWY_INLINE Adaptive(const ControllerLaw& law, const Real* gains) noexcept
      : law_(law),
        k1_(gains[0]),
        k2_(gains[1]),
        l1_(gains[2]),
        l2_(gains[3]),
        growth_(gains[4]),
        cart_(cart_terms_of(law, gains + 5, 0.0)),
        switching_(first_switching) {}

  HWY_INLINE Action<Real> act(const State<Real>& x, Real h) noexcept {
    const Real sigma = rate_surface(x, k1_, l1_, k2_, l2_, cart_);
    const Real force = -(switching_ * soft_sign(sigma, law_.boundary_layer)) - Real(0.5) * sigma;
    const Real size = magnitude(sigma);
    const Real leak = Real(0.01) * (switching_ - Real(first_switching));
    const Real rate = limited(growth_ * size - leak, Real(-10.0), Real(10.0));
    const Real adapted = limited(switching_ + h * rate, Real(0.1), Real(100.0));
    switching_ = select(size > Real(0.05), adapted, switching_);
    return {limited_force(law_, force), sigma};
  }

 private:
  static constexpr double first_switching = 10.0;

  const ControllerLaw& law_;
  Real k1_, k2_, l1_, l2_, growth_;
  CartTerms<Real> cart_;
  Real switching_;
};

}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
