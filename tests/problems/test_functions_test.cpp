#include "skein/problems/test_functions.hpp"
#include "core/src/contract/numbers.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "skein/encodings/real_vector.hpp"
#include "skein/session.hpp"
#include "tests/problems/catalogue.hpp"
#include "tests/problems/formulas.hpp"
#include "tests/support/contract.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// The first value of a problem at one point.
double value(const Registry& registry, std::string_view name, const Point& point) {
  return values(*make(registry, name, point.size()), point)[0];
}

}  // namespace

TEST_CASE("there are fourteen test functions") {
  const Registry registry = catalogue();
  std::vector<std::string> names;
  for (const auto& entry : registry.problems()) names.push_back(entry.name);
  CHECK(names == std::vector<std::string>{"ackley", "beale", "booth", "griewank", "levy", "matyas", "multinormal",
                                          "random", "rastrigin", "rosenbrock", "schwefel", "sphere", "sum_squares",
                                          "zakharov"});
}

TEST_CASE("test functions equal their formulas off the optimum") {
  const Registry registry = catalogue();
  for (const Formula& formula : formulas()) {
    for (const std::size_t rows : {1U, 2U, 17U, 65U}) {
      for (const std::size_t dimension : formula.dimensions({1, 2, 7, 8, 30, 100})) {
        const auto problem = make(registry, formula.name, dimension);
        REQUIRE(problem != nullptr);
        const Point points = some_numbers(rows * dimension, formula.lower, formula.upper, dimension);
        const std::vector<double> objectives = values(*problem, points);
        for (std::size_t row = 0; row < rows; ++row) {
          const auto first = points.begin() + std::ptrdiff_t(row * dimension);
          const Real expected = formula.value(Point(first, first + std::ptrdiff_t(dimension)));
          const Real error = std::abs(Real(objectives[row]) - expected);
          CAPTURE(formula.name);
          CAPTURE(dimension);
          CAPTURE(objectives[row]);
          CAPTURE(double(expected));
          CHECK(double(error) <= formula.relative * double(std::abs(expected)) + formula.absolute);
        }
      }
    }
  }
}

TEST_CASE("test functions are exactly 0 at their best known point, and published so") {
  const Registry registry = catalogue();
  for (const Formula& formula : formulas()) {
    for (const std::size_t dimension : formula.dimensions({2, 7, 30, 1000})) {
      CAPTURE(formula.name);
      const auto problem = make(registry, formula.name, dimension);
      CHECK(problem->best_known == 0);
      CHECK(problem->best_known_solution == formula.best_point(dimension));
      CHECK(same_bits(values(*problem, problem->best_known_solution), {0.0}));
      CHECK(problem->published[0].data == Point(dimension, formula.lower));
      CHECK(problem->published[1].data == Point(dimension, formula.upper));
      CHECK(problem->objectives.front().sense == Sense::minimize);
    }
  }
}

TEST_CASE("test functions are nowhere below their best known value, next to the best point least of all") {
  const Registry registry = catalogue();
  for (const Formula& formula : formulas()) {
    CAPTURE(formula.name);
    const auto problem = make(registry, formula.name, 2);
    const Point best = formula.best_point(2);
    Point points = some_numbers(20000, formula.lower, formula.upper, 7);
    for (int exponent = -60; exponent <= 0; ++exponent) {
      for (const double shift : some_numbers(20, -1, 1, std::uint64_t(exponent + 100))) {
        points.push_back(best[0] + std::ldexp(shift, exponent));
        points.push_back(best[1] - std::ldexp(shift * shift, exponent));
      }
    }
    for (const double found : values(*problem, points)) {
      if (!(found >= 0)) CHECK(found >= 0);
    }
  }
}

TEST_CASE("test functions at points whose value is known by hand") {
  const Registry registry = catalogue();
  const auto about = [](double expected) { return doctest::Approx(expected).epsilon(2e-15); };
  CHECK(value(registry, "sphere", {1, 2, 3}) == 14);
  CHECK(value(registry, "rastrigin", {1, 2}) == 5);
  CHECK(value(registry, "rastrigin", {0.5, -0.5}) == 40.5);
  CHECK(value(registry, "rosenbrock", {0, 0}) == 1);
  CHECK(value(registry, "rosenbrock", {-1, 1}) == 4);
  CHECK(value(registry, "rosenbrock", {2, 2, 2}) == 802);
  CHECK(value(registry, "ackley", {1, 1}) == about(3.625384938440363));
  CHECK(value(registry, "griewank", {std::numbers::pi}) == about(2 + std::numbers::pi * std::numbers::pi / 4000));
  CHECK(value(registry, "beale", {0, 0}) == 14.203125);
  CHECK(value(registry, "beale", {1, 1}) == 14.203125);
  CHECK(value(registry, "beale", {1, 2}) == 126.453125);
  CHECK(value(registry, "booth", {0, 0}) == 74);
  CHECK(value(registry, "booth", {-1, 2}) == 41);
  CHECK(value(registry, "booth", {10, 10}) == 1154);
  CHECK(value(registry, "matyas", {1, 1}) == about(0.04));
  CHECK(value(registry, "matyas", {1, -1}) == about(1));
  CHECK(value(registry, "matyas", {1, 2}) == about(0.34));
  CHECK(value(registry, "levy", {5, 5}) == about(9.080734182735712));      // z = 2: 2 + 10 sin^2(1)
  CHECK(value(registry, "levy", {0, 0}) == about(0.7158445541169745));     // z = 3/4
  CHECK(value(registry, "levy", {1, 1, 5}) == about(1));                   // the last z takes no part in the sum
  CHECK(value(registry, "schwefel", {0, 0}) == about(837.9657745448674));  // 2 * 418.98…
  CHECK(value(registry, "schwefel", {1}) == about(418.1414162876258));     // 418.98… - sin 1
  CHECK(value(registry, "schwefel", {-302.5249351839932}) == about(118.43833461443792));
  CHECK(value(registry, "sum_squares", {1, 2, 3}) == 36);
  CHECK(value(registry, "zakharov", {1, 0}) == 1.3125);  // x_1 takes part in t
  CHECK(value(registry, "zakharov", {1, 1}) == 9.3125);
  CHECK(value(registry, "zakharov", {2, -1, 0}) == 5);
  CHECK(value(registry, "zakharov", {1, 2, 3}) == 2464);
}

TEST_CASE("test functions accept every number") {
  const Registry registry = catalogue();
  for (const Formula& formula : formulas()) {
    CAPTURE(formula.name);
    for (const std::size_t dimension : formula.dimensions({2, 9})) {
      const auto problem = make(registry, formula.name, dimension);
      for (const double coordinate : {1e300, -1e300, 1e160, infinity, -infinity}) {
        const double found = values(*problem, Point(dimension, coordinate))[0];
        // The sine root function goes down without end beyond its bounds.
        CHECK((std::isnan(found) || found > 19.9 || formula.name == "schwefel"));
      }
      Point one_nan(dimension, 0.0);
      one_nan[1] = not_a_number;
      CHECK(std::isnan(values(*problem, one_nan)[0]));
    }
  }
}

TEST_CASE("functions beyond the range of the fast sine and cosine") {
  const Registry registry = catalogue();
  for (const Formula& formula : formulas()) {
    if (formula.dimensions({3}).empty()) continue;
    CAPTURE(formula.name);
    const Point point = {3e7, -2e6, 12};
    CHECK(value(registry, formula.name, point) ==
          doctest::Approx(double(formula.value(point))).epsilon(formula.name == "levy" ? 1e-8 : 1e-13));
  }
  const Point point = {1e13, -3e12, 5};
  const auto schwefel = std::ranges::find(formulas(), "schwefel", &Formula::name);
  CHECK(value(registry, "schwefel", point) == doctest::Approx(double(schwefel->value(point))).epsilon(1e-8));
}

TEST_CASE("a negated test function is maximised and has the same fitness") {
  const Registry registry = catalogue();
  for (const Formula& formula : formulas()) {
    for (const std::size_t dimension : formula.dimensions({2, 3})) {
      const auto plain = make(registry, formula.name, dimension);
      const auto negated = make(registry, formula.name, dimension, {{"negate", true}});
      const Point point = some_numbers(dimension, -1, 2, 1);
      CHECK(negated->objectives.front().sense == Sense::maximize);
      CHECK(same_bits(values(*plain, point), values(*negated, point)));
      CHECK(same_bits({*negated->best_known}, {0.0}));
    }
  }
}

TEST_CASE("bounds of a test function can be chosen") {
  const Registry registry = catalogue();
  const auto problem = make(registry, "sphere", 2, {{"lower", List{-1, 0.5}}, {"upper", 3}});
  REQUIRE(problem != nullptr);
  CHECK(problem->published[0].data == Point{-1, 0.5});
  CHECK(problem->published[1].data == Point{3, 3});
  CHECK_FALSE(problem->best_known.has_value());

  const ProblemSpec* spec = registry.find_problem("ackley");
  Diagnostics diagnostics;
  const std::vector<Value> inverted = {2, 1.0, -1.0, false};
  CHECK(spec->create(*spec, inverted, diagnostics) == nullptr);
  REQUIRE(diagnostics.items().size() == 1);
  CHECK(diagnostics.items()[0].code == "bad-bounds");
  CHECK(diagnostics.items()[0].path == "parameters/lower");
}

TEST_CASE("bounds that show deeper minima leave the best known solution of schwefel out") {
  const Registry registry = catalogue();
  CHECK(make(registry, "schwefel", 2, {{"lower", 400}})->best_known == 0);
  for (const auto& bounds : {std::pair{-560.0, 500.0}, std::pair{-500.0, 720.0}}) {
    const auto problem = make(registry, "schwefel", 2, {{"lower", bounds.first}, {"upper", bounds.second}});
    CHECK_FALSE(problem->best_known.has_value());
    CHECK(problem->best_known_solution.empty());
  }
  CHECK(value(registry, "schwefel", {-559.15}) < 0);
  CHECK(value(registry, "schwefel", {719.53}) < 0);
}

TEST_CASE("dimensions that a test function does not have are refused") {
  Session session;
  register_real_vector(session.registry());
  register_test_functions(session.registry());
  const auto message = [&session](std::string_view name, std::int64_t dimension) {
    ProblemChoice choice;
    choice.name = name;
    choice.parameters.push_back({"dimension", {}, dimension});
    Diagnostics diagnostics;
    const auto problem = session.make_problem(choice, diagnostics);
    CHECK((problem == nullptr) == diagnostics.has_errors());
    return diagnostics.empty() ? "" : diagnostics.items().front().message;
  };
  for (const Formula& formula : formulas()) {
    CAPTURE(formula.name);
    const auto smallest = std::int64_t(formula.smallest_dimension);
    CHECK(message(formula.name, smallest).empty());
    CHECK(message(formula.name, smallest - 1).find("'dimension'") != std::string::npos);
    CHECK_FALSE(message(formula.name, std::int64_t(formula.largest_dimension) + 1).empty());
  }
  CHECK(message("beale", 3) == "Parameter 'dimension' of problem 'beale' must be 2.");
  CHECK(message("levy", 1) == "Parameter 'dimension' of problem 'levy' must be at least 2 and at most 1000000.");
  CHECK(message("multinormal", 12).empty());
  CHECK(message("multinormal", 13) ==
        "Parameter 'dimension' of problem 'multinormal' must be at least 1 and at most 12.");
}

TEST_CASE("test functions are documented") {
  const Registry registry = catalogue();
  for (const auto& entry : registry.problems()) {
    CAPTURE(entry.name);
    const ProblemSpec& spec = *entry.content;
    CHECK_FALSE(spec.summary.empty());
    CHECK_FALSE(spec.source.empty());
    CHECK(spec.encoding == "real_vector");
    for (const ParameterSpec& parameter : spec.parameters) {
      CHECK_FALSE(parameter.summary.empty());
      CHECK_FALSE(parameter.initial.empty());
    }
  }
}

TEST_CASE("evaluators of test functions keep the contract") {
  const Registry registry = catalogue();
  const auto check = [&registry](std::string_view name, std::size_t dimension) {
    ContractInput input;
    input.dimensions = {dimension};
    check_contract(*make(registry, name, dimension)->evaluator, input);
  };
  for (const Formula& formula : formulas()) {
    for (const std::size_t dimension : formula.dimensions({1, 2, 7})) check(formula.name, dimension);
  }
  for (const char* name : {"multinormal", "random"}) {
    check(name, 1);
    check(name, 7);
  }
}
