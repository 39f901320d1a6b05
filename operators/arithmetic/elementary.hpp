// The formulas of the elementary operators.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>

#include "operators/arithmetic/element_rows.hpp"

namespace skein {

/// What is computed from the components at the same place of one to three operands; elementary.cpp has the formulas.
/// clamp, reflect and wrap work in place.
enum class Elementary : std::uint8_t {
  copy,
  absolute,
  sign,
  square_root,
  exponential,
  logarithm,
  sine,
  cosine,
  add,
  subtract,
  multiply,
  divide,
  power,
  minimum,
  maximum,
  multiply_add,
  clamp,
  reflect,
  wrap,
  uniform,  ///< u, lower, upper: a number of the interval from u uniform in [0, 1)
  normal    ///< z, mean, standard deviation: a normal number from a standard normal one
};

/// How many operands a formula has, 1 to 3.
[[nodiscard]] std::size_t operand_count(Elementary formula) noexcept;

/// Where results go: `width` elements of every row.
struct Target {
  ElementRows rows;
  std::size_t width;

  Target(const Out<double>& view) noexcept : rows(view), width(view.width()) {}
  Target(const InOut<double>& view) noexcept : rows(view), width(view.width()) {}
  /// Contiguous numbers, of one row.
  Target(double* numbers, std::size_t count) noexcept : rows(numbers, count, 0), width(count) {}
  /// `count` elements from `first` on.
  Target(const Out<double>& view, std::size_t first, std::size_t count) noexcept : rows(view, first), width(count) {}
};

/// target(row, e) <- formula of operand(row, e)... for all rows, with as many operands as it has. An operand may be the
/// target itself; the first operand of a formula that works in place is.
void compute(Elementary formula, Rows rows, const Target& target, std::initializer_list<ElementRows> operands) noexcept;

/// The kernel of a formula. Its ports are the operands and behind them the result; where it works in place, the
/// operands alone.
[[nodiscard]] ElementKernel element_kernel(Elementary formula) noexcept;

/// The formula for one number each.
[[nodiscard]] double compute(Elementary formula, std::initializer_list<double> operands) noexcept;

}  // namespace skein
