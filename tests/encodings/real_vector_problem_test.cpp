#include "skein/encodings/real_vector_problem.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

#include "core/src/contract/numbers.hpp"
#include "core/src/contract/single_operator.hpp"
#include "tests/support/contract.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

double sum_of(std::span<const double> point) { return std::accumulate(point.begin(), point.end(), 0.0); }

void sum_of_rows(const void*, const In<double>& position, Rows rows, double* values) noexcept {
  for (std::size_t i = 0; i < rows.count(); ++i) {
    values[i] = sum_of(std::span(position.row(rows.first + i), position.width()));
  }
}

RealVectorProblem sum_problem(std::size_t dimension) {
  RealVectorProblem description;
  description.name = "sum";
  description.dimension = dimension;
  description.point_function = &sum_of;
  return description;
}

std::vector<double> evaluate(const Problem& problem, const std::vector<double>& points) {
  SingleOperator single(*problem.evaluator, points.size() / problem.dimension, problem.dimension);
  single.objectives(problem.objectives.size()).bind("position", points).run();
  return single.content("fitness");
}

std::vector<std::string> codes(RealVectorProblem description) {
  Diagnostics diagnostics;
  const auto problem = make_problem(std::move(description), diagnostics);
  CHECK((problem == nullptr) == diagnostics.has_errors());
  std::vector<std::string> found;
  for (const Diagnostic& diagnostic : diagnostics.items()) {
    found.push_back(diagnostic.code + " " + diagnostic.path);
    CHECK_FALSE(diagnostic.message.empty());
    CHECK_FALSE(diagnostic.expected.empty());
    CHECK_FALSE(diagnostic.found.empty());
  }
  return found;
}

}  // namespace

TEST_CASE("a problem evaluates by point and by tile alike") {
  for (const std::size_t rows : {1U, 2U, 17U, 65U, 200U}) {
    const std::vector<double> points = some_numbers(rows * 7, -1, 1, rows);
    std::vector<double> expected;
    for (std::size_t row = 0; row < rows; ++row) {
      expected.insert(expected.end(), {0.0, sum_of(std::span(points).subspan(row * 7, 7))});
    }
    Diagnostics diagnostics;
    CHECK(same_bits(evaluate(*make_problem(sum_problem(7), diagnostics), points), expected));
    RealVectorProblem by_tile = sum_problem(7);
    by_tile.tile_function = &sum_of_rows;
    CHECK(same_bits(evaluate(*make_problem(by_tile, diagnostics), points), expected));
  }
}

TEST_CASE("evaluators keep the contract") {
  for (const bool by_tile : {false, true}) {
    for (const bool thread_safe : {false, true}) {
      RealVectorProblem description = sum_problem(7);
      if (by_tile) description.tile_function = &sum_of_rows;
      description.thread_safe = thread_safe;
      Diagnostics diagnostics;
      const auto problem = make_problem(description, diagnostics);
      CHECK(problem->evaluator->can_fail == !by_tile);
      CHECK(problem->evaluator->thread_safe == (by_tile || thread_safe));
      check_contract(*problem->evaluator);
    }
  }
}

TEST_CASE("a random tile function draws by row and keeps the contract") {
  RealVectorProblem description = sum_problem(7);
  description.random_tile_function = [](const void*, const In<double>& position, Rows rows, const RowContext& context,
                                        double* values) noexcept {
    for (std::size_t i = 0; i < rows.count(); ++i) {
      context.row_random(0, rows.first + i).fill_uniform(values + i, 1);
      values[i] += 10 * position.row(rows.first + i)[0];
    }
  };
  Diagnostics diagnostics;
  const auto problem = make_problem(description, diagnostics);
  CHECK_FALSE(problem->evaluator->can_fail);
  CHECK(problem->evaluator->thread_safe);
  CHECK(problem->evaluator->streams.size() == 1);
  check_contract(*problem->evaluator);
  const std::vector<double> found = evaluate(*problem, some_numbers(7 * 100, 1, 2, 1));
  for (std::size_t i = 1; i < found.size(); i += 2) CHECK((found[i] >= 10 && found[i] < 21));
}

TEST_CASE("bounds of one number serve all dimensions") {
  RealVectorProblem description = sum_problem(3);
  description.lower = {-2};
  description.upper = {1, 2, 3};
  Diagnostics diagnostics;
  const auto problem = make_problem(description, diagnostics);
  REQUIRE(problem != nullptr);
  REQUIRE(problem->published.size() == 2);
  CHECK(problem->published[0].name == "lower");
  CHECK(problem->published[0].type == "real[d]");
  CHECK(problem->published[0].data == std::vector<double>{-2, -2, -2});
  CHECK(problem->published[1].data == std::vector<double>{1, 2, 3});
}

TEST_CASE("the sign of the fitness and the sense of the objective") {
  RealVectorProblem description = sum_problem(2);
  description.best_known = 4;
  const auto fitness_and_sense = [&](Sense sense, bool negate) {
    description.sense = sense;
    description.negate = negate;
    Diagnostics diagnostics;
    const auto problem = make_problem(description, diagnostics);
    return std::tuple{evaluate(*problem, {1, 2})[1], problem->objectives.front().sense, *problem->best_known};
  };
  CHECK(fitness_and_sense(Sense::minimize, false) == std::tuple{3.0, Sense::minimize, 4.0});
  CHECK(fitness_and_sense(Sense::minimize, true) == std::tuple{3.0, Sense::maximize, -4.0});
  CHECK(fitness_and_sense(Sense::maximize, false) == std::tuple{-3.0, Sense::maximize, 4.0});
  CHECK(fitness_and_sense(Sense::maximize, true) == std::tuple{-3.0, Sense::minimize, -4.0});
}

TEST_CASE("a best known solution outside the bounds is left out") {
  RealVectorProblem description = sum_problem(2);
  description.best_known = -2;
  description.best_known_solution = {-1};
  Diagnostics diagnostics;
  const auto inside = make_problem(description, diagnostics);
  CHECK(inside->best_known == -2);
  CHECK(inside->best_known_solution == std::vector<double>{-1, -1});
  description.lower = {0};
  const auto outside = make_problem(description, diagnostics);
  CHECK_FALSE(outside->best_known.has_value());
  CHECK(outside->best_known_solution.empty());
}

TEST_CASE("wrong dimensions and bounds are reported together") {
  using Codes = std::vector<std::string>;
  RealVectorProblem description = sum_problem(2);
  CHECK(codes(description) == Codes{});

  description.dimension = 0;
  CHECK(codes(description) == Codes{"bad-dimension dimension"});
  description.dimension = largest_dimension + 1;
  CHECK(codes(description) == Codes{"bad-dimension dimension"});

  description.dimension = 3;
  description.lower = {-1, -1};
  description.upper = {1, not_a_number, 1};
  CHECK(codes(description) == Codes{"bad-bounds lower", "bad-bounds upper"});
  description.upper = {1, not_a_number};
  CHECK(codes(description) == Codes{"bad-bounds lower", "bad-bounds upper", "bad-bounds upper"});
  description.lower = {-std::numeric_limits<double>::infinity()};
  description.upper = {1};
  CHECK(codes(description) == Codes{"bad-bounds lower"});
  description.lower = {};
  CHECK(codes(description) == Codes{"bad-bounds lower"});

  description.lower = {0, 2, 0};
  CHECK(codes(description) == Codes{"bad-bounds lower"});
  description.lower = {1};
  CHECK(codes(description) == Codes{});
  description.lower = {-1e308};
  description.upper = {1e308};
  CHECK(codes(description) == Codes{"bad-bounds upper"});
}

TEST_CASE("a point function that throws fails its row") {
  RealVectorProblem description = sum_problem(1);
  description.point_function = [](std::span<const double> point) {
    if (point[0] == 2) throw std::runtime_error("two is not allowed");
    return point[0];
  };
  Diagnostics diagnostics;
  const auto problem = make_problem(description, diagnostics);
  SingleOperator single(*problem->evaluator, 5, 1);
  single.bind("position", {0, 1, 2, 3, 4}).run();
  REQUIRE(single.result().error().has_value());
  CHECK(single.result().error()->message.find("two is not allowed") != std::string::npos);
  CHECK(single.result().error()->row == 2);
}

namespace {

/// Feasible where the first coordinate is at most 0.
ConstrainedValue constrained_sum(std::span<const double> point) {
  return {point[0] > 0 ? point[0] : 0.0, sum_of(point)};
}

void constrained_sum_of_rows(const void*, const In<double>& position, Rows rows, double* violations,
                             double* values) noexcept {
  for (std::size_t i = 0; i < rows.count(); ++i) {
    const auto found = constrained_sum(std::span(position.row(rows.first + i), position.width()));
    violations[i] = found.violation;
    values[i] = found.value;
  }
}

}  // namespace

TEST_CASE("functions with constraints give a violation, by point and by tile alike, whatever the sense") {
  for (const bool by_tile : {false, true}) {
    for (const Sense sense : {Sense::minimize, Sense::maximize}) {
      RealVectorProblem description;
      description.name = "constrained";
      description.dimension = 7;
      description.sense = sense;
      if (by_tile) {
        description.constrained_tile_function = &constrained_sum_of_rows;
      } else {
        description.constrained_point_function = &constrained_sum;
      }
      Diagnostics diagnostics;
      const auto problem = make_problem(description, diagnostics);
      REQUIRE(problem != nullptr);
      CHECK(problem->evaluator->can_fail == !by_tile);
      const std::vector<double> points = some_numbers(150 * 7, -1, 1, 3);
      std::vector<double> expected;
      for (std::size_t row = 0; row < 150; ++row) {
        const auto found = constrained_sum(std::span(points).subspan(row * 7, 7));
        expected.insert(expected.end(), {found.violation, sense == Sense::minimize ? found.value : -found.value});
      }
      CHECK(same_bits(evaluate(*problem, points), expected));
      ContractInput input;
      input.dimensions = {7};
      check_contract(*problem->evaluator, input);
    }
  }
}

namespace {

/// (sum, first coordinate), and how far the last coordinate is beyond 0.5.
double sum_and_first(std::span<const double> point, std::span<double> values) {
  values[0] = sum_of(point);
  values[1] = point[0];
  return std::max(point.back() - 0.5, 0.0);
}

void sum_and_first_of_rows(const void*, const In<double>& position, Rows rows, double* violations,
                           double* values) noexcept {
  for (std::size_t i = 0; i < rows.count(); ++i) {
    violations[i] =
        sum_and_first(std::span(position.row(rows.first + i), position.width()), std::span(values + 2 * i, 2));
  }
}

}  // namespace

TEST_CASE("functions of several objectives give all of them, by point and by tile alike, whatever the sense") {
  for (const bool by_tile : {false, true}) {
    for (const Sense sense : {Sense::minimize, Sense::maximize}) {
      RealVectorProblem description;
      description.name = "two";
      description.dimension = 7;
      description.sense = sense;
      description.negate = true;
      description.objectives = {"sum", "first"};
      description.reference_point = {9, 8};
      description.best_known = 0;
      if (by_tile) {
        description.constrained_tile_function = &sum_and_first_of_rows;
      } else {
        description.objectives_point_function = &sum_and_first;
      }
      Diagnostics diagnostics;
      const auto problem = make_problem(description, diagnostics);
      REQUIRE(problem != nullptr);
      REQUIRE(problem->objectives.size() == 2);
      CHECK(problem->objectives[0].name == "sum");
      CHECK(problem->objectives[1].name == "first");
      for (const Objective& objective : problem->objectives) CHECK(objective.sense != sense);
      CHECK(!problem->best_known);
      CHECK(problem->published.back().name == "reference_point");
      CHECK(problem->published.back().type == "real[2]");
      CHECK(problem->published.back().data == std::vector<double>{9, 8});

      const std::vector<double> points = some_numbers(150 * 7, -1, 1, 3);
      std::vector<double> expected;
      const double sign = sense == Sense::minimize ? 1 : -1;
      for (std::size_t row = 0; row < 150; ++row) {
        double values[2];
        const double violation = sum_and_first(std::span(points).subspan(row * 7, 7), values);
        expected.insert(expected.end(), {violation, sign * values[0], sign * values[1]});
      }
      CHECK(same_bits(evaluate(*problem, points), expected));
      ContractInput input;
      input.dimensions = {7};
      input.objectives = 2;
      check_contract(*problem->evaluator, input);
    }
  }
}

TEST_CASE("an objective that a function leaves out is no number, and one value is not enough for two") {
  RealVectorProblem description;
  description.name = "two";
  description.objectives = {"first", "second"};
  description.objectives_point_function = [](std::span<const double> point, std::span<double> values) {
    values[0] = point[0];
    return 0.0;
  };
  Diagnostics diagnostics;
  const auto problem = make_problem(description, diagnostics);
  REQUIRE(problem != nullptr);
  const std::vector<double> found = evaluate(*problem, {0.5, 0.25});
  CHECK(found[1] == 0.5);
  CHECK(std::isnan(found[2]));

  description.objectives_point_function = nullptr;
  description.point_function = &sum_of;
  CHECK(make_problem(description, diagnostics) == nullptr);
  REQUIRE(diagnostics.items().size() == 1);
  CHECK(to_text(diagnostics.items()[0]) ==
        "error: 'two' has several objectives, and a function of one value. [bad-problem]\n"
        "  path: objectives\n"
        "  expected: objectives_point_function, or a function of tiles\n"
        "  found: point_function");
}

TEST_CASE("as many objectives as there may be are all stored, and one more is refused") {
  RealVectorProblem description;
  description.name = "many";
  description.dimension = 2;
  description.tile_function = [](const void*, const In<double>& position, Rows rows, double* values) noexcept {
    for (std::size_t i = 0; i < rows.count(); ++i) {
      for (std::size_t k = 0; k < most_objectives; ++k) {
        values[i * most_objectives + k] = position(rows.first + i, 0) + static_cast<double>(k);
      }
    }
  };
  description.objectives.assign(most_objectives, "one of many");
  Diagnostics diagnostics;
  const auto problem = make_problem(description, diagnostics);
  REQUIRE(problem != nullptr);
  const std::vector<double> points = some_numbers(2 * 21, -1, 1, 3);
  const std::vector<double> found = evaluate(*problem, points);
  REQUIRE(found.size() == 21 * (1 + most_objectives));
  for (std::size_t row = 0; row < 21; ++row) {
    CHECK(found[row * (1 + most_objectives)] == 0);
    for (std::size_t k = 0; k < most_objectives; ++k) {
      CHECK(found[row * (1 + most_objectives) + 1 + k] == points[2 * row] + static_cast<double>(k));
    }
  }

  description.objectives.emplace_back("one too many");
  description.reference_point = {1, 2};
  CHECK(make_problem(description, diagnostics) == nullptr);
  REQUIRE(diagnostics.items().size() == 2);
  CHECK(to_text(diagnostics.items()[0]) ==
        "error: 'many' has too many objectives. [bad-problem]\n"
        "  path: objectives\n"
        "  expected: at most 32\n"
        "  found: 33");
  CHECK(to_text(diagnostics.items()[1]) ==
        "error: The reference point of 'many' has the wrong number of values. [bad-problem]\n"
        "  path: reference_point\n"
        "  expected: one for each of 33 objectives\n"
        "  found: 2");
}
