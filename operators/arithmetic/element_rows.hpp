// How a kernel of consecutive elements is applied to rows.
#pragma once

#include <cstddef>
#include <initializer_list>

#include "skein/context.hpp"
#include "skein/element_kernel.hpp"
#include "skein/view.hpp"

namespace skein {

/// Where the elements of one port are, for all rows.
struct ElementRows {
  const void* data;
  std::size_t element_bytes;
  std::size_t row_stride;          ///< in elements; 0: every row is the same
  std::size_t element_stride = 1;  ///< 0: one element per row

  /// Elements from `first` on.
  template <class T>
  ElementRows(const detail::View<T>& view, std::size_t first = 0) noexcept
      : data(view.row(0) + first * view.element_stride()),
        element_bytes(sizeof(T)),
        row_stride(view.row_stride()),
        element_stride(view.element_stride()) {}
  /// Contiguous numbers for rows of `width`, the first of which is for `first_row`.
  ElementRows(const double* numbers, std::size_t width, std::size_t first_row) noexcept
      : data(numbers - first_row * width), element_bytes(sizeof(double)), row_stride(width) {}
};

/// Calls the kernel for `width` elements of every row: for each row, or once where the rows lie so that they are one
/// run of elements. `ports` are those of the kernel, at most 4; number `written` is the one that it writes.
void run_kernel(ElementKernel kernel, Rows rows, std::size_t width, std::size_t written,
                std::initializer_list<ElementRows> ports) noexcept;

}  // namespace skein
