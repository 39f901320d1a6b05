// Rounding with additions alone: the same bits on every machine.
#pragma once

#include <cmath>

namespace skein {

/// The integer nearest to x, of two equally near ones the even one; x itself for infinities and NaN.
inline double nearest_integer(double x) noexcept {
  constexpr double all_integers_from = 0x1p52;
  const double size = std::fabs(x);
  if (!(size < all_integers_from)) return x;
  return std::copysign((size + all_integers_from) - all_integers_from, x);
}

/// The largest integer <= x; x itself for infinities and NaN.
inline double integer_below(double x) noexcept {
  const double nearest = nearest_integer(x);
  return nearest > x ? nearest - 1.0 : nearest;
}

}  // namespace skein
