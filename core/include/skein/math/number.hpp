// What the formulas of this folder are written in, for one double. core/kernel has the same for vectors of them.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

namespace skein::math::detail {

using Real = double;
using Bits = std::uint64_t;

/// One of two numbers. Both are computed.
constexpr double select(bool condition, double when_true, double when_false) noexcept {
  return condition ? when_true : when_false;
}

constexpr Bits bits_of(double x) noexcept { return std::bit_cast<Bits>(x); }
constexpr double real_of(Bits bits) noexcept { return std::bit_cast<double>(bits); }

template <int count>
constexpr Bits shift_left(Bits bits) noexcept {
  return bits << count;
}
template <int count>
constexpr Bits shift_right(Bits bits) noexcept {
  return bits >> count;
}

inline double square_root(double x) noexcept { return std::sqrt(x); }

}  // namespace skein::math::detail
