#include "skein/transform.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <numeric>
#include <set>
#include <sstream>
#include <stdexcept>

#include "skein/encodings/real_vector_problem.hpp"
#include "skein/json.hpp"
#include "tests/problems/documents.hpp"
#include "tests/problems/formulas.hpp"
#include "tests/support/contract.hpp"
#include "tests/support/targets.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

RunOptions options(std::uint64_t seed, std::size_t threads = 1, std::size_t tile_rows = 0) {
  RunOptions options;
  options.seed = seed;
  options.threads = threads;
  options.tile_rows = tile_rows;
  return options;
}

const PublishedValue& published(const Problem& problem, std::string_view name) {
  const auto found = std::ranges::find(problem.published, name, &PublishedValue::name);
  REQUIRE(found != problem.published.end());
  return *found;
}

Value shifted_functions() {
  std::ifstream stream(SKEIN_SOURCE_DIR "/tests/problems/data/shifted_functions.json");
  std::ostringstream text;
  text << stream.rdbuf();
  Diagnostics diagnostics;
  const auto value = parse_json(text.str(), "", diagnostics);
  REQUIRE(value.has_value());
  return *value;
}

std::vector<double> numbers(const Value& list) {
  std::vector<double> result;
  for (const Value& item : list.list()) result.push_back(item.number());
  return result;
}

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double deviation(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += (value - mean(values)) * (value - mean(values));
  return std::sqrt(sum / static_cast<double>(values.size()));
}

}  // namespace

TEST_CASE("the functions of the quality tables can be written down, and are f of x minus shift") {
  const Session session = problem_session();
  const Value file = shifted_functions();
  for (const Member& function : file.find("functions")->object()) {
    CAPTURE(function.key);
    const std::string bounds = R"({"lower": )" + write_json(*function.value.find("lower")) + R"(, "upper": )" +
                               write_json(*function.value.find("upper")) + "}";
    const auto problem =
        problem_of(session, R"({"name": ")" + function.key + R"(", "dimension": 30, "parameters": )" + bounds +
                                R"(, "transform": [{"shift": )" + write_json(*function.value.find("shift")) + "}]}");
    const std::vector<double> shift = numbers(*function.value.find("shift"));
    CHECK(published(*problem, "lower").data == Point(30, function.value.find("lower")->number()));
    CHECK(published(*problem, "upper").data == Point(30, function.value.find("upper")->number()));
    CHECK(problem->best_known == 0);
    REQUIRE(problem->best_known_solution.size() == 30);
    const double origin = function.key == "rosenbrock" ? 1 : 0;
    for (std::size_t i = 0; i < 30; ++i) CHECK(problem->best_known_solution[i] == origin + shift[i]);
    CHECK(std::abs(values(*problem, problem->best_known_solution)[0]) < 1e-13);

    const auto formula = std::ranges::find(formulas(), function.key, &Formula::name);
    REQUIRE(formula != formulas().end());
    const std::vector<double> points = some_numbers(20 * 30, formula->lower, formula->upper, 5);
    const std::vector<double> found = values(*problem, points);
    for (std::size_t row = 0; row < 20; ++row) {
      Point x(points.begin() + static_cast<std::ptrdiff_t>(row * 30),
              points.begin() + static_cast<std::ptrdiff_t>(row * 30 + 30));
      for (std::size_t i = 0; i < 30; ++i) x[i] -= shift[i];
      CHECK(found[row] == doctest::Approx(static_cast<double>(formula->value(x))).epsilon(1e-11));
    }
  }
}

TEST_CASE("a shift of a seed brings the best solution into the middle of the bounds") {
  const Session session = problem_session();
  std::set<double> first;
  double least = 1;
  double most = 0;
  for (int seed = 0; seed < 60; ++seed) {
    const std::string text = R"({"name": "rastrigin", "dimension": 7, "parameters": {"lower": -1, "upper": 4},
                              "transform": [{"shift": )" +
                             std::to_string(seed) + "}]}";
    const auto problem = problem_of(session, text);
    REQUIRE(problem->best_known_solution.size() == 7);
    CHECK(problem->best_known_solution == problem_of(session, text)->best_known_solution);
    CHECK(problem->best_known == 0);
    CHECK(values(*problem, problem->best_known_solution)[0] == 0);
    first.insert(problem->best_known_solution[0]);
    for (const double x : problem->best_known_solution) {
      least = std::min(least, (x + 1) / 5);
      most = std::max(most, (x + 1) / 5);
    }
  }
  CHECK(first.size() == 60);
  CHECK(least >= 0.1);
  CHECK(least < 0.12);
  CHECK(most <= 0.9);
  CHECK(most > 0.88);
}

TEST_CASE("where no best solution is known, the middle of the bounds is shifted and turned around") {
  const Session session = problem_session();
  const auto problem = problem_of(session, R"({"name": "lennard_jones", "transform": [{"shift": 3}]})");
  CHECK(problem->best_known_solution.empty());
  CHECK_FALSE(problem->best_known.has_value());
  const auto turned = problem_of(
      session,
      R"({"name": "expression", "parameters": {"objective": "x[0]", "lower": 2, "upper": 6}, "transform": [{"rotate": 3}]})");
  CHECK(values(*turned, {4, 4})[0] == 4);
  CHECK(values(*turned, {5, 4})[0] != 5);
}

TEST_CASE("a best solution that leaves the bounds is left out, and it is said so") {
  const Session session = problem_session();
  Diagnostics diagnostics;
  const auto problem = problem_of(session, R"({"name": "sphere", "transform": [{"shift": [0, 9]}]})", diagnostics);
  REQUIRE(problem != nullptr);
  CHECK_FALSE(problem->best_known.has_value());
  CHECK(problem->best_known_solution.empty());
  CHECK(values(*problem, {0, 9})[0] == 0);
  REQUIRE(diagnostics.items().size() == 1);
  CHECK(
      to_text(diagnostics.items()[0]) ==
      "r.json:1:98: warning: The best known solution of 'sphere' comes to lie outside of the bounds in dimension 2: it "
      "is left out, with its value. [best-known-left-out]\n  path: problem/transform/0/shift\n"
      "  expected: a best known solution within the bounds\n  found: 9.0");
}

TEST_CASE("rotation keeps distances from the best solution and nothing else") {
  const Session session = problem_session();
  for (const std::size_t dimension : {1U, 2U, 3U, 7U, 8U, 30U, 33U, 41U, 70U}) {
    CAPTURE(dimension);
    const std::string head = R"(", "dimension": )" + std::to_string(dimension);
    const auto plain = problem_of(session, R"({"name": "sphere)" + head + "}");
    const auto turned = problem_of(session, R"({"name": "sphere)" + head + R"(, "transform": [{"rotate": 5}]})");
    const auto ellipsoid = problem_of(session, R"({"name": "sum_squares)" + head + "}");
    const auto tilted = problem_of(session, R"({"name": "sum_squares)" + head + R"(, "transform": [{"rotate": 5}]})");
    const std::vector<double> points = some_numbers(20 * dimension, -5, 5, dimension);
    const std::vector<double> expected = values(*plain, points);
    const std::vector<double> found = values(*turned, points);
    for (std::size_t i = 0; i < 20; ++i) CHECK(found[i] == doctest::Approx(expected[i]).epsilon(1e-13));
    CHECK(values(*tilted, Point(dimension, 0.0))[0] == 0);
    CHECK(tilted->best_known_solution == Point(dimension, 0.0));
    if (dimension > 1)
      CHECK(values(*tilted, points)[0] != doctest::Approx(values(*ellipsoid, points)[0]).epsilon(1e-6));
  }
}

TEST_CASE("transforms are applied from the inside to the outside") {
  const Session session = problem_session();
  const std::string head = R"({"name": "rosenbrock", "dimension": 2, "transform": )";
  // Around the best solution, which the shift has moved to (1.5, 0.75): f((1, 1) + 2 (x - (1.5, 0.75))).
  const auto problem = problem_of(session, head + R"([{"shift": [0.5, -0.25]}, {"scale": 2}]})");
  CHECK(problem->best_known_solution == Point{1.5, 0.75});
  const auto rosenbrock = [](double x, double y) { return 100 * (x * x - y) * (x * x - y) + (x - 1) * (x - 1); };
  CHECK(values(*problem, {1.25, 1.5})[0] == doctest::Approx(rosenbrock(0.5, 2.5)).epsilon(1e-14));
  // The other way round: f((1, 1) + 2 (x - (1.5, 0.75)) once more, since the centre moves along.
  const auto other = problem_of(session, head + R"([{"scale": [2, 4]}, {"shift": [0.5, -0.25]}]})");
  CHECK(values(*other, {1.25, 1.5})[0] == doctest::Approx(rosenbrock(0.5, 4)).epsilon(1e-14));
}

TEST_CASE("noise adds to the value or multiplies it, with a normal deviation") {
  const Session session = problem_session();
  const std::size_t rows = 4000;
  const std::string head = R"({"name": "sphere", "dimension": 2, "transform": [{"noise": )";
  const std::vector<double> points(2 * rows, 2.0);  // 8 everywhere
  const auto additive = problem_of(session, head + R"({"sigma": 0.5}}]})");
  CHECK(additive->best_known == 0);
  CHECK(additive->best_known_solution == Point{0, 0});
  CHECK(mean(values(*additive, points)) == doctest::Approx(8).epsilon(0.005));
  CHECK(deviation(values(*additive, points)) == doctest::Approx(0.5).epsilon(0.05));
  CHECK(same_bits(values(*additive, points), values(*problem_of(session, head + "0.5}]}"), points)));

  const auto multiplicative = problem_of(session, head + R"({"sigma": 0.5, "kind": "multiplicative"}}]})");
  CHECK(deviation(values(*multiplicative, points)) == doctest::Approx(4).epsilon(0.05));
  CHECK(values(*multiplicative, {0, 0})[0] == 0);

  const auto seeded = problem_of(session, head + R"({"sigma": 0.5, "seed": 1}}]})");
  CHECK(deviation(values(*seeded, points)) == doctest::Approx(0.5).epsilon(0.05));
  CHECK_FALSE(same_bits(values(*seeded, points), values(*additive, points)));
  CHECK_FALSE(same_bits(values(*additive, points, options(2)), values(*additive, points, options(3))));
}

TEST_CASE("noise has the same bits for any number of threads and any tiles, also around chance and twice") {
  const Session session = problem_session();
  for (
      const char* text :
      {R"({"name": "rastrigin", "dimension": 3, "transform": [{"noise": 0.1}]})",
       R"({"name": "random", "dimension": 3, "transform": [{"rotate": 1}, {"noise": 0.1}, {"noise": {"sigma": 1, "seed": 4}}]})",
       R"({"name": "expression", "dimension": 3, "parameters": {"objective": "x[0]"}, "transform": [{"shift": 2}, {"noise": 1}]})"}) {
    CAPTURE(text);
    const auto problem = problem_of(session, text);
    const std::vector<double> points = some_numbers(500 * 3, -1, 1, 4);
    const std::vector<double> expected = values(*problem, points, options(9));
    for (const std::size_t threads : {1U, 2U, 4U}) {
      for (const std::size_t tile_rows : {0U, 1U, 3U, 64U}) {
        CHECK(same_bits(expected, values(*problem, points, options(9, threads, tile_rows))));
      }
    }
  }
}

TEST_CASE("noise is drawn for rows that are finished when a later one fails, and not twice") {
  RealVectorProblem description;
  description.name = "brittle";
  description.dimension = 2;
  int calls = 0;
  int failures = 0;
  description.thread_safe = false;
  description.point_function = [&](std::span<const double> x) {
    if (++calls % 7 == 0 && failures < 20) {
      ++failures;
      throw std::runtime_error("brittle");
    }
    return x[0];
  };
  static RealVectorProblem* made = nullptr;
  made = &description;
  ProblemSpec spec;
  spec.name = "brittle";
  spec.encoding = "real_vector";
  spec.create = [](const ProblemSpec&, std::span<const Value>, Diagnostics& diagnostics) {
    return make_problem(*made, diagnostics);
  };
  Session session = problem_session();
  session.registry().add(spec);
  const auto problem = problem_of(session, R"({"name": "brittle", "transform": [{"noise": 1}]})");
  const std::vector<double> points = some_numbers(100 * 2, -1, 1, 4);
  RunOptions retry = options(1);
  retry.on_error = ErrorPolicy::retry;
  retry.retries = 1000;
  const std::vector<double> found = values(*problem, points, retry);
  CHECK(failures > 0);
  failures = 20;
  CHECK(same_bits(found, values(*problem, points, retry)));
}

TEST_CASE("a penalty takes the place of the violation") {
  const Session session = problem_session();
  const auto plain = problem_of(session, R"("three_bar_truss")");
  const auto penalized =
      problem_of(session, R"({"name": "three_bar_truss", "transform": [{"penalty": {"factor": 1e3}}]})");
  const std::vector<double> points = some_numbers(100 * 2, 0, 1, 4);
  const std::vector<double> expected = fitness(*plain, points);
  const std::vector<double> found = fitness(*penalized, points);
  bool broken = false;
  bool kept = false;
  for (std::size_t i = 0; i < expected.size(); i += 2) {
    (expected[i] > 0 ? broken : kept) = true;
    CHECK(found[i] == 0);
    CHECK(found[i + 1] == expected[i + 1] + 1e3 * expected[i]);
  }
  CHECK(broken);
  CHECK(kept);
  CHECK(penalized->best_known == plain->best_known);
}

TEST_CASE("a penalty on what is maximized lowers the value") {
  const Session session = problem_session();
  const std::string parameters =
      R"("parameters": {"objective": "x[0]", "constraints": ["x[0] - 1"], "sense": "maximize", "lower": 0, "upper": 5})";
  const auto problem = problem_of(
      session, R"({"name": "expression", "dimension": 1, )" + parameters + R"(, "transform": [{"penalty": 10}]})");
  CHECK(problem_value(*problem, fitness(*problem, {1})[1]) == 1);
  CHECK(problem_value(*problem, fitness(*problem, {2})[1]) == 2 - 10);
}

TEST_CASE("transformed evaluators keep the contract and have the same bits on every target") {
  const Session session = problem_session();
  for (const char* transforms :
       {R"([{"shift": 1}])", R"([{"rotate": 2}])", R"([{"scale": 0.5}])", R"([{"noise": 0.5}])", R"([{"penalty": 2}])",
        R"([{"shift": 1}, {"rotate": 2}, {"scale": 3}, {"penalty": 5}, {"noise": {"sigma": 1, "seed": 2}}])"}) {
    for (const char* name : {"rastrigin", "random", "multinormal"}) {
      for (const std::size_t dimension : {1U, 7U, 100U}) {
        if (dimension > 12 && std::string_view(name) == "multinormal") continue;
        CAPTURE(name);
        CAPTURE(transforms);
        const auto problem =
            problem_of(session, R"({"name": ")" + std::string(name) + R"(", "dimension": )" +
                                    std::to_string(dimension) + R"(, "transform": )" + transforms + "}");
        ContractInput input;
        input.dimensions = {dimension};
        check_contract(*problem->evaluator, input);
        std::vector<double> points = some_numbers(13 * dimension, -5, 5, dimension);
        const std::vector<double> odd = numbers_of_every_kind(6 * dimension);
        points.insert(points.end(), odd.begin(), odd.end());
        std::vector<double> first;
        for_each_target([&](const std::string& target) {
          CAPTURE(target);
          const std::vector<double> found = values(*problem, points);
          if (first.empty()) first = found;
          CHECK(same_bits(found, first));
        });
      }
    }
  }
}

TEST_CASE("transforms are documented") {
  for (const TransformSpec& spec : transform_specs()) {
    CHECK_FALSE(spec.summary.empty());
    REQUIRE_FALSE(spec.parameters.empty());
    for (const ParameterSpec& parameter : spec.parameters) CHECK_FALSE(parameter.summary.empty());
  }
}
