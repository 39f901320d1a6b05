#include <doctest/doctest.h>

#include <array>

#include "core/src/contract/numbers.hpp"
#include "core/src/contract/single_operator.hpp"
#include "operators/all.hpp"
#include "skein/math.hpp"
#include "tests/operators/shapes.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

struct Binary {
  const OperatorTable& (*table)();
  const char *first, *second, *result;
  double (*expected)(double first, double second);
};

const std::array<Binary, 8> binary_operators = {
    Binary{&scalar_multiply_operator, "vector", "scalar", "product", [](double a, double b) { return b * a; }},
    Binary{&vector_add_operator, "first", "second", "sum", [](double a, double b) { return a + b; }},
    Binary{&vector_subtract_operator, "minuend", "subtrahend", "difference", [](double a, double b) { return a - b; }},
    Binary{&multiply_operator, "first", "second", "product", [](double a, double b) { return a * b; }},
    Binary{&divide_operator, "dividend", "divisor", "quotient", [](double a, double b) { return a / b; }},
    Binary{&power_operator, "base", "exponent", "power", [](double a, double b) { return math::pow(a, b); }},
    Binary{&minimum_operator, "first", "second", "minimum", [](double a, double b) { return b < a ? b : a; }},
    Binary{&maximum_operator, "first", "second", "maximum", [](double a, double b) { return b > a ? b : a; }}};

/// What a binary operator makes of pairs.
std::vector<double> results(const Binary& binary, const std::vector<double>& first, const std::vector<double>& second) {
  SingleOperator single(binary.table(), 1, first.size());
  single.bind(binary.first, first).bind(binary.second, second).run();
  return single.content(binary.result);
}

}  // namespace

TEST_CASE("binary operators compute every component, for every shape of both operands") {
  for (const Binary& binary : binary_operators) {
    for (const std::size_t rows : row_counts) {
      for (const std::size_t dimension : dimensions) {
        for (const Shape& a : shapes(rows, dimension)) {
          for (const Shape& b : shapes(rows, dimension)) {
            const std::vector<double> first = some_numbers(a.count, -3, 3, 1);
            const std::vector<double> second = some_numbers(b.count, -3, 3, 2);
            const auto expected = each_component(rows, dimension, [&](std::size_t row, std::size_t i) {
              return binary.expected(a.of(first, row, i), b.of(second, row, i));
            });
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

TEST_CASE("binary operators write one number per row into a real of n") {
  for (const Binary& binary : binary_operators) {
    CAPTURE(binary.result);
    for (const std::size_t rows : row_counts) {
      for (const Shape& a : scalar_shapes(rows)) {
        for (const Shape& b : scalar_shapes(rows)) {
          const std::vector<double> first = some_numbers(a.count, -3, 3, 1);
          const std::vector<double> second = some_numbers(b.count, -3, 3, 2);
          const auto expected = each_component(rows, 1, [&](std::size_t row, std::size_t i) {
            return binary.expected(a.of(first, row, i), b.of(second, row, i));
          });
          SingleOperator single(binary.table(), rows, 7);
          single.bind(binary.first, first, a.type).bind(binary.second, second, b.type);
          CHECK(same_bits(single.bind(binary.result, {}, "real[n]").run().content(binary.result), expected));
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

TEST_CASE("divide follows IEEE 754 at zeros and infinities") {
  const auto quotients = results(binary_operators[4], {1, -1, 1, 0, infinity, 1, not_a_number, 7},
                                 {0, 0, -0.0, 0, infinity, infinity, 1, 2});
  CHECK(same_bits(quotients, {infinity, -infinity, -infinity, not_a_number, not_a_number, 0, not_a_number, 3.5}));
}

TEST_CASE("power is exact for small whole numbers, and NaN where an operand is") {
  const auto powers = results(binary_operators[5], {2, -2, 3, 0, -8, not_a_number, 5, 1, 2, infinity},
                              {10, 3, -1, 0, 1.0 / 3, 0, not_a_number, infinity, infinity, -1});
  CHECK(same_bits(powers, {1024, -8, 1.0 / 3, 1, not_a_number, not_a_number, not_a_number, 1, infinity, 0}));
}

TEST_CASE("minimum and maximum keep a NaN and the zero of the first operand, and ignore a NaN of the second") {
  const std::vector<double> first = {not_a_number, 1, 0.0, -0.0, infinity, 3};
  const std::vector<double> second = {1, not_a_number, -0.0, 0.0, -infinity, 3};
  CHECK(same_bits(results(binary_operators[6], first, second), {not_a_number, 1, 0.0, -0.0, -infinity, 3}));
  CHECK(same_bits(results(binary_operators[7], first, second), {not_a_number, 1, 0.0, -0.0, infinity, 3}));
}

TEST_CASE("multiply_add rounds the product before it adds, for every shape of the operands") {
  for (const std::size_t rows : row_counts) {
    for (const std::size_t dimension : dimensions) {
      for (const Shape& a : shapes(rows, dimension)) {
        for (const Shape& b : shapes(rows, dimension)) {
          for (const Shape& c : shapes(rows, dimension)) {
            const std::vector<double> first = some_numbers(a.count, -3, 3, 1);
            const std::vector<double> second = some_numbers(b.count, -3, 3, 2);
            const std::vector<double> addend = some_numbers(c.count, -3, 3, 3);
            const auto expected = each_component(rows, dimension, [&](std::size_t row, std::size_t i) {
              const volatile double product = a.of(first, row, i) * b.of(second, row, i);
              return product + c.of(addend, row, i);
            });
            SingleOperator single(multiply_add_operator(), rows, dimension);
            single.bind("first", first, a.type).bind("second", second, b.type).bind("addend", addend, c.type).run();
            CAPTURE(rows);
            CAPTURE(dimension);
            CHECK(same_bits(single.content("sum"), expected));
          }
        }
      }
    }
  }
}

TEST_CASE("multiply_add may write to any of its operands") {
  for (const char* operand : {"first", "second", "addend"}) {
    SingleOperator single(multiply_add_operator(), 1, 3);
    single.bind("first", {1, 2, 3}).bind("second", {4, 5, 6}).bind("addend", {7, 8, 9}).share("sum", operand).run();
    CHECK(single.content(operand) == std::vector<double>{11, 18, 27});
  }
}
