#pragma once

#include <bit>
#include <cstdint>
#include <limits>

#include "skein/math/polynomial.hpp"
#include "skein/math/selection.hpp"

namespace skein::math {

namespace detail {

/// exp(x + low) for |low| far below 1 and x of any size: x = k ln 2 + r, then 1 + r + r^2 P(r), scaled in two steps so
/// that a denormal result is rounded once.
inline double exponential_of_sum(double x, double low) noexcept {
  const double limited = clamp(x, -746.0, 710.0);
  const double k = (limited * 0x1.71547652b82fep+0 + 0x1.8p52) - 0x1.8p52;
  const double head = limited - k * 0x1.62e42fefa4p-1;
  const double tail = k * -0x1.8432a1b0e2634p-43 - low;
  const double r = head - tail;
  const double p = polynomial(r, 0x1.000000000000ap-1, 0x1.55555555554fap-3, 0x1.555555555087dp-5, 0x1.1111111127be7p-7,
                              0x1.6c16c18429f02p-10, 0x1.a01a012a5689dp-13, 0x1.a0199a0cbb62bp-16,
                              0x1.71df25558243ap-19, 0x1.28ad72861acbep-22, 0x1.ad7f6984cea6cp-26);
  const double y = 1.0 + (head + (r * r * p - tail));
  const double half = k * 0.5 + 0x1.8p52;
  const double other = (k - (half - 0x1.8p52)) + 0x1.8p52;
  const double first_scale = std::bit_cast<double>((std::bit_cast<std::uint64_t>(half) + 1023) << 52);
  const double second_scale = std::bit_cast<double>((std::bit_cast<std::uint64_t>(other) + 1023) << 52);
  return y * first_scale * second_scale;
}

}  // namespace detail

/// e^x for every x: infinity above 709.79, denormal below -708.4, 0 below -745.14; exp(-infinity) = 0, NaN for NaN.
/// exp(0) = 1 exactly. Error below 1 ulp. Vectorisable.
inline double exp(double x) noexcept { return detail::exponential_of_sum(x, 0.0); }

/// Natural logarithm of x for every x, denormals included: log(0) = -infinity, log(infinity) = infinity, NaN for x < 0
/// and NaN. log(1) = 0 exactly. Error below 1 ulp, also next to 1. Vectorisable.
///
/// x = 2^e m with m in [sqrt(1/2), sqrt(2)], log m from the odd series of s = (m - 1) / (m + 1).
inline double log(double x) noexcept {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr std::uint64_t exponent_mask = std::uint64_t{0xfff} << 52;
  constexpr std::uint64_t bias = std::uint64_t{1023} << 52;
  const bool small = x < 0x1p-1022;
  const std::uint64_t bits = std::bit_cast<std::uint64_t>(small ? x * 0x1p54 : x);
  const std::uint64_t above_root = bits - 0x3fe6a09e667f3bcd + bias;
  const double unbiased = std::bit_cast<double>((above_root >> 52) | 0x4330000000000000) - (0x1p52 + 1023.0);
  const double e = unbiased - (small ? 54.0 : 0.0);
  const double f = std::bit_cast<double>(bits - (above_root & exponent_mask) + bias) - 1.0;
  const double s = f / (2.0 + f);
  const double u = s * s;
  const double series =
      u * detail::polynomial(u, 0x1.5555555555592p-1, 0x1.999999997fd39p-2, 0x1.24924941f8b88p-2, 0x1.c71c5202bf8ffp-3,
                             0x1.7466405a66d47p-3, 0x1.39a19347b28acp-3, 0x1.2f07057f069bbp-3);
  const double half_square = 0.5 * f * f;
  const double low = s * (half_square + series) + e * -0x1.8432a1b0e2634p-43;
  const double y = e * 0x1.62e42fefa4p-1 + (f - (half_square - low));
  const double special = x == 0.0 ? -infinity : std::numeric_limits<double>::quiet_NaN();
  const double finite = x > 0.0 ? y : special;
  return x == infinity ? infinity : finite;
}

/// x to the power y. Error below 1 ulp (2 denormal units where the result is denormal): the logarithm is computed to
/// about 68 bits. Zeros, infinities and integer y of negative x as in C (annex F), pow(x, 0) = pow(1, y) = 1, with one
/// exception: the result is NaN whenever x or y is NaN. NaN for finite x < 0 and y no integer. Not vectorisable: a call
/// of about 100 ns. Dekker (1971) for the products of twice the width.
double pow(double x, double y) noexcept;

}  // namespace skein::math
