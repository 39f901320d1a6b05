#pragma once

#include <bit>
#include <cstdint>
#include <limits>

#include "skein/math/polynomial.hpp"

namespace skein::math {

/// Largest |x| that sin_within and cos_within accept: 2^20.
inline constexpr double trigonometric_limit = 0x1p20;

namespace detail {

inline constexpr std::uint64_t sign_bit = std::uint64_t{1} << 63;

inline double absolute(double x) noexcept { return std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) & ~sign_bit); }

/// x with the sign flipped where the top bit of sign is set.
inline double with_sign(double x, std::uint64_t sign) noexcept {
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) ^ (sign & sign_bit));
}

/// |x|, or NaN beyond trigonometric_limit.
inline double checked_size(double x) noexcept {
  const double a = absolute(x);
  return a <= trigonometric_limit ? a : std::numeric_limits<double>::quiet_NaN();
}

/// |x| - n for the integer n nearest to |x| (ties to even), exact for every finite x and in [-1/2, 1/2]; otherwise NaN.
inline double distance_to_integer(double x) noexcept {
  const double a = absolute(x);
  const double rounded = (a + 0x1p52) - 0x1p52;
  return a - (a < 0x1p52 ? rounded : a);
}

/// sin(2 pi t) for |t| <= 1/4, as 4 t + t R(t^2): 4 t is exact, and the rest vanishes towards t = 1/4.
inline double sine_of_turn(double t) noexcept {
  const double v = t * t - 0x1p-5;
  const double rest = polynomial(v, 0x1.1192f3232e87ap+0, -0x1.23b03366aa0cap+5, 0x1.2a9fb40c119edp+6,
                                 -0x1.1e5fdef25c415p+6, 0x1.3e0af61f75898p+5, -0x1.cc930fd057a17p+3,
                                 0x1.d53517c31d0e3p+1, -0x1.6290aa9d324b9p-1, 0x1.9d36937916529p-4);
  return 4.0 * t + t * rest;
}

/// sin(r + low) for |r| <= 1.5708 and |low| <= 2^-48, as r / 2 + r R(r^2) + low cos(r).
inline double sine_of_reduced(double r, double low) noexcept {
  const double w = r * r;
  const double rest = polynomial(w - 1.0, 0x1.5daa91e1219dcp-2, -0x1.34658fea80cc5p-3, 0x1.fc30eef30639cp-8,
                                 -0x1.8980e79083e66p-13, 0x1.616029c66d55ep-19, -0x1.9e1c92b60ee0fp-26,
                                 0x1.558ad9e7b0a58p-33, -0x1.a201d08134c86p-41, 0x1.8829a1dbb3f4ap-49);
  return 0.5 * r + (r * rest + low * polynomial(w, 1.0, -0.4966, 0.0371));
}

/// sin(x), cos(x) beyond trigonometric_limit by exact reduction (Payne, Hanek, 1983); NaN for infinities and NaN.
double sin_far(double x) noexcept;
double cos_far(double x) noexcept;

}  // namespace detail

/// cos(2 pi x) for every finite x: the reduction to [0, 1/2] is exact, so cos_turns(n) = 1, cos_turns(n + 1/2) = -1 and
/// cos_turns(n + 1/4) = 0 exactly. NaN for infinities and NaN. Error below 2 ulp. Vectorisable.
inline double cos_turns(double x) noexcept {
  return detail::sine_of_turn(0.25 - detail::absolute(detail::distance_to_integer(x)));
}

/// sin(2 pi x) for every finite x: the reduction to [-1/4, 1/4] is exact, so sin_turns(n / 2) = 0 (with the sign of x)
/// and sin_turns(n + 1/4) = 1 exactly. NaN for infinities and NaN. Error below 2 ulp. Vectorisable.
inline double sin_turns(double x) noexcept {
  const double r = detail::distance_to_integer(x);
  const double a = detail::absolute(r);
  const double t = a > 0.25 ? 0.5 - a : a;
  return detail::with_sign(detail::sine_of_turn(t), std::bit_cast<std::uint64_t>(x) ^ std::bit_cast<std::uint64_t>(r));
}

/// sin(x) for |x| <= trigonometric_limit, NaN beyond it. Error below 2 ulp, also next to multiples of pi: pi/2 is
/// subtracted in three parts (Cody and Waite, 1980) with the rounding error carried along. Vectorisable.
inline double sin_within(double x) noexcept {
  const double a = detail::checked_size(x);
  const double shifted = a * 0x1.45f306dc9c883p-2 + 0x1.8p52;
  const double j = 2.0 * (shifted - 0x1.8p52);
  const double first = a - j * 0x1.921fb544p+0;
  const double second = j * 0x1.0b4611a6p-34;
  const double r = first - second;
  const double low = ((first - r) - second) - j * 0x1.3198a2e037073p-69;
  const std::uint64_t sign = std::bit_cast<std::uint64_t>(x) ^ (std::bit_cast<std::uint64_t>(shifted) << 63);
  return detail::with_sign(detail::sine_of_reduced(r, low), sign);
}

/// cos(x) for |x| <= trigonometric_limit, NaN beyond it. Error below 2 ulp, also next to odd multiples of pi/2: reduced
/// as in sin_within. Vectorisable.
inline double cos_within(double x) noexcept {
  const double a = detail::checked_size(x);
  const double shifted = (a * 0x1.45f306dc9c883p-2 - 0.5) + 0x1.8p52;
  const double j = 2.0 * (shifted - 0x1.8p52) + 1.0;
  const double quarter = j * 0x1.921fb544p+0;
  const double first = quarter - a;
  const double first_low = (quarter - first) - a;
  const double second = j * 0x1.0b4611a6p-34;
  const double r = first + second;
  const double low = ((first - r) + second) + (first_low + j * 0x1.3198a2e037073p-69);
  return detail::with_sign(detail::sine_of_reduced(r, low), std::bit_cast<std::uint64_t>(shifted) << 63);
}

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
