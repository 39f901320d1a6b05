#pragma once

#include "skein/math.hpp"

namespace skein {

/// x limited to [-2^1000, 2^1000], so that a few sums and products of such numbers stay finite. A NaN stays NaN.
constexpr double finite(double x) noexcept { return math::clamp(x, -0x1p1000, 0x1p1000); }

}  // namespace skein
