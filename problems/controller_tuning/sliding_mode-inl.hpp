// The classical sliding-mode controller.
#if defined(SKEIN_PROBLEMS_CONTROLLER_TUNING_SLIDING_MODE_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef SKEIN_PROBLEMS_CONTROLLER_TUNING_SLIDING_MODE_INL_HPP
#undef SKEIN_PROBLEMS_CONTROLLER_TUNING_SLIDING_MODE_INL_HPP
#else
#define SKEIN_PROBLEMS_CONTROLLER_TUNING_SLIDING_MODE_INL_HPP
#endif

#include "problems/controller_tuning/surface-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {

/// sigma = -(l1 theta1 + k1 w1) + (l2 theta2 + k2 w2) + a x + b v, u = -K tanh(sigma / (3 layer)) - kd sigma, limited
/// to the maximum force. Gains: k1, k2, l1, l2, K, kd, a, b. Utkin, Variable structure systems with sliding modes
/// (1977); the layer: Slotine and Sastry (1983).
template <class Real>
class SlidingMode {
 public:
  HWY_INLINE SlidingMode(const ControllerLaw& law, const Real* gains) noexcept
      : law_(law),
        k1_(gains[0]),
        k2_(gains[1]),
        l1_(gains[2]),
        l2_(gains[3]),
        switching_(gains[4]),
        damping_(gains[5]),
        cart_(cart_terms_of(law, gains + 6, 0.0)) {}

  HWY_INLINE Action<Real> act(const State<Real>& x, Real) noexcept {
    const Real first = l1_ * x.first_angle + k1_ * x.first_rate;
    const Real second = l2_ * x.second_angle + k2_ * x.second_rate;
    const Real sigma = ((second - first) + cart_.position * x.position) + cart_.velocity * x.velocity;
    const Real force = -(switching_ * soft_sign(sigma, law_.boundary_layer)) - damping_ * sigma;
    return {limited_force(law_, force), sigma};
  }

 private:
  const ControllerLaw& law_;
  Real k1_, k2_, l1_, l2_, switching_, damping_;
  CartTerms<Real> cart_;
};

}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
