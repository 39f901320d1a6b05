#pragma once

namespace skein::math {

/// The smaller of a and b: b if b < a, otherwise a. So a is returned if either is NaN (a NaN in a stays, a NaN in b is
/// ignored) and if they are equal (zeros of either sign are equal). Vectorisable, one instruction.
constexpr double minimum(double a, double b) noexcept { return b < a ? b : a; }

/// The larger of a and b: b if b > a, otherwise a. So a is returned if either is NaN (a NaN in a stays, a NaN in b is
/// ignored) and if they are equal (zeros of either sign are equal). Vectorisable, one instruction.
constexpr double maximum(double a, double b) noexcept { return b > a ? b : a; }

/// x limited to [low, high]: minimum(maximum(x, low), high). A NaN in x stays NaN, a limit that is NaN does not limit,
/// and high wins if low > high. Vectorisable, two instructions.
constexpr double clamp(double x, double low, double high) noexcept { return minimum(maximum(x, low), high); }

}  // namespace skein::math
