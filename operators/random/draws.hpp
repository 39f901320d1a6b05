// What operators make of the random numbers of a row group.
#pragma once

#include <cstddef>

#include "operators/arithmetic/elementary.hpp"
#include "operators/random/strips.hpp"
#include "skein/random.hpp"

namespace skein::draws {

/// values(row, e) <- formula of (a number drawn with `fill`, first(row, e), second(row, e)), one draw per component,
/// row by row. first and second may be `values` itself.
inline void write(RowContext& context, const Out<double>& values, Elementary formula,
                  void (LaneGenerator::*fill)(double*, std::size_t) noexcept, const In<double>& first,
                  const In<double>& second) noexcept {
  LaneGenerator& random = context.random(0);
  for_strips(context.rows(), values.width(), [&](Rows rows, std::size_t element, std::size_t count) {
    double numbers[strip_length];
    (random.*fill)(numbers, rows.count() * count);
    compute(formula, rows, Target(values, element, count),
            {Operand(numbers, count, rows.first), Operand(first, element), Operand(second, element)});
  });
}

}  // namespace skein::draws
