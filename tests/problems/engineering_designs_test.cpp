#include "skein/problems/engineering_designs.hpp"
#include "core/src/contract/numbers.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "tests/problems/documents.hpp"
#include "tests/support/contract.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

using Real = long double;
constexpr Real pi = std::numbers::pi_v<Real>;

/// Value and constraints of a design, as the literature writes them.
struct Plain {
  Real value;
  std::vector<Real> constraints;
};

Plain pressure_vessel(const Point& x) {
  const Real a = 0.0625L * std::round(x[0] / 0.0625), b = 0.0625L * std::round(x[1] / 0.0625), r = x[2], l = x[3];
  return {0.6224L * a * r * l + 1.7781L * b * r * r + 3.1661L * a * a * l + 19.84L * a * a * r,
          {-a + 0.0193L * r, -b + 0.00954L * r, -pi * r * r * l - 4.0L / 3 * pi * r * r * r + 1296000, l - 240}};
}

Plain welded_beam(const Point& x) {
  const Real h = x[0], l = x[1], t = x[2], b = x[3];
  const Real P = 6000, L = 14, E = 30e6L, G = 12e6L;
  const Real first = P / (std::sqrt(2.0L) * h * l);
  const Real M = P * (L + l / 2);
  const Real R = std::sqrt(l * l / 4 + (h + t) / 2 * ((h + t) / 2));
  const Real J = 2 * std::sqrt(2.0L) * h * l * (l * l / 12 + (h + t) / 2 * ((h + t) / 2));
  const Real second = M * R / J;
  const Real tau = std::sqrt(first * first + 2 * first * second * l / (2 * R) + second * second);
  const Real sigma = 6 * P * L / (b * t * t);
  const Real delta = 4 * P * L * L * L / (E * t * t * t * b);
  const Real Pc =
      4.013L * E * std::sqrt(t * t * std::pow(b, 6) / 36) / (L * L) * (1 - t / (2 * L) * std::sqrt(E / (4 * G)));
  return {1.10471L * h * h * l + 0.04811L * t * b * (14 + l),
          {tau - 13600, sigma - 30000, h - b, 0.10471L * h * h + 0.04811L * t * b * (14 + l) - 5, 0.125L - h,
           delta - 0.25L, P - Pc}};
}

Plain tension_spring(const Point& x) {
  const Real d = x[0], D = x[1], N = x[2];
  return {(N + 2) * D * d * d,
          {1 - D * D * D * N / (71785 * std::pow(d, 4)),
           (4 * D * D - d * D) / (12566 * (D * d * d * d - std::pow(d, 4))) + 1 / (5108 * d * d) - 1,
           1 - 140.45L * d / (D * D * N), (D + d) / 1.5L - 1}};
}

Plain speed_reducer(const Point& x) {
  const Real a = x[0], b = x[1], c = std::round(x[2]), d = x[3], e = x[4], f = x[5], g = x[6];
  return {0.7854L * a * b * b * (3.3333L * c * c + 14.9334L * c - 43.0934L) - 1.508L * a * (f * f + g * g) +
              7.4777L * (f * f * f + g * g * g) + 0.7854L * (d * f * f + e * g * g),
          {27 / (a * b * b * c) - 1, 397.5L / (a * b * b * c * c) - 1, 1.93L * d * d * d / (b * c * std::pow(f, 4)) - 1,
           1.93L * e * e * e / (b * c * std::pow(g, 4)) - 1,
           std::sqrt(std::pow(745 * d / (b * c), 2) + 16.9e6L) / (110 * f * f * f) - 1,
           std::sqrt(std::pow(745 * e / (b * c), 2) + 157.5e6L) / (85 * g * g * g) - 1, b * c / 40 - 1, 5 * b / a - 1,
           a / (12 * b) - 1, (1.5L * f + 1.9L) / d - 1, (1.1L * g + 1.9L) / e - 1}};
}

Plain three_bar_truss(const Point& x) {
  const Real a = x[0], b = x[1], root = std::sqrt(2.0L);
  return {100 * (2 * root * a + b),
          {(root * a + b) / (root * a * a + 2 * a * b) * 2 - 2, b / (root * a * a + 2 * a * b) * 2 - 2,
           1 / (root * b + a) * 2 - 2}};
}

struct Design {
  const char* name;
  Plain (*plain)(const Point&);
  double best;
};

constexpr std::array<Design, 5> designs = {{{"pressure_vessel", &pressure_vessel, 6059.714335},
                                            {"welded_beam", &welded_beam, 1.724852309},
                                            {"tension_spring", &tension_spring, 0.0126652328},
                                            {"speed_reducer", &speed_reducer, 2994.471066},
                                            {"three_bar_truss", &three_bar_truss, 263.8958434}}};

const std::vector<double>& bound(const Problem& problem, std::string_view name) {
  return std::ranges::find(problem.published, name, &PublishedValue::name)->data;
}

}  // namespace

TEST_CASE("engineering designs are feasible at the published optimum, which has the published value") {
  const Session session = problem_session();
  for (const Design& design : designs) {
    CAPTURE(std::string(design.name));
    const auto problem = problem_of(session, '"' + std::string(design.name) + '"');
    CHECK(problem->best_known == design.best);
    const std::vector<double> found = fitness(*problem, problem->best_known_solution);
    CHECK(found[0] < 2e-3);
    CHECK(found[1] == doctest::Approx(design.best).epsilon(1e-8));
    for (const Real constraint : design.plain(problem->best_known_solution).constraints) CHECK(constraint < 2e-3);
  }
}

TEST_CASE("engineering designs are the published formulas, at any point") {
  const Session session = problem_session();
  for (const Design& design : designs) {
    CAPTURE(std::string(design.name));
    const auto problem = problem_of(session, '"' + std::string(design.name) + '"');
    const std::size_t d = problem->dimension;
    const std::size_t rows = 200;
    std::vector<double> points = some_numbers(rows * d, 0, 1, 8);
    for (std::size_t i = 0; i < points.size(); ++i) {
      const double lower = bound(*problem, "lower")[i % d];
      points[i] = lower + points[i] * (bound(*problem, "upper")[i % d] - lower);
    }
    const std::vector<double> found = fitness(*problem, points);
    for (std::size_t row = 0; row < rows; ++row) {
      const auto first = points.begin() + static_cast<std::ptrdiff_t>(row * d);
      const Plain expected = design.plain(Point(first, first + static_cast<std::ptrdiff_t>(d)));
      Real violation = 0;
      for (const Real constraint : expected.constraints) violation += std::max(constraint, Real{0});
      CHECK(found[2 * row] == doctest::Approx(static_cast<double>(violation)).epsilon(1e-9));
      CHECK(found[2 * row + 1] == doctest::Approx(static_cast<double>(expected.value)).epsilon(1e-12));
    }
  }
}

TEST_CASE("designs with steps are shown as they were evaluated") {
  const Session session = problem_session();
  const auto shown = [&](const char* problem, std::vector<double> held) {
    const auto made = problem_of(session, problem);
    REQUIRE(static_cast<bool>(made->show));
    const std::vector<double> value = fitness(*made, held);
    ColumnView column;
    column.data = reinterpret_cast<std::byte*>(held.data());
    column.width = held.size();
    std::vector<double> numbers;
    const Value solution = made->show({&column, 1});
    for (const Value& number : solution.list()) numbers.push_back(number.number());
    CHECK(fitness(*made, numbers) == value);
    return numbers;
  };
  CHECK(shown(R"("pressure_vessel")", {0.79, 0.46, 42.5, 170}) == std::vector<double>{0.8125, 0.4375, 42.5, 170});
  CHECK(shown(R"("speed_reducer")", {3.5, 0.7, 17.4, 7.3, 7.7, 3.35, 5.29}) ==
        std::vector<double>{3.5, 0.7, 17, 7.3, 7.7, 3.35, 5.29});
  // A transform moves what is evaluated.
  const auto moved = problem_of(session, R"({"name": "pressure_vessel", "transform": [{"rotate": 1}]})");
  CHECK_FALSE(static_cast<bool>(moved->show));
}

TEST_CASE("what cannot be computed is not feasible") {
  const Session session = problem_session();
  const auto problem = problem_of(session, R"("three_bar_truss")");
  CHECK(std::isnan(fitness(*problem, {0, 0})[0]));
}

TEST_CASE("wider bounds leave the best known design out") {
  const Session session = problem_session();
  const auto problem = [&](const char* parameters) {
    return problem_of(session, R"({"name": "tension_spring", "parameters": )" + std::string(parameters) + "}");
  };
  CHECK(problem(R"({"lower": [0.05, 0.25, 2]})")->best_known.has_value());
  CHECK(problem(R"({"lower": [0.051, 0.3, 3], "upper": [1, 1, 12]})")->best_known.has_value());
  CHECK_FALSE(problem(R"({"lower": [0.05, 0.25, 1]})")->best_known.has_value());
  CHECK_FALSE(problem(R"({"upper": 15})")->best_known.has_value());
  CHECK_FALSE(problem(R"({"lower": [0.06, 0.25, 2]})")->best_known.has_value());
}

TEST_CASE("evaluators of engineering designs keep the contract") {
  const Session session = problem_session();
  for (const Design& design : designs) {
    const auto problem = problem_of(session, '"' + std::string(design.name) + '"');
    ContractInput input;
    input.dimensions = {problem->dimension};
    input.domains["position"] = {0.1, 5};
    check_contract(*problem->evaluator, input);
  }
}
