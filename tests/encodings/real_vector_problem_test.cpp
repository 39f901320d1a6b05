#include "skein/encodings/real_vector_problem.hpp"

#include <doctest/doctest.h>

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
  single.bind("position", points).run();
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
