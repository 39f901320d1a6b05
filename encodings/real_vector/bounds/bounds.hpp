// What the operators of the role bounds_handling have in common: they look for particles outside, and treat only these.
#pragma once

#include <tuple>

#include "skein/context.hpp"
#include "skein/operator.hpp"
#include "skein/view.hpp"

namespace skein {

struct BoundsPorts {
  InOut<double> position, velocity;
  In<double> lower, upper;
};

/// The declaration of these ports, for an operator whose Ports begin with them.
template <class Ports>
constexpr auto bounds_ports() {
  return std::tuple{inout("position", &Ports::position, "real[n,d]", "brought within the bounds"),
                    inout("velocity", &Ports::velocity, "real[n,d]", "how the particles moved last"),
                    in("lower", &Ports::lower, "real[d]", "lower bound of every dimension"),
                    in("upper", &Ports::upper, "real[d]", "upper bound of every dimension, >= lower")};
}

/// The first of these rows with a component beyond a bound, rows.last if there is none. A NaN is beyond no bound. Cost:
/// about 0.2 ns per component.
[[nodiscard]] std::size_t first_row_outside(const BoundsPorts& io, Rows rows) noexcept;

/// x <- min(max(x, lower), upper) and v <- v * factor (0 for a factor of 0) where that changes x, component by
/// component of one row.
void clamp_row(const BoundsPorts& io, std::size_t row, double factor) noexcept;

/// treat(row) for the rows with a component beyond a bound.
template <class Treat>
void for_rows_outside(const BoundsPorts& io, Rows rows, Treat treat) noexcept {
  for (Rows rest = rows; rest.first < rest.last; ++rest.first) {
    rest.first = first_row_outside(io, rest);
    if (rest.first < rest.last) treat(rest.first);
  }
}

/// treat(x, v, lower, upper) for the components of a row that are beyond a bound; x and v are references.
template <class Treat>
void for_components_outside(const BoundsPorts& io, std::size_t row, Treat treat) noexcept {
  double* position = io.position.row(row);
  double* velocity = io.velocity.row(row);
  const double* lower = io.lower.row(row);
  const double* upper = io.upper.row(row);
  for (std::size_t i = 0; i < io.position.width(); ++i) {
    if (position[i] < lower[i] || position[i] > upper[i]) treat(position[i], velocity[i], lower[i], upper[i]);
  }
}

}  // namespace skein
