// skein::math for vectors: inside a kernel, math::cos_turns(x) and the others take Reals and give the bits of the
// functions for double. Their documentation stands in skein/math.
#if defined(SKEIN_CORE_KERNEL_MATH_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef SKEIN_CORE_KERNEL_MATH_INL_HPP
#undef SKEIN_CORE_KERNEL_MATH_INL_HPP
#else
#define SKEIN_CORE_KERNEL_MATH_INL_HPP
#endif

#include <limits>

#include "core/kernel/reals-inl.hpp"
#include "skein/math.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE::math {

using Real = Reals;
using Bits = Words;
using HWY_NAMESPACE::maximum;
using HWY_NAMESPACE::minimum;
using skein::math::trigonometric_limit;
using skein::math::detail::sign_bit;

HWY_INLINE Reals clamp(Reals x, Reals low, Reals high) noexcept { return minimum(maximum(x, low), high); }

#define SKEIN_FORMULA HWY_INLINE
#include "skein/math/formulas.inc"
#undef SKEIN_FORMULA

/// `within(x)` where that is good for all numbers, otherwise `far` of each number by itself: both have the same bits
/// for the numbers that both are good for.
template <class Within>
HWY_INLINE Reals near_or_far(Reals x, Within within, double (*far)(double) noexcept) noexcept {
  if (HWY_LIKELY(!any(absolute(x) > trigonometric_limit))) return within(x);
  double numbers[8];
  x.store(numbers);
  for (double& number : numbers) number = far(number);
  return Reals::load(numbers);
}

HWY_INLINE Reals sin(Reals x) noexcept {
  return near_or_far(
      x, [](Reals a) SKEIN_INLINED { return sin_within(a); }, &skein::math::sin);
}
HWY_INLINE Reals cos(Reals x) noexcept {
  return near_or_far(
      x, [](Reals a) SKEIN_INLINED { return cos_within(a); }, &skein::math::cos);
}

}  // namespace skein::HWY_NAMESPACE::math
HWY_AFTER_NAMESPACE();

#endif  // per target
