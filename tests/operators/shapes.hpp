// The sizes and shapes of operands with which elementwise operators are tested.
#pragma once

#include <array>
#include <cstddef>
#include <limits>
#include <vector>
namespace skein::testing {

inline constexpr std::array<std::size_t, 4> row_counts = {1, 2, 17, 65};
inline constexpr std::array<std::size_t, 4> dimensions = {1, 7, 30, 64};

inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
inline constexpr double infinity = std::numeric_limits<double>::infinity();

/// How a broadcast port is bound: the type, how many numbers that takes, and which of them component (row, i) sees.
struct Shape {
  const char* type;
  std::size_t count;
  std::size_t row_step, element_step;

  [[nodiscard]] double of(const std::vector<double>& content, std::size_t row, std::size_t element) const {
    return content[row * row_step + element * element_step];
  }
};

inline std::array<Shape, 4> shapes(std::size_t rows, std::size_t dimension) {
  return {Shape{"real[n,d]", rows * dimension, dimension, 1}, Shape{"real[n]", rows, 1, 0},
          Shape{"real[d]", dimension, 0, 1}, Shape{"real", 1, 0, 0}};
}

/// The shapes that an operand can have where the result is one number per row.
inline std::array<Shape, 3> scalar_shapes(std::size_t rows) {
  return {Shape{"real[n]", rows, 1, 0}, Shape{"real[n,1]", rows, 1, 0}, Shape{"real", 1, 0, 0}};
}

/// f(row, element) for all components, row by row.
template <class F>
std::vector<double> each_component(std::size_t rows, std::size_t dimension, F f) {
  std::vector<double> result;
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t i = 0; i < dimension; ++i) result.push_back(f(row, i));
  }
  return result;
}

}  // namespace skein::testing
