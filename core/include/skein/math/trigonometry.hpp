#pragma once

#include "skein/math/formulas.hpp"

namespace skein::math {

namespace detail {

/// sin(x), cos(x) beyond trigonometric_limit by exact reduction (Payne, Hanek, 1983); NaN for infinities and NaN.
double sin_far(double x) noexcept;
double cos_far(double x) noexcept;

}  // namespace detail

/// cos(2 pi x) for every finite x: the reduction to [0, 1/2] is exact, so cos_turns(n) = 1, cos_turns(n + 1/2) = -1 and
/// cos_turns(n + 1/4) = 0 exactly. NaN for infinities and NaN. Error below 2 ulp. Vectorisable.
inline double cos_turns(double x) noexcept { return detail::cos_turns(x); }

/// sin(2 pi x) for every finite x: the reduction to [-1/4, 1/4] is exact, so sin_turns(n / 2) = 0 (with the sign of x)
/// and sin_turns(n + 1/4) = 1 exactly. NaN for infinities and NaN. Error below 2 ulp. Vectorisable.
inline double sin_turns(double x) noexcept { return detail::sin_turns(x); }

/// sin(x) for |x| <= trigonometric_limit, NaN beyond it. Error below 2 ulp, also next to multiples of pi: pi/2 is
/// subtracted in three parts (Cody and Waite, 1980) with the rounding error carried along. Vectorisable.
inline double sin_within(double x) noexcept { return detail::sin_within(x); }

/// cos(x) for |x| <= trigonometric_limit, NaN beyond it. Error below 2 ulp, also next to odd multiples of pi/2: reduced
/// as in sin_within. Vectorisable.
inline double cos_within(double x) noexcept { return detail::cos_within(x); }

/// sin(x) for every finite x; NaN for infinities and NaN. Error below 2 ulp. Beyond trigonometric_limit it calls an
/// exact reduction (about 40 ns), so a loop over it is not vectorised: where the range is known, use sin_within,
/// whose bits are the same.
inline double sin(double x) noexcept {
  return detail::absolute(x) <= trigonometric_limit ? sin_within(x) : detail::sin_far(x);
}

/// cos(x) for every finite x; NaN for infinities and NaN. Error below 2 ulp. Cost and vectorisation as for sin.
inline double cos(double x) noexcept {
  return detail::absolute(x) <= trigonometric_limit ? cos_within(x) : detail::cos_far(x);
}

}  // namespace skein::math
