// Drawing random numbers in strips: as many at a time as stay in the first-level cache until they are used.
#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>

#include "skein/context.hpp"

namespace skein {

/// Most numbers of a strip. A few streams of it, together with the rows they are for, fit a cache of 32 KB.
inline constexpr std::size_t strip_length = 512;

/// How many rows of at most strip_length numbers make a strip. Where it can, it takes a multiple of 8 numbers, which
/// LaneGenerator likes best.
constexpr std::size_t rows_per_strip(std::size_t width) noexcept {
  const std::size_t rows = strip_length / width;
  const std::size_t multiple = 8 / std::gcd(std::size_t{8}, width);
  return rows < multiple ? rows : rows - rows % multiple;
}

/// Goes through rows of `width` elements in ascending order: use(rows of the strip, first element, element count).
/// A strip is some whole rows or a piece of one long row; its size is at most strip_length numbers.
template <class Use>
void for_strips(Rows rows, std::size_t width, Use use) noexcept {
  if (width == 0) return;
  if (width <= strip_length) {
    const std::size_t step = rows_per_strip(width);
    for (std::size_t row = rows.first; row < rows.last; row += step) {
      use(Rows{row, std::min(row + step, rows.last)}, std::size_t{0}, width);
    }
    return;
  }
  for (std::size_t row = rows.first; row < rows.last; ++row) {
    for (std::size_t first = 0; first < width; first += strip_length) {
      use(Rows{row, row + 1}, first, std::min(strip_length, width - first));
    }
  }
}

}  // namespace skein
