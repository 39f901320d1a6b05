#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/src/contract/numbers.hpp"
#include "skein/json.hpp"
#include "skein/problems/expression.hpp"
#include "tests/problems/documents.hpp"
#include "tests/problems/formulas.hpp"
#include "tests/support/contract.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

std::string text_of(const std::string& objective, std::size_t dimension, const std::string& more = "") {
  return R"({"name": "expression", "dimension": )" + std::to_string(dimension) + R"(, "parameters": {"objective": )" +
         write_json(Value(objective), JsonLayout::one_line) + (more.empty() ? "" : ", " + more) + "}}";
}

double value_at(const std::string& objective, const Point& x) {
  static const Session session = problem_session();
  return values(*problem_of(session, text_of(objective, x.size())), x)[0];
}

}  // namespace

TEST_CASE("expressions read the coordinates, one by one and in sums") {
  CHECK(value_at("x[0] - 2 * x[1]", {3, 5}) == -7);
  CHECK(value_at("x[d - 1] ^ 2", {3, 5}) == 25);
  CHECK(value_at("sum(x[i])", {3, 5, 7}) == 15);
  CHECK(value_at("sum(i)", {3, 5, 7}) == 3);
  CHECK(value_at("product(x[i])", {3, 5, 7}) == 105);
  CHECK(value_at("sum(k, 1, d - 1, k * x[k - 1])", {3, 5, 7}) == 13);
  CHECK(value_at("sum(i, 0, d - 2, sum(j, i + 1, d - 1, (x[i] - x[j]) ^ 2))", {3, 5, 8}) == 4 + 25 + 9);
  CHECK(value_at("sum(sum(j, 0, i, x[j]))", {3, 5, 8}) == 3 + 8 + 16);
  CHECK(value_at("2 + sum(k, 1, 0, x[k]) * product(k, 2, 1, x[k])", {3, 5}) == 2);
  CHECK(value_at("x[0] > 4 ? sum(x[i]) : product(x[i])", {3, 5}) == 15);
  CHECK(value_at("x[0] < 4 ? sum(x[i]) : product(x[i])", {3, 5}) == 8);
  CHECK(value_at("max(sum(x[i] > 4 ? 1 : 0), -1)", {3, 5, 7}) == 2);
  CHECK(value_at("sum(i % 2 == 0 ? x[i] : 0)", {3, 5, 7}) == 10);
  CHECK(value_at("d", {3, 5, 7}) == 3);
  CHECK(std::isnan(value_at("x[d]", {3, 5})));
  CHECK(std::isnan(value_at("sum(x[i - 1])", {3, 5})));
}

TEST_CASE("test functions can be written as expressions") {
  const std::vector<std::array<const char*, 2>> cases = {
      {"sphere", "sum(x[i]^2)"},
      {"rastrigin", "10 * d + sum(x[i]^2 - 10 * cos(2 * pi * x[i]))"},
      {"rosenbrock", "sum(i, 0, d - 2, 100 * (x[i + 1] - x[i]^2)^2 + (1 - x[i])^2)"},
      {"griewank", "1 + sum(x[i]^2) / 4000 - product(cos(x[i] / sqrt(i + 1)))"},
      {"ackley", "20 + e - 20 * exp(-0.2 * sqrt(sum(x[i]^2) / d)) - exp(sum(cos(2 * pi * x[i])) / d)"},
      {"zakharov", "sum(x[i]^2) + sum(0.5 * (i + 1) * x[i])^2 + sum(0.5 * (i + 1) * x[i])^4"}};
  const Session session = problem_session();
  for (const auto& entry : cases) {
    const std::string name = entry[0];
    const std::string objective = entry[1];
    CAPTURE(name);
    const auto problem = problem_of(session, text_of(objective, 7));
    const auto formula = std::ranges::find(formulas(), std::string_view(name), &Formula::name);
    REQUIRE(formula != formulas().end());
    const std::vector<double> points = some_numbers(50 * 7, -2, 2, 3);
    const std::vector<double> found = values(*problem, points);
    for (std::size_t row = 0; row < 50; ++row) {
      const auto first = points.begin() + static_cast<std::ptrdiff_t>(row * 7);
      const auto expected = static_cast<double>(formula->value(Point(first, first + 7)));
      CHECK(found[row] == doctest::Approx(expected).epsilon(1e-11));
    }
  }
}

TEST_CASE("constraints are broken by what is above 0, and undefined ones are not kept") {
  const Session session = problem_session();
  const auto problem = problem_of(
      session,
      text_of("x[0]", 2, R"x("constraints": ["x[0] - 1", "1 - sum(x[i])", "sqrt(x[1])"], "sense": "maximize")x"));
  CHECK(problem->objectives[0].sense == Sense::maximize);
  CHECK(fitness(*problem, {3, 0}) == std::vector<double>{2, -3});
  CHECK(fitness(*problem, {0.25, 0.25}) == std::vector<double>{0.5 + 0.5, -0.25});
  CHECK(std::isnan(fitness(*problem, {0, -1})[0]));
}

TEST_CASE("bounds are those of the document") {
  const Session session = problem_session();
  const auto problem = problem_of(session, text_of("x[0]", 2, R"("lower": [0, 1], "upper": 9)"));
  CHECK(problem->published[0].data == Point{0, 1});
  CHECK(problem->published[1].data == Point{9, 9});
  CHECK_FALSE(problem->best_known.has_value());
}

TEST_CASE("evaluators of expressions keep the contract, with any number of threads") {
  const Session session = problem_session();
  for (const std::size_t dimension : {1U, 7U, 100U}) {
    const auto problem = problem_of(session, text_of("sum(i, 0, d - 2, sin(x[i]) * x[i + 1]) + product(cos(x[i]))",
                                                     dimension, R"("constraints": ["sum(abs(x[i])) - 3 * d"])"));
    ContractInput input;
    input.dimensions = {dimension};
    check_contract(*problem->evaluator, input);
  }
}
