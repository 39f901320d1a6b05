// The whole part of a number, without a call of the C library.
#pragma once

namespace skein {

/// whole_part takes numbers whose size is below this: 2^51.
inline constexpr double whole_number_limit = 0x1p51;

/// The largest whole number <= x. Adding and subtracting 1.5 * 2^52 rounds to the nearest one.
inline double whole_part(double x) noexcept {
  const double nearest = (x + 0x1.8p52) - 0x1.8p52;
  return nearest > x ? nearest - 1.0 : nearest;
}

}  // namespace skein
