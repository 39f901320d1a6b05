// What operators make of the random numbers of a row group.
#pragma once

#include <cstddef>

#include "operators/arithmetic/elementary.hpp"
#include "operators/random/strips.hpp"
#include "skein/random.hpp"

namespace skein::draws {

inline bool is_number(const In<double>& view, double number) noexcept {
  return view.row_stride() == 0 && view.element_stride() == 0 && view.value() == number;
}

/// values(row, e) <- formula of (a number drawn with `fill`, first(row, e), second(row, e)), one draw per component,
/// row by row. first and second may be `values` itself. The formula gives the number drawn where first is 0 and second
/// is 1.
inline void write(RowContext& context, const Out<double>& values, Elementary formula,
                  void (LaneGenerator::*fill)(double*, std::size_t) noexcept, const In<double>& first,
                  const In<double>& second) noexcept {
  LaneGenerator& random = context.random(0);
  const bool is_standard = is_number(first, 0.0) && is_number(second, 1.0);
  for_strips(context.rows(), values.width(), [&](Rows rows, std::size_t element, std::size_t count) {
    const bool is_dense = rows.count() == 1 || values.row_stride() == count;
    if (is_standard && is_dense) return (random.*fill)(values.row(rows.first) + element, rows.count() * count);
    double numbers[strip_length];
    (random.*fill)(numbers, rows.count() * count);
    const ElementRows drawn(numbers, count, rows.first);
    const Target target(values, element, count);
    if (is_standard) return compute(Elementary::copy, rows, target, {drawn});
    compute(formula, rows, target, {drawn, ElementRows(first, element), ElementRows(second, element)});
  });
}

}  // namespace skein::draws
