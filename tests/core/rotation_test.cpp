#include "transform/rotation.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>

#include "tests/support/single_operator.hpp"

namespace skein {
namespace {

using testing::same_bits;
using testing::some_numbers;
using transform::make_rotation;
using transform::random_orthogonal_matrix;
using transform::rotate_rows;

double dot_of_rows(const std::vector<double>& matrix, std::size_t d, std::size_t i, std::size_t j) {
  double sum = 0;
  for (std::size_t k = 0; k < d; ++k) sum += matrix[i * d + k] * matrix[j * d + k];
  return sum;
}

TEST_CASE("random matrices are orthogonal") {
  for (const std::size_t d : {1U, 2U, 3U, 8U, 30U, 100U}) {
    CAPTURE(d);
    const std::vector<double> matrix = random_orthogonal_matrix(d, 4);
    double worst = 0;
    for (std::size_t i = 0; i < d; ++i) {
      for (std::size_t j = 0; j <= i; ++j) {
        worst = std::max(worst, std::abs(dot_of_rows(matrix, d, i, j) - (i == j ? 1 : 0)));
      }
    }
    CHECK(worst < 1e-14);
    CHECK(same_bits(matrix, random_orthogonal_matrix(d, 4)));
    if (d > 1) CHECK_FALSE(same_bits(matrix, random_orthogonal_matrix(d, 5)));
  }
}

TEST_CASE("no direction is preferred: elements have mean 0 and mean square 1 over d, and both orientations occur") {
  constexpr std::size_t d = 3;
  constexpr int count = 3000;
  std::vector<double> mean(d * d, 0.0);
  std::vector<double> square(d * d, 0.0);
  int turns = 0;
  for (int seed = 0; seed < count; ++seed) {
    const std::vector<double> m = random_orthogonal_matrix(d, static_cast<std::uint64_t>(seed));
    for (std::size_t i = 0; i < d * d; ++i) {
      mean[i] += m[i] / count;
      square[i] += m[i] * m[i] / count;
    }
    const double determinant =
        m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) + m[2] * (m[3] * m[7] - m[4] * m[6]);
    CHECK(std::abs(determinant) == doctest::Approx(1));
    if (determinant > 0) ++turns;
  }
  // Standard errors: 0.577 / sqrt(3000) = 0.0105 and 0.298 / sqrt(3000) = 0.0054; five of them.
  for (std::size_t i = 0; i < d * d; ++i) {
    CHECK(std::abs(mean[i]) < 0.053);
    CHECK(std::abs(square[i] - 1.0 / 3) < 0.027);
  }
  CHECK(std::abs(turns - count / 2) < 137);
}

TEST_CASE("rows are turned around the centre by the matrix") {
  for (const std::size_t d : {1U, 2U, 7U, 8U, 9U, 31U, 32U, 33U, 40U, 65U}) {
    CAPTURE(d);
    const std::vector<double> matrix = random_orthogonal_matrix(d, 9);
    const std::vector<double> center = some_numbers(d, -2, 2, 3);
    const std::vector<double> points = some_numbers(5 * d, -5, 5, 4);
    const ColumnView column{reinterpret_cast<std::byte*>(const_cast<double*>(points.data())), d * sizeof(double), d,
                            Element::real};
    PortView view;
    view.bound = true;
    view.parts = &column;
    view.part_count = 1;
    view.rows = 5;
    std::vector<double> moved(3 * d + 1, 77.0);
    rotate_rows(make_rotation(matrix, center), In<double>(view), Rows{1, 4}, moved.data());
    CHECK(moved.back() == 77.0);
    for (std::size_t row = 0; row < 3; ++row) {
      for (std::size_t i = 0; i < d; ++i) {
        double expected = 0;
        for (std::size_t j = 0; j < d; ++j) {
          expected += matrix[i * d + j] * (points[(row + 1) * d + j] - center[j]);
        }
        CHECK(moved[row * d + i] == center[i] + expected);
      }
    }
  }
}

}  // namespace
}  // namespace skein
