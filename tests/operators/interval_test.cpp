// Operators that bring components into an interval: clamp, reflect, wrap.
#include <doctest/doctest.h>

#include <array>
#include <cmath>

#include "core/src/contract/numbers.hpp"
#include "core/src/contract/single_operator.hpp"
#include "operators/all.hpp"
#include "tests/operators/shapes.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

// The plain forms: one step after another.

double clamped(double x, double lower, double upper) { return x < lower ? lower : x > upper ? upper : x; }

double reflected(double x, double lower, double upper) {
  while (x < lower || x > upper) x = x < lower ? lower + (lower - x) : upper - (x - upper);
  return x;
}

double wrapped(double x, double lower, double upper) {
  while (x < lower) x += upper - lower;
  while (x >= upper) x -= upper - lower;
  return x;
}

struct Bounding {
  const OperatorTable& (*table)();
  double (*expected)(double value, double lower, double upper);
};

const std::array<Bounding, 3> bounding_operators = {
    Bounding{&clamp_operator, &clamped}, Bounding{&reflect_operator, &reflected}, Bounding{&wrap_operator, &wrapped}};

/// Multiples of 1/64, with which the plain forms are exact.
std::vector<double> some_fractions(std::size_t count, double low, double high, std::uint64_t seed) {
  std::vector<double> numbers = some_numbers(count, low, high, seed);
  for (double& number : numbers) number = std::floor(number * 64) / 64;
  return numbers;
}

std::vector<double> results(const OperatorTable& table, const std::vector<double>& value,
                            const std::vector<double>& lower, const std::vector<double>& upper) {
  SingleOperator single(table, 1, value.size());
  single.bind("value", value).bind("lower", lower, "real[d]").bind("upper", upper, "real[d]").run();
  return single.content("value");
}

}  // namespace

TEST_CASE("interval operators agree with their plain forms, for every shape of the limits") {
  for (std::size_t which = 0; which < bounding_operators.size(); ++which) {
    const Bounding& bounding = bounding_operators[which];
    CAPTURE(which);
    for (const std::size_t rows : row_counts) {
      for (const std::size_t dimension : dimensions) {
        for (const Shape& low : shapes(rows, dimension)) {
          for (const Shape& high : shapes(rows, dimension)) {
            const std::vector<double> value = some_fractions(rows * dimension, -20, 20, 1);
            const std::vector<double> lower = some_fractions(low.count, -2, 0, 2);
            const std::vector<double> upper = some_fractions(high.count, 0.5, 2, 3);
            const auto expected = each_component(rows, dimension, [&](std::size_t row, std::size_t i) {
              return bounding.expected(value[row * dimension + i], low.of(lower, row, i), high.of(upper, row, i));
            });
            SingleOperator single(bounding.table(), rows, dimension);
            single.bind("value", value).bind("lower", lower, low.type).bind("upper", upper, high.type).run();
            CHECK(same_bits(single.content("value"), expected));
          }
        }
      }
    }
  }
}

TEST_CASE("interval operators take one number per row") {
  for (const Bounding& bounding : bounding_operators) {
    for (const std::size_t rows : row_counts) {
      for (const Shape& low : scalar_shapes(rows)) {
        const std::vector<double> value = some_fractions(rows, -20, 20, 1);
        const std::vector<double> lower = some_fractions(low.count, -2, 0, 2);
        std::vector<double> expected;
        for (std::size_t row = 0; row < rows; ++row) {
          expected.push_back(bounding.expected(value[row], low.of(lower, row, 0), 1.5));
        }
        SingleOperator single(bounding.table(), rows, 7);
        single.bind("value", value, "real[n]").bind("lower", lower, low.type).bind("upper", {1.5}, "real").run();
        CHECK(same_bits(single.content("value"), expected));
      }
    }
  }
}

TEST_CASE("interval operators may take their limits from the value itself") {
  for (const Bounding& bounding : bounding_operators) {
    const std::vector<double> value = some_numbers(17 * 7, -1, 1, 1);
    SingleOperator single(bounding.table(), 17, 7);
    single.bind("value", value).share("lower", "value").bind("upper", {2}, "real").run();
    CHECK(same_bits(single.content("value"), value));
  }
}

TEST_CASE("clamp leaves NaN, and a limit that is NaN does not limit") {
  const auto content = results(clamp_operator(), {not_a_number, -infinity, infinity, -7, 7},
                               {-1, -1, -1, not_a_number, -1}, {1, 1, 1, 1, not_a_number});
  CHECK(same_bits(content, {not_a_number, -1, 1, -7, 7}));
}

TEST_CASE("reflect mirrors as often as it takes") {
  //                     within, both limits,  once,      twice,  three times, many widths away
  const auto content =
      results(reflect_operator(), {0.25, 0, 1, -0.25, 1.25, -1.25, 2.25, -2.25, 3.25, 1000.25, -1001.25},
              std::vector<double>(11, 0), std::vector<double>(11, 1));
  CHECK(same_bits(content, {0.25, 0, 1, 0.25, 0.75, 0.75, 0.25, 0.25, 0.75, 0.25, 0.75}));
}

TEST_CASE("reflect at its ends") {
  CHECK(same_bits(results(reflect_operator(), {not_a_number, infinity, -infinity, 1e300, -1e300},
                          std::vector<double>(5, -1), std::vector<double>(5, 2)),
                  {not_a_number, 2, -1, 2, -1}));
  CHECK(same_bits(results(reflect_operator(), {5, 2, -5}, {2, 2, 2}, {2, 2, 2}), {2, 2, 2}));
  // One infinite limit; crossed limits; limits that are NaN.
  CHECK(same_bits(results(reflect_operator(), {-3, 3, 5, 5, -5}, {0, -infinity, 3, not_a_number, -1},
                          {infinity, 1, 1, 1, not_a_number}),
                  {3, -1, 1, 1, -1}));
  // Where twice the width overflows.
  CHECK(same_bits(results(reflect_operator(), {-5e307}, {8e307}, {1.7e308}), {8e307}));
}

TEST_CASE("wrap joins the ends") {
  const auto content = results(wrap_operator(), {0.25, 0, 1, -0.25, 1.25, 7.75, -7.75, 1000.5},
                               std::vector<double>(8, 0), std::vector<double>(8, 1));
  CHECK(same_bits(content, {0.25, 0, 0, 0.75, 0.25, 0.75, 0.25, 0.5}));
}

TEST_CASE("wrap at its ends") {
  CHECK(same_bits(results(wrap_operator(), {not_a_number, infinity, -infinity, 1e300}, std::vector<double>(4, -1),
                          std::vector<double>(4, 2)),
                  {not_a_number, -1, -1, -1}));
  // Equal, crossed, infinite and NaN limits: as clamp.
  CHECK(
      same_bits(results(wrap_operator(), {5, 5, 5, -5, 5}, {2, 3, -infinity, 0, not_a_number}, {2, 1, 1, infinity, 1}),
                {2, 1, 1, 0, 1}));
  // Just below the lower limit there is no number below the upper one that near: the joint.
  CHECK(same_bits(results(wrap_operator(), {-1e-300}, {0}, {1}), {0}));
}

TEST_CASE("reflect and wrap stay within, whatever comes") {
  const std::vector<double> value = some_numbers(4000, -1e6, 1e6, 1);
  const std::vector<double> lower = some_numbers(4000, -1, 0, 2);
  const std::vector<double> upper = some_numbers(4000, 0.001, 1, 3);
  const auto mirrored = results(reflect_operator(), value, lower, upper);
  const auto moved = results(wrap_operator(), value, lower, upper);
  for (std::size_t i = 0; i < value.size(); ++i) {
    CHECK((mirrored[i] >= lower[i] && mirrored[i] <= upper[i]));
    CHECK((moved[i] >= lower[i] && moved[i] < upper[i]));
  }
}
