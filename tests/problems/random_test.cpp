#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <set>

#include "core/src/contract/numbers.hpp"
#include "skein/encodings/real_vector.hpp"
#include "skein/operators.hpp"
#include "skein/run.hpp"
#include "skein/session.hpp"
#include "tests/problems/catalogue.hpp"

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

/// The objectives of every iteration of a random search on the problem `random`, one after the other.
std::vector<double> iterations(const RunOptions& options) {
  Session session;
  register_operators(session.registry());
  register_real_vector(session.registry());
  register_test_functions(session.registry());
  const std::vector<std::string> assignments = {"problem.name=random", "problem.dimension=3", "stop.iterations=5"};
  Diagnostics diagnostics;
  const auto document =
      session.load_run(SKEIN_SOURCE_DIR "/apps/examples/random_search_run.json", assignments, diagnostics);
  const auto job = document ? session.prepare(*document, diagnostics) : std::nullopt;
  REQUIRE(job.has_value());

  Run run(job->plan, options);
  std::vector<double> found;
  std::uint64_t evaluations = 0;
  RunState state = RunState::ready;
  while (state == RunState::ready) {
    state = run.advance(Advance::one_step);
    if (run.evaluations() == evaluations) continue;
    evaluations = run.evaluations();
    const InFitness fitness(run.variable("swarm.fitness").value());
    for (std::size_t row = 0; row < 50; ++row) found.push_back(fitness[row].objective());
  }
  CHECK(state == RunState::finished);
  return found;
}

}  // namespace

TEST_CASE("random values lie between 0 and 1 and do not depend on the point") {
  const Registry registry = catalogue();
  const auto problem = make(registry, "random", 2);
  const std::vector<double> found = values(*problem, Point(4000, 1));
  CHECK(std::ranges::all_of(found, [](double value) { return value >= 0 && value < 1; }));
  double sum = 0;
  for (const double value : found) sum += value;
  CHECK(sum / 2000 == doctest::Approx(0.5).epsilon(0.05));
  CHECK(std::set<double>(found.begin(), found.end()).size() == found.size());
  CHECK(same_bits(found, values(*problem, some_numbers(4000, -100, 100, 1))));
  CHECK(same_bits(found, values(*problem, Point(4000, std::numeric_limits<double>::quiet_NaN()))));
  CHECK(same_bits(found, values(*problem, Point(4000, std::numeric_limits<double>::infinity()))));
}

TEST_CASE("no value of random is below the best known one, and no point is the best") {
  const Registry registry = catalogue();
  const auto problem = make(registry, "random", 5);
  CHECK(problem->best_known == 0);
  CHECK(problem->best_known_solution.empty());
  CHECK(problem->published[0].data == Point(5, -100));
  CHECK(problem->published[1].data == Point(5, 100));
  CHECK_FALSE(problem->evaluator->streams.empty());
}

TEST_CASE("random repeats for the same seed, whatever the threads and tiles") {
  const Registry registry = catalogue();
  const Point points(300 * 3, 0.5);
  const auto problem = make(registry, "random", 3);
  const std::vector<double> expected = values(*problem, points, options(9));
  for (const std::size_t threads : {1U, 2U, 4U}) {
    for (const std::size_t tile_rows : {0U, 1U, 3U, 64U}) {
      CHECK(same_bits(expected, values(*problem, points, options(9, threads, tile_rows))));
    }
  }
  CHECK_FALSE(same_bits(expected, values(*problem, points, options(10))));
}

TEST_CASE("random is drawn anew in every iteration") {
  const std::vector<double> found = iterations(options(1));
  CHECK(found.size() == 6 * 50);
  CHECK(std::set<double>(found.begin(), found.end()).size() == found.size());
  CHECK(same_bits(found, iterations(options(1, 2, 1))));
  CHECK_FALSE(same_bits(found, iterations(options(2))));
}

TEST_CASE("a negated random problem has negated values") {
  const Registry registry = catalogue();
  const Point points(20, 0.0);
  const auto negated = make(registry, "random", 2, {{"negate", true}});
  CHECK(negated->objectives.front().sense == Sense::maximize);
  CHECK(same_bits(values(*make(registry, "random", 2), points), values(*negated, points)));
}
