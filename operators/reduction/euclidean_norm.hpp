// The length of a vector, for operators that divide by it or compare it.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>

#include "skein/math.hpp"

namespace skein {

/// sqrt(x(0)^2 + ... + x(count - 1)^2), the squares summed in 8 fixed lanes; NaN where a component is NaN.
///
/// Where the sum of squares leaves [2^-900, infinity), the components are divided by the largest of their sizes first,
/// so that only a norm beyond the largest number is infinite and only that of a zero vector is 0. `x` is as in
/// math::sum8. Cost: one multiplication per component, with scaling one division more.
template <class Component>
double euclidean_norm(std::size_t count, Component x) noexcept {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double smallest_exact = 0x1p-900;
  const double squares = math::sum8(count, [x](std::size_t i) { return x(i) * x(i); });
  if (std::isnan(squares) || (squares >= smallest_exact && squares < infinity)) return std::sqrt(squares);

  double largest = 0.0;
  for (std::size_t i = 0; i < count; ++i) largest = math::maximum(largest, std::abs(x(i)));
  if (largest == 0.0 || largest == infinity) return largest;
  const auto scaled_square = [x, largest](std::size_t i) {
    const double scaled = x(i) / largest;
    return scaled * scaled;
  };
  return largest * std::sqrt(math::sum8(count, scaled_square));
}

/// The norm of x[0] ... x[count - 1].
inline double euclidean_norm(const double* x, std::size_t count) noexcept {
  return euclidean_norm(count, [x](std::size_t i) { return x[i]; });
}

/// x <- x * (limit / |x|) where |x| > limit. A vector with a NaN and a limit that is NaN change nothing.
inline void limit_norm(double* x, std::size_t count, double limit) noexcept {
  const double norm = euclidean_norm(x, count);
  if (!(norm > limit)) return;
  const double factor = limit / norm;
  for (std::size_t i = 0; i < count; ++i) x[i] *= factor;
}

}  // namespace skein
