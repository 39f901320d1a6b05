#pragma once

#include "skein/math/formulas.hpp"

namespace skein::math {

/// e^x for every x: infinity above 709.79, denormal below -708.4, 0 below -745.14; exp(-infinity) = 0, NaN for NaN.
/// exp(0) = 1 exactly. Error below 1 ulp. Vectorisable.
inline double exp(double x) noexcept { return detail::exp(x); }

/// Natural logarithm of x for every x, denormals included: log(0) = -infinity, log(infinity) = infinity, NaN for x < 0
/// and NaN. log(1) = 0 exactly. Error below 1 ulp, also next to 1. Vectorisable.
inline double log(double x) noexcept { return detail::log(x); }

/// x to the power y. Error below 1 ulp (2 denormal units where the result is denormal): the logarithm is computed to
/// about 68 bits. Zeros, infinities and integer y of negative x as in C (annex F), pow(x, 0) = pow(1, y) = 1, with one
/// exception: the result is NaN whenever x or y is NaN. NaN for finite x < 0 and y no integer. Not vectorisable: a call
/// of about 100 ns. Dekker (1971) for the products of twice the width.
double pow(double x, double y) noexcept;

}  // namespace skein::math
