// What the formulas of this folder are written in: each function for one double and for eight numbers of a kernel.
#if defined(SKEIN_PROBLEMS_CONTROLLER_TUNING_NUMBERS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef SKEIN_PROBLEMS_CONTROLLER_TUNING_NUMBERS_INL_HPP
#undef SKEIN_PROBLEMS_CONTROLLER_TUNING_NUMBERS_INL_HPP
#else
#define SKEIN_PROBLEMS_CONTROLLER_TUNING_NUMBERS_INL_HPP
#endif

#include "core/kernel/math-inl.hpp"
#include "core/kernel/reals-inl.hpp"
#include "skein/math.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {

/// Answers to a question that is asked of a Real.
template <class Real>
using Truth = decltype(Real() < Real());

HWY_INLINE bool any(bool truth) noexcept { return truth; }
HWY_INLINE bool both(bool a, bool b) noexcept { return a && b; }
HWY_INLINE Truths both(Truths a, Truths b) noexcept { return a & b; }
HWY_INLINE double select(bool condition, double when_true, double when_false) noexcept {
  return condition ? when_true : when_false;
}
HWY_INLINE double square_root(double x) noexcept { return skein::math::detail::square_root(x); }

// NaN beyond trigonometric_limit.
HWY_INLINE double sine(double x) noexcept { return skein::math::sin_within(x); }
HWY_INLINE Reals sine(Reals x) noexcept { return math::sin_within(x); }
HWY_INLINE double cosine(double x) noexcept { return skein::math::cos_within(x); }
HWY_INLINE Reals cosine(Reals x) noexcept { return math::cos_within(x); }

HWY_INLINE double exponential(double x) noexcept { return skein::math::exp(x); }
HWY_INLINE Reals exponential(Reals x) noexcept { return math::exp(x); }

HWY_INLINE double magnitude(double x) noexcept { return skein::math::detail::absolute(x); }
HWY_INLINE Reals magnitude(Reals x) noexcept { return math::absolute(x); }

/// x limited to [low, high]; a NaN in x stays.
HWY_INLINE double limited(double x, double low, double high) noexcept { return skein::math::clamp(x, low, high); }
HWY_INLINE Reals limited(Reals x, Reals low, Reals high) noexcept { return math::clamp(x, low, high); }

/// tanh x = (1 - e) / (1 + e) with e = exp(-2 |x|), and the sign of x. Its error is below 2^-52, absolutely.
template <class Real>
HWY_INLINE Real hyperbolic_tangent(Real x) noexcept {
  const Real e = exponential(magnitude(x) * Real(-2.0));
  const Real size = (Real(1.0) - e) / (Real(1.0) + e);
  return select(x < Real(0.0), -size, size);
}

}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
