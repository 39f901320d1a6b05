#include "skein/problems/test_functions.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "skein/registry.hpp"
#include "tests/support/contract.hpp"
#include "tests/support/single_operator.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

using Point = std::vector<double>;
using Real = long double;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr Real pi = std::numbers::pi_v<Real>;

/// The formulas as they are published, at higher precision.
Real sphere(const Point& x) {
  Real sum = 0;
  for (const Real value : x) sum += value * value;
  return sum;
}

Real rastrigin(const Point& x) {
  Real sum = 10 * Real(x.size());
  for (const Real value : x) sum += value * value - 10 * std::cos(2 * pi * value);
  return sum;
}

Real rosenbrock(const Point& x) {
  Real sum = 0;
  for (std::size_t i = 0; i + 1 < x.size(); ++i) {
    const Real a = Real(x[i]) * x[i] - x[i + 1];
    const Real b = Real(x[i]) - 1;
    sum += 100 * a * a + b * b;
  }
  return sum;
}

Real ackley(const Point& x) {
  Real squares = 0;
  Real waves = 0;
  for (const Real value : x) {
    squares += value * value;
    waves += std::cos(2 * pi * value);
  }
  const auto n = Real(x.size());
  return 20 - 20 * std::exp(-0.2L * std::sqrt(squares / n)) + std::numbers::e_v<Real> - std::exp(waves / n);
}

Real griewank(const Point& x) {
  Real sum = 0;
  Real product = 1;
  for (std::size_t i = 0; i < x.size(); ++i) {
    sum += Real(x[i]) * x[i];
    product *= std::cos(Real(x[i]) / std::sqrt(Real(i + 1)));
  }
  return sum / 4000 - product + 1;
}

struct Function {
  const char* name;
  Real (*formula)(const Point& x);
  double bound;
  double best_coordinate;
  double relative, absolute;  ///< tolerance
};

constexpr Function functions[] = {{"sphere", &sphere, 5.12, 0, 1e-14, 0},
                                  {"rastrigin", &rastrigin, 5.12, 0, 1e-14, 1e-14},
                                  {"rosenbrock", &rosenbrock, 2.048, 1, 1e-14, 0},
                                  {"ackley", &ackley, 32.768, 0, 1e-14, 1e-14},
                                  {"griewank", &griewank, 600, 0, 1e-14, 1e-12}};

Registry catalogue() {
  Registry registry;
  registry.begin_plugin("test_functions");
  register_test_functions(registry);
  REQUIRE(registry.diagnostics().empty());
  return registry;
}

std::shared_ptr<const Problem> make(const Registry& registry, std::string_view name, std::size_t dimension,
                                    std::vector<std::pair<std::string_view, Value>> given = {}) {
  const ProblemSpec* spec = registry.find_problem(name);
  REQUIRE(spec != nullptr);
  std::vector<Value> parameters;
  for (const ParameterSpec& parameter : spec->parameters) {
    parameters.push_back(parameter.name == "dimension" ? Value(std::int64_t(dimension)) : default_value(parameter));
    for (const auto& [key, value] : given) {
      if (key == parameter.name) parameters.back() = value;
    }
  }
  Diagnostics diagnostics;
  return spec->create(*spec, parameters, diagnostics);
}

/// Objectives of points of equal dimension.
std::vector<double> values(const Problem& problem, const std::vector<double>& points) {
  SingleOperator single(*problem.evaluator, points.size() / problem.dimension, problem.dimension);
  single.bind("position", points).run();
  const std::vector<double> fitness = single.content("fitness");
  std::vector<double> objectives;
  for (std::size_t i = 0; i < fitness.size(); i += 2) {
    CHECK(fitness[i] == 0);
    objectives.push_back(fitness[i + 1]);
  }
  return objectives;
}

}  // namespace

TEST_CASE("test functions equal their formulas off the optimum") {
  const Registry registry = catalogue();
  for (const Function& function : functions) {
    for (const std::size_t rows : {1U, 2U, 17U, 65U}) {
      for (const std::size_t dimension : {1U, 2U, 7U, 8U, 30U, 100U}) {
        if (function.formula == &rosenbrock && dimension == 1) continue;
        const auto problem = make(registry, function.name, dimension);
        REQUIRE(problem != nullptr);
        const Point points = some_numbers(rows * dimension, -function.bound, function.bound, dimension);
        const std::vector<double> objectives = values(*problem, points);
        for (std::size_t row = 0; row < rows; ++row) {
          const auto first = points.begin() + std::ptrdiff_t(row * dimension);
          const Real expected = function.formula(Point(first, first + std::ptrdiff_t(dimension)));
          const Real error = std::abs(Real(objectives[row]) - expected);
          CAPTURE(function.name);
          CAPTURE(dimension);
          CAPTURE(objectives[row]);
          CAPTURE(double(expected));
          CHECK(double(error) <= function.relative * double(std::abs(expected)) + function.absolute);
        }
      }
    }
  }
}

TEST_CASE("test functions are exactly 0 at their best known point, and published so") {
  const Registry registry = catalogue();
  for (const Function& function : functions) {
    for (const std::size_t dimension : {2U, 7U, 30U, 1000U}) {
      CAPTURE(function.name);
      const auto problem = make(registry, function.name, dimension);
      CHECK(problem->best_known == 0);
      CHECK(problem->best_known_solution == Point(dimension, function.best_coordinate));
      CHECK(same_bits(values(*problem, problem->best_known_solution), {0.0}));
      CHECK(problem->published[0].data == Point(dimension, -function.bound));
      CHECK(problem->published[1].data == Point(dimension, function.bound));
    }
  }
}

TEST_CASE("test functions at points whose value is known by hand") {
  const Registry registry = catalogue();
  CHECK(values(*make(registry, "sphere", 3), {1, 2, 3})[0] == 14);
  CHECK(values(*make(registry, "rastrigin", 2), {1, 2})[0] == 5);
  CHECK(values(*make(registry, "rastrigin", 2), {0.5, -0.5})[0] == 40.5);
  CHECK(values(*make(registry, "rosenbrock", 2), {0, 0})[0] == 1);
  CHECK(values(*make(registry, "rosenbrock", 2), {-1, 1})[0] == 4);
  CHECK(values(*make(registry, "rosenbrock", 3), {2, 2, 2})[0] == 802);
  CHECK(values(*make(registry, "ackley", 2), {1, 1})[0] == doctest::Approx(3.625384938440363).epsilon(1e-15));
  CHECK(values(*make(registry, "griewank", 1), {std::numbers::pi})[0] ==
        doctest::Approx(2 + std::numbers::pi * std::numbers::pi / 4000).epsilon(1e-15));
}

TEST_CASE("test functions accept every number") {
  const Registry registry = catalogue();
  const double not_a_number = std::numeric_limits<double>::quiet_NaN();
  for (const Function& function : functions) {
    CAPTURE(function.name);
    for (const std::size_t dimension : {2U, 9U}) {
      const auto problem = make(registry, function.name, dimension);
      for (const double coordinate : {1e300, -1e300, 1e160, infinity, -infinity}) {
        const double value = values(*problem, Point(dimension, coordinate))[0];
        CHECK((std::isnan(value) || value > 19.9));
      }
      Point one_nan(dimension, 0.0);
      one_nan[1] = not_a_number;
      CHECK(std::isnan(values(*problem, one_nan)[0]));
    }
  }
}

TEST_CASE("griewank beyond the range of the fast cosine") {
  const Registry registry = catalogue();
  const Point point = {3e7, -2e6, 12};
  const Real expected = griewank(point);
  CHECK(values(*make(registry, "griewank", 3), point)[0] == doctest::Approx(double(expected)).epsilon(1e-14));
}

TEST_CASE("a negated test function is maximised and has the same fitness") {
  const Registry registry = catalogue();
  for (const Function& function : functions) {
    const auto plain = make(registry, function.name, 3);
    const auto negated = make(registry, function.name, 3, {{"negate", true}});
    CHECK(plain->objectives.front().sense == Sense::minimize);
    CHECK(negated->objectives.front().sense == Sense::maximize);
    CHECK(same_bits(values(*plain, {0.5, 1.5, -1}), values(*negated, {0.5, 1.5, -1})));
    CHECK(same_bits({*negated->best_known}, {0.0}));
  }
}

TEST_CASE("bounds of a test function can be chosen") {
  const Registry registry = catalogue();
  const auto problem = make(registry, "sphere", 2, {{"lower", List{-1, 0.5}}, {"upper", 3}});
  REQUIRE(problem != nullptr);
  CHECK(problem->published[0].data == Point{-1, 0.5});
  CHECK(problem->published[1].data == Point{3, 3});
  CHECK_FALSE(problem->best_known.has_value());

  const ProblemSpec* spec = registry.find_problem("sphere");
  Diagnostics diagnostics;
  const std::vector<Value> inverted = {2, 1.0, -1.0, false};
  CHECK(spec->create(*spec, inverted, diagnostics) == nullptr);
  REQUIRE(diagnostics.items().size() == 1);
  CHECK(diagnostics.items()[0].code == "bad-bounds");
  CHECK(diagnostics.items()[0].path == "parameters/lower");
}

TEST_CASE("test functions declare their range of dimensions and are documented") {
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
    CHECK(spec.parameters.front().minimum == (entry.name == "rosenbrock" ? 2 : 1));
  }
}

TEST_CASE("evaluators of test functions keep the contract") {
  const Registry registry = catalogue();
  // Evaluators with prepared data know their dimension, so those are made for the larger one.
  for (const Function& function : functions) {
    if (function.formula == &rosenbrock) continue;
    check_contract(*make(registry, function.name, 7)->evaluator);
  }
}
