// row_function: a tile function from a function of one point.
#pragma once

#include <cstddef>

#include "skein/context.hpp"
#include "skein/view.hpp"

namespace skein {

/// values[i] <- value(data, coordinates, dimension) for every row of the tile.
template <double (*value)(const void* data, const double* coordinates, std::size_t dimension) noexcept>
void row_function(const void* data, const In<double>& position, Rows rows, double* values) noexcept {
  const std::size_t dimension = position.width();
  for (std::size_t i = 0; i < rows.count(); ++i) values[i] = value(data, position.row(rows.first + i), dimension);
}

}  // namespace skein
