// What the engineering designs share: violations, whole steps, and a tile function from a function of one design.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <span>
#include <vector>

#include "skein/context.hpp"
#include "skein/encodings/real_vector_problem.hpp"
#include "skein/value.hpp"
#include "skein/view.hpp"

namespace skein {

/// The sum of the constraint values that are positive; NaN when one is NaN.
[[nodiscard]] inline double violation_of(std::initializer_list<double> constraints) noexcept {
  double sum = 0.0;
  for (const double value : constraints) {
    if (!(value <= 0.0)) sum += value;
  }
  return sum;
}

/// The nearest integer, halves to even; for |x| < 2^51, others as they are or nearly so.
[[nodiscard]] inline double nearest_integer(double x) noexcept {
  constexpr double shift = 0x1.8p52;  // its unit in the last place is 1
  return (x + shift) - shift;
}

/// A design as it is evaluated, with its steps taken by `settle(coordinates)`.
template <void (*settle)(double* coordinates) noexcept>
Value show_settled(std::span<const ColumnView> parts) {
  const auto* held = reinterpret_cast<const double*>(parts[0].data);
  std::vector<double> design(held, held + parts[0].width);
  settle(design.data());
  return List(design.begin(), design.end());
}

/// violations[i], values[i] <- what `design(coordinates)` gives for every row of the tile.
template <ConstrainedValue (*design)(const double* coordinates) noexcept>
void design_tile(const void*, const In<double>& position, Rows rows, double* violations, double* values) noexcept {
  for (std::size_t i = 0; i < rows.count(); ++i) {
    const ConstrainedValue found = design(position.row(rows.first + i));
    violations[i] = found.violation;
    values[i] = found.value;
  }
}

}  // namespace skein
