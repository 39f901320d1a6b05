#include <doctest/doctest.h>

#include <array>
#include <limits>

#include "operators/all.hpp"
#include "tests/support/single_operator.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

constexpr std::array<std::size_t, 4> row_counts = {1, 2, 17, 65};
constexpr std::array<std::size_t, 3> dimensions = {1, 7, 30};

/// How a broadcast port is bound: the type, how many numbers that takes, and which of them component (row, i) sees.
struct Shape {
  const char* type;
  std::size_t count;
  std::size_t row_step, element_step;
};

std::array<Shape, 4> shapes(std::size_t rows, std::size_t dimension) {
  return {Shape{"real[n,d]", rows * dimension, dimension, 1}, Shape{"real[n]", rows, 1, 0},
          Shape{"real[d]", dimension, 0, 1}, Shape{"real", 1, 0, 0}};
}

struct Binary {
  const OperatorTable& (*table)();
  const char *first, *second, *result;
  double (*expected)(double first, double second);
};

const std::array<Binary, 4> binary_operators = {
    Binary{&scalar_multiply_operator, "vector", "scalar", "product", [](double a, double b) { return b * a; }},
    Binary{&vector_add_operator, "first", "second", "sum", [](double a, double b) { return a + b; }},
    Binary{&vector_subtract_operator, "minuend", "subtrahend", "difference", [](double a, double b) { return a - b; }},
    Binary{&multiply_operator, "first", "second", "product", [](double a, double b) { return a * b; }}};

}  // namespace

TEST_CASE("binary operators compute every component, for every shape of both operands") {
  for (const Binary& binary : binary_operators) {
    for (const std::size_t rows : row_counts) {
      for (const std::size_t dimension : dimensions) {
        for (const Shape& a : shapes(rows, dimension)) {
          for (const Shape& b : shapes(rows, dimension)) {
            const std::vector<double> first = some_numbers(a.count, -3, 3, 1);
            const std::vector<double> second = some_numbers(b.count, -3, 3, 2);
            std::vector<double> expected;
            for (std::size_t row = 0; row < rows; ++row) {
              for (std::size_t i = 0; i < dimension; ++i) {
                expected.push_back(binary.expected(first[row * a.row_step + i * a.element_step],
                                                   second[row * b.row_step + i * b.element_step]));
              }
            }
            SingleOperator single(binary.table(), rows, dimension);
            single.bind(binary.first, first, a.type).bind(binary.second, second, b.type).run();
            CAPTURE(binary.result);
            CAPTURE(rows);
            CAPTURE(dimension);
            CHECK(same_bits(single.content(binary.result), expected));
          }
        }
      }
    }
  }
}

TEST_CASE("binary operators may write into an operand") {
  for (const Binary& binary : binary_operators) {
    CAPTURE(binary.result);
    for (const std::size_t dimension : dimensions) {
      const std::size_t rows = 17;
      const std::vector<double> first = some_numbers(rows * dimension, -3, 3, 1);
      const std::vector<double> second = some_numbers(rows * dimension, -3, 3, 2);
      std::vector<double> expected;
      std::vector<double> expected_of_itself;
      for (std::size_t i = 0; i < first.size(); ++i) {
        expected.push_back(binary.expected(first[i], second[i]));
        expected_of_itself.push_back(binary.expected(first[i], first[i]));
      }

      SingleOperator into_first(binary.table(), rows, dimension);
      into_first.bind(binary.first, first).bind(binary.second, second).share(binary.result, binary.first).run();
      CHECK(same_bits(into_first.content(binary.first), expected));

      SingleOperator into_second(binary.table(), rows, dimension);
      into_second.bind(binary.first, first).bind(binary.second, second).share(binary.result, binary.second).run();
      CHECK(same_bits(into_second.content(binary.second), expected));

      SingleOperator all_the_same(binary.table(), rows, dimension);
      all_the_same.bind(binary.first, first)
          .share(binary.second, binary.first)
          .share(binary.result, binary.first)
          .run();
      CHECK(same_bits(all_the_same.content(binary.first), expected_of_itself));
    }
  }
}

TEST_CASE("clamp limits to the interval, for every shape of the limits") {
  for (const std::size_t rows : row_counts) {
    for (const std::size_t dimension : dimensions) {
      for (const Shape& low : shapes(rows, dimension)) {
        for (const Shape& high : shapes(rows, dimension)) {
          const std::vector<double> value = some_numbers(rows * dimension, -3, 3, 1);
          const std::vector<double> lower = some_numbers(low.count, -2, 0, 2);
          const std::vector<double> upper = some_numbers(high.count, 0, 2, 3);
          std::vector<double> expected;
          for (std::size_t row = 0; row < rows; ++row) {
            for (std::size_t i = 0; i < dimension; ++i) {
              const double from = lower[row * low.row_step + i * low.element_step];
              const double to = upper[row * high.row_step + i * high.element_step];
              const double x = value[row * dimension + i];
              expected.push_back(x < from ? from : x > to ? to : x);
            }
          }
          SingleOperator single(clamp_operator(), rows, dimension);
          single.bind("value", value).bind("lower", lower, low.type).bind("upper", upper, high.type).run();
          CHECK(same_bits(single.content("value"), expected));
        }
      }
    }
  }
}

TEST_CASE("clamp leaves NaN, and a limit that is NaN does not limit") {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  constexpr double infinity = std::numeric_limits<double>::infinity();
  SingleOperator single(clamp_operator(), 1, 5);
  single.bind("value", {nan, -infinity, infinity, -7, 7})
      .bind("lower", {-1, -1, -1, nan, -1}, "real[d]")
      .bind("upper", {1, 1, 1, 1, nan}, "real[d]")
      .run();
  CHECK(same_bits(single.content("value"), {nan, -1, 1, -7, 7}));
}
