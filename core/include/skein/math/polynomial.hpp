#pragma once

namespace skein::math::detail {

/// The last coefficient: ends the recursion below.
constexpr double polynomial(double, double last) noexcept { return last; }

/// c0 + x * (c1 + x * (...)): coefficients in rising order, evaluated from the highest down in exactly this order.
template <class... Coefficients>
constexpr double polynomial(double x, double first, Coefficients... others) noexcept {
  return first + x * polynomial(x, others...);
}

}  // namespace skein::math::detail
