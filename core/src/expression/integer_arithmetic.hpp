// Integer arithmetic that never overflows silently: results beyond 64 bits are limited, and the flag is set.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>

namespace skein::expression {

inline constexpr std::int64_t smallest_integer = std::numeric_limits<std::int64_t>::min();
inline constexpr std::int64_t largest_integer = std::numeric_limits<std::int64_t>::max();

inline std::int64_t limited(bool is_negative, bool& overflowed) noexcept {
  overflowed = true;
  return is_negative ? smallest_integer : largest_integer;
}

inline std::int64_t add(std::int64_t a, std::int64_t b, bool& overflowed) noexcept {
  std::int64_t result = 0;
  return __builtin_add_overflow(a, b, &result) ? limited(a < 0, overflowed) : result;
}

inline std::int64_t subtract(std::int64_t a, std::int64_t b, bool& overflowed) noexcept {
  std::int64_t result = 0;
  return __builtin_sub_overflow(a, b, &result) ? limited(a < 0, overflowed) : result;
}

inline std::int64_t multiply(std::int64_t a, std::int64_t b, bool& overflowed) noexcept {
  std::int64_t result = 0;
  return __builtin_mul_overflow(a, b, &result) ? limited((a < 0) != (b < 0), overflowed) : result;
}

inline std::int64_t remainder(std::int64_t a, std::int64_t b, bool& overflowed) noexcept {
  if (b == 0) overflowed = true;
  return b == 0 || b == -1 ? 0 : a % b;
}

inline std::int64_t absolute(std::int64_t a, bool& overflowed) noexcept {
  return a < 0 ? subtract(0, a, overflowed) : a;
}

/// `exponent` must not be negative.
inline std::int64_t power(std::int64_t base, std::int64_t exponent, bool& overflowed) noexcept {
  const bool is_negative = base < 0 && exponent % 2 != 0;
  bool too_large = false;
  std::int64_t result = 1;
  while (exponent > 0) {
    if (exponent % 2 != 0) result = multiply(result, base, too_large);
    exponent /= 2;
    if (exponent > 0) base = multiply(base, base, too_large);
  }
  return too_large ? limited(is_negative, overflowed) : result;
}

/// A real without fraction as an integer.
inline std::int64_t to_integer(double whole, bool& overflowed) noexcept {
  constexpr double limit = 9223372036854775808.0;  // 2^63
  if (whole >= -limit && whole < limit) return static_cast<std::int64_t>(whole);
  if (!std::isnan(whole)) return limited(whole < 0, overflowed);
  overflowed = true;
  return 0;
}

}  // namespace skein::expression
