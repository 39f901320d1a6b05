// Operators with one operand.
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <numbers>

#include "core/src/contract/numbers.hpp"
#include "core/src/contract/single_operator.hpp"
#include "operators/all.hpp"
#include "skein/math.hpp"
#include "tests/operators/shapes.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

struct Unary {
  const OperatorTable& (*table)();
  const char* result;
  double (*expected)(double value);
};

const std::array<Unary, 8> unary_operators = {
    Unary{&absolute_operator, "absolute", [](double x) { return x < 0 ? -x : x; }},
    Unary{&sign_operator, "sign", [](double x) { return x < 0 ? -1.0 : 1.0; }},
    Unary{&square_root_operator, "root", [](double x) { return std::sqrt(x); }},
    Unary{&exponential_operator, "exponential", [](double x) { return math::exp(x); }},
    Unary{&logarithm_operator, "logarithm", [](double x) { return math::log(x); }},
    Unary{&sine_operator, "sine", [](double x) { return math::sin(x); }},
    Unary{&cosine_operator, "cosine", [](double x) { return math::cos(x); }},
    Unary{&fill_vector_operator, "target", [](double x) { return x; }}};

std::vector<double> results(const Unary& unary, const std::vector<double>& value) {
  SingleOperator single(unary.table(), 1, value.size());
  single.bind("value", value).run();
  return single.content(unary.result);
}

}  // namespace

TEST_CASE("operators with one operand compute every component, for every shape") {
  for (const Unary& unary : unary_operators) {
    CAPTURE(unary.result);
    for (const std::size_t rows : row_counts) {
      for (const std::size_t dimension : dimensions) {
        for (const Shape& shape : shapes(rows, dimension)) {
          const std::vector<double> value = some_numbers(shape.count, -3, 3, 1);
          const auto expected = each_component(
              rows, dimension, [&](std::size_t row, std::size_t i) { return unary.expected(shape.of(value, row, i)); });
          SingleOperator single(unary.table(), rows, dimension);
          single.bind("value", value, shape.type).run();
          CHECK(same_bits(single.content(unary.result), expected));
        }
        for (const Shape& shape : scalar_shapes(rows)) {
          const std::vector<double> value = some_numbers(shape.count, -3, 3, 1);
          const auto expected = each_component(
              rows, 1, [&](std::size_t row, std::size_t i) { return unary.expected(shape.of(value, row, i)); });
          SingleOperator single(unary.table(), rows, dimension);
          single.bind("value", value, shape.type).bind(unary.result, {}, "real[n]").run();
          CHECK(same_bits(single.content(unary.result), expected));
        }
        const std::vector<double> value = some_numbers(rows * dimension, -3, 3, 1);
        std::vector<double> expected;
        for (const double x : value) expected.push_back(unary.expected(x));
        SingleOperator in_place(unary.table(), rows, dimension);
        in_place.bind("value", value).share(unary.result, "value").run();
        CHECK(same_bits(in_place.content("value"), expected));
      }
    }
  }
}

TEST_CASE("absolute and sign at zeros, infinities and NaN") {
  const std::vector<double> value = {0.0, -0.0, infinity, -infinity, not_a_number, -5, 5};
  CHECK(same_bits(results(unary_operators[0], value), {0.0, 0.0, infinity, infinity, not_a_number, 5, 5}));
  CHECK(same_bits(results(unary_operators[1], value), {0.0, -0.0, 1, -1, not_a_number, -1, 1}));
}

TEST_CASE("roots, exponentials and logarithms at their ends") {
  CHECK(same_bits(results(unary_operators[2], {4, 0.0, -0.0, -1, infinity, not_a_number}),
                  {2, 0.0, -0.0, not_a_number, infinity, not_a_number}));
  CHECK(same_bits(results(unary_operators[3], {0, infinity, -infinity, 710, -746, not_a_number}),
                  {1, infinity, 0, infinity, 0, not_a_number}));
  CHECK(same_bits(results(unary_operators[4], {1, 0, -1, infinity, not_a_number}),
                  {0, -infinity, not_a_number, infinity, not_a_number}));
}

TEST_CASE("sines and cosines take radians") {
  constexpr double pi = std::numbers::pi;
  const auto sines = results(unary_operators[5], {0, pi / 2, pi / 6, infinity, not_a_number});
  CHECK(sines[0] == 0);
  CHECK(sines[1] == doctest::Approx(1).epsilon(1e-15));
  CHECK(sines[2] == doctest::Approx(0.5).epsilon(1e-15));
  CHECK(std::isnan(sines[3]));
  CHECK(std::isnan(sines[4]));
  const auto cosines = results(unary_operators[6], {0, pi, pi / 3, infinity, not_a_number});
  CHECK(cosines[0] == doctest::Approx(1).epsilon(1e-15));
  CHECK(cosines[1] == doctest::Approx(-1).epsilon(1e-15));
  CHECK(cosines[2] == doctest::Approx(0.5).epsilon(1e-15));
  CHECK(std::isnan(cosines[3]));
  CHECK(std::isnan(cosines[4]));
}
