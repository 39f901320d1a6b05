#pragma once

#include <cstddef>

#include "skein/math.hpp"

namespace skein {

/// position <- position + velocity, component by component; a component beyond a bound is put on the bound, and its
/// velocity v becomes `at_bound(v)`. A NaN is beyond no bound: it stays NaN. lower <= upper.
template <class AtBound>
void step_within_bounds(double* __restrict position, double* __restrict velocity, const double* __restrict lower,
                        const double* __restrict upper, std::size_t width, AtBound at_bound) noexcept {
  for (std::size_t i = 0; i < width; ++i) {
    const double v = velocity[i];
    const double moved = position[i] + v;
    const double after_lower = moved < lower[i] ? at_bound(v) : v;
    position[i] = math::clamp(moved, lower[i], upper[i]);
    velocity[i] = moved > upper[i] ? at_bound(v) : after_lower;
  }
}

}  // namespace skein
