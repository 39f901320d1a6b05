// What becomes of a rounded component that has left its bounds.
#pragma once

namespace skein {

/// An integer beyond a bound is put on it, and its velocity is set to 0. A NaN is beyond no bound.
inline void keep_within(double lower, double upper, double& x, double* velocity) noexcept {
  if (x < lower) {
    x = lower;
  } else if (x > upper) {
    x = upper;
  } else {
    return;
  }
  if (velocity != nullptr) *velocity = 0.0;
}

}  // namespace skein
