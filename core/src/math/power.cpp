#include <bit>
#include <cstdint>
#include <limits>

#include "skein/math/exponential.hpp"
#include "skein/math/trigonometry.hpp"

namespace skein::math {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The unevaluated sum high + low.
struct Pair {
  double high;
  double low;
};

/// a + b for |a| >= |b|, exact.
Pair ordered_sum(double a, double b) noexcept {
  const double sum = a + b;
  return {sum, (a - sum) + b};
}

/// a * b, exact as long as nothing overflows or underflows.
Pair exact_product(double a, double b) noexcept {
  constexpr double splitter = 0x1p27 + 1.0;
  const double a_scaled = a * splitter;
  const double b_scaled = b * splitter;
  const double a_high = a_scaled - (a_scaled - a);
  const double b_high = b_scaled - (b_scaled - b);
  const double a_low = a - a_high;
  const double b_low = b - b_high;
  const double product = a * b;
  return {product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low};
}

Pair product(Pair a, Pair b) noexcept {
  const Pair p = exact_product(a.high, b.high);
  return ordered_sum(p.high, p.low + (a.high * b.low + a.low * b.high));
}

/// log(x) for positive finite x, relative error about 2^-65.
Pair accurate_log(double x) noexcept {
  const bool small = x < 0x1p-1022;
  const std::uint64_t bits = std::bit_cast<std::uint64_t>(small ? x * 0x1p54 : x);
  const std::uint64_t bias = std::uint64_t{1023} << 52;
  const std::uint64_t above_root = bits - 0x3fe6a09e667f3bcd + bias;
  const double e = static_cast<double>(static_cast<std::int64_t>(above_root >> 52) - 1023 - (small ? 54 : 0));
  const double m = std::bit_cast<double>(bits - (above_root >> 52 << 52) + bias);

  // s = (m - 1) / (m + 1), with the remainder of the division and the rounding error of m + 1.
  const double f = m - 1.0;
  const double d = m + 1.0;
  const double d_low = m >= 1.0 ? 1.0 - (d - m) : m - (d - 1.0);
  const double s_high = f / d;
  const Pair back = exact_product(s_high, d);
  const Pair s = ordered_sum(s_high, (((f - back.high) - back.low) - s_high * d_low) / d);

  // log m = 2 s + s^3 (2/3 + u (2/5 + ...)) with u = s^2.
  const Pair u = product(s, s);
  const double series =
      detail::polynomial(u.high, 0x1.9999999999996p-2, 0x1.2492492493038p-2, 0x1.c71c71c58006ap-3, 0x1.745d1832819aap-3,
                         0x1.3b1362a98ffcap-3, 0x1.1120b7811f681p-3, 0x1.de3324b64f7a0p-4, 0x1.eb139954a5933p-4);
  const Pair tail_head = ordered_sum(0x1.5555555555555p-1, u.high * series);
  const Pair tail{tail_head.high, tail_head.low + 0x1.5555555555555p-55};
  const Pair cubic = product(product(s, u), tail);
  const Pair linear = ordered_sum(2.0 * s.high, cubic.high);
  const Pair log_m = ordered_sum(linear.high, linear.low + (2.0 * s.low + cubic.low));

  // ln 2 in three parts, the first two exact in the product with e.
  const double e_high = e * 0x1.62e42fefa4p-1;
  const double e_low = e * -0x1.8432a1b0e2p-43;
  const Pair head = e != 0.0 ? ordered_sum(e_high, log_m.high) : log_m;
  const double low = e != 0.0 ? log_m.low : 0.0;
  return ordered_sum(head.high, (head.low + e_low) + (low + e * -0x1.8cff81a12a17ep-85));
}

bool is_integer(double y) noexcept { return detail::distance_to_integer(y) == 0.0; }

}  // namespace

double pow(double x, double y) noexcept {
  if (x != x || y != y) return x + y;
  if (y == 0.0 || x == 1.0) return 1.0;
  const double a = detail::absolute(x);
  const double y_size = detail::absolute(y);
  const bool negative = std::bit_cast<std::uint64_t>(x) >> 63 != 0;
  const bool integer = y_size != infinity && is_integer(y);
  const bool odd = integer && !is_integer(0.5 * y);
  if (y_size == infinity) return a == 1.0 ? 1.0 : ((a > 1.0) == (y > 0.0) ? infinity : 0.0);
  const std::uint64_t sign = negative && odd ? detail::sign_bit : 0;
  if (a == 0.0 || a == infinity) return detail::with_sign((a == 0.0) == (y < 0.0) ? infinity : 0.0, sign);
  if (negative && !integer) return std::numeric_limits<double>::quiet_NaN();

  // Beyond these sizes the result is 0, infinity or 1 in any case.
  const double y_limited = detail::with_sign(clamp(y_size, 0x1p-200, 0x1p64), std::bit_cast<std::uint64_t>(y));
  const Pair logarithm = accurate_log(a);
  const Pair exact = exact_product(y_limited, logarithm.high);
  const Pair exponent = ordered_sum(exact.high, exact.low + y_limited * logarithm.low);
  const double low = detail::absolute(exponent.high) < 800.0 ? exponent.low : 0.0;
  return detail::with_sign(detail::exponential_of_sum(exponent.high, low), sign);
}

}  // namespace skein::math
