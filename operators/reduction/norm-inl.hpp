// The length of a vector, inside a kernel: the bits of euclidean_norm.hpp.
#if defined(SKEIN_OPERATORS_NORM_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef SKEIN_OPERATORS_NORM_INL_HPP
#undef SKEIN_OPERATORS_NORM_INL_HPP
#else
#define SKEIN_OPERATORS_NORM_INL_HPP
#endif

#include "core/kernel/rows-inl.hpp"
#include "operators/reduction/euclidean_norm.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {

/// The norm of a vector whose squares have this sum.
HWY_INLINE double norm_from(double squares, const double* x, std::size_t count) noexcept {
  if (HWY_LIKELY(squares >= 0x1p-900 && squares <= std::numeric_limits<double>::max())) return std::sqrt(squares);
  return skein::euclidean_norm(x, count);
}

HWY_INLINE double euclidean_norm(const double* x, std::size_t count) noexcept {
  return norm_from(sum8(count,
                        [x](auto at) SKEIN_INLINED {
                          const Reals x_i = at.load(x);
                          return x_i * x_i;
                        }),
                   x, count);
}

/// x <- x * (limit / |x|) where |x| > limit. A vector with a NaN and a limit that is NaN change nothing.
HWY_INLINE void limit_norm(double* x, std::size_t count, double limit) noexcept {
  const double norm = euclidean_norm(x, count);
  if (!(norm > limit)) return;
  const Reals factor = limit / norm;
  write_places(count, x, [=](auto at) SKEIN_INLINED { return at.load(x) * factor; });
}

}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
