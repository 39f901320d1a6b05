// VectorPartial: the sums of the components of some rows, as a partial result that combines in row order.
#pragma once

#include <algorithm>
#include <cstddef>

#include "skein/context.hpp"
#include "skein/operator_table.hpp"
#include "skein/view.hpp"

namespace skein {

/// Stands at the beginning of a partial result; `width` sums follow it.
struct VectorPartial {
  std::size_t width = 0;

  [[nodiscard]] double* sums() noexcept { return reinterpret_cast<double*>(this + 1); }
  [[nodiscard]] const double* sums() const noexcept { return reinterpret_cast<const double*>(this + 1); }

  /// Becomes the sum of the rows, added in ascending order.
  void sum_up(Rows rows, const In<double>& vector) noexcept {
    width = vector.width();
    std::fill_n(sums(), width, 0.0);
    for (std::size_t row = rows.first; row < rows.last; ++row) add(vector.row(row));
  }

  /// Adds the sums of later rows.
  void add(const VectorPartial& later) noexcept { add(later.sums()); }

 private:
  void add(const double* __restrict numbers) noexcept {
    double* __restrict target = sums();
    for (std::size_t i = 0; i < width; ++i) target[i] += numbers[i];
  }
};

/// The table of a reducing operator with this partial result, with room for as many sums as its first port is wide.
inline OperatorTable with_vector_partial(OperatorTable table) {
  static_assert(sizeof(VectorPartial) % alignof(double) == 0);
  table.partial_bytes = [](const void*, const PortView* ports) {
    return sizeof(VectorPartial) + ports[0].parts[0].width * sizeof(double);
  };
  return table;
}

}  // namespace skein
