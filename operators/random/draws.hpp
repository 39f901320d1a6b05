// What operators make of the random numbers of a row group.
#pragma once

#include <cstddef>
#include <cstring>

#include "operators/arithmetic/elementary.hpp"
#include "operators/random/strips.hpp"
#include "skein/random.hpp"

namespace skein::draws {

/// Whether a view shows one number for all components of all rows.
inline bool is_number(const In<double>& view) noexcept { return view.row_stride() == 0 && view.element_stride() == 0; }

/// Copies rows of `count` numbers to elements from `element` on.
inline void copy_rows(const double* numbers, Rows rows, const Out<double>& values, std::size_t element,
                      std::size_t count) noexcept {
  for (std::size_t row = rows.first; row < rows.last; ++row) {
    std::memcpy(values.row(row) + element, numbers, count * sizeof(double));
    numbers += count;
  }
}

/// values(row, e) <- formula of (a number drawn with `fill`, first(row, e), second(row, e)), one draw per component,
/// row by row. first and second may be `values` itself. The formula gives the number drawn where first is 0 and second
/// is 1.
inline void write(RowContext& context, const Out<double>& values, Elementary formula,
                  void (LaneGenerator::*fill)(double*, std::size_t) noexcept, const In<double>& first,
                  const In<double>& second) noexcept {
  LaneGenerator& random = context.random(0);
  const bool takes_numbers = is_number(first) && is_number(second);
  const bool is_standard = takes_numbers && first.value() == 0.0 && second.value() == 1.0;
  for_strips(context.rows(), values.width(), [&](Rows rows, std::size_t element, std::size_t count) {
    double strip[strip_length];
    const bool is_dense = rows.count() == 1 || values.row_stride() == count;
    const bool in_place = takes_numbers && is_dense;
    double* const numbers = in_place ? values.row(rows.first) + element : strip;
    const std::size_t total = rows.count() * count;
    (random.*fill)(numbers, total);
    if (!takes_numbers) {
      const ElementRows drawn(numbers, count, rows.first);
      return compute(formula, rows, Target(values, element, count),
                     {drawn, ElementRows(first, element), ElementRows(second, element)});
    }
    if (!is_standard) {
      compute(formula, {0, 1}, Target(numbers, total), {ElementRows(numbers, total, 0), first, second});
    }
    if (!in_place) copy_rows(numbers, rows, values, element, count);
  });
}

}  // namespace skein::draws
