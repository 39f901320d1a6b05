// The formulas of the elementary operators, and how they are applied to rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>

#include "skein/context.hpp"
#include "skein/view.hpp"

namespace skein {

/// What is computed from the components at the same place of one to three operands; elementary.cpp has the formulas.
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
  clamp,
  reflect,
  wrap,
  uniform,  ///< u, lower, upper: a number of the interval from u uniform in [0, 1)
  normal    ///< z, mean, standard deviation: a normal number from a standard normal one
};

/// Where an operand's numbers are.
struct Operand {
  const double* data;
  std::size_t row_stride;      ///< 0: every row is the same
  std::size_t element_stride;  ///< 0: one number per row

  /// Elements from `first` on.
  Operand(const In<double>& view, std::size_t first = 0) noexcept
      : data(view.row(0) + first * view.element_stride()),
        row_stride(view.row_stride()),
        element_stride(view.element_stride()) {}
  Operand(const InOut<double>& view) noexcept
      : data(view.row(0)), row_stride(view.row_stride()), element_stride(view.element_stride()) {}
  /// Contiguous numbers for rows of `width`, the first of which is for `first_row`.
  Operand(const double* numbers, std::size_t width, std::size_t first_row) noexcept
      : data(numbers - first_row * width), row_stride(width), element_stride(1) {}
};

/// Where results go.
struct Target {
  double* data;
  std::size_t row_stride;
  std::size_t width;

  Target(const Out<double>& view) noexcept : Target(view, 0, view.width()) {}
  Target(const InOut<double>& view) noexcept : data(view.row(0)), row_stride(view.row_stride()), width(view.width()) {}
  /// `count` elements from `first` on.
  Target(const Out<double>& view, std::size_t first, std::size_t count) noexcept
      : data(view.row(0) + first), row_stride(view.row_stride()), width(count) {}
};

/// target(row, e) <- formula of operand(row, e)... for all rows. An operand may be the target itself.
void compute(Elementary formula, Rows rows, const Target& target, std::initializer_list<Operand> operands) noexcept;

/// The formula for one number each.
[[nodiscard]] double compute(Elementary formula, std::initializer_list<double> operands) noexcept;

}  // namespace skein
