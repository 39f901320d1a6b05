// The formulas for one double.
#pragma once

#include <cstdint>
#include <limits>

#include "skein/math/number.hpp"
#include "skein/math/selection.hpp"

namespace skein::math {

/// Largest |x| that sin_within and cos_within accept: 2^20.
inline constexpr double trigonometric_limit = 0x1p20;

namespace detail {

inline constexpr std::uint64_t sign_bit = std::uint64_t{1} << 63;

#define SKEIN_FORMULA inline
#include "skein/math/formulas.inc"
#undef SKEIN_FORMULA

}  // namespace detail
}  // namespace skein::math
