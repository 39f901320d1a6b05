// The shipped algorithm on controllers of a pendulum: what it finds, and the same bits for any threads and tiles.
#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string>
#include <vector>

#include "skein/thread_limit.hpp"
#include "tests/plugins/prepared_run.hpp"

namespace {

using namespace skein;
using namespace skein::tests;

/// The shipped example, with other parameters of the problem.
std::string document(const std::string& parameters, int iterations) {
  return R"({"format": "skein/1", "algorithm": {"name": "particle_swarm", "parameters": {"inertia": 0.721,
      "personal_best_attraction": 1.193, "neighbor_best_attraction": 1.193},
      "slots": {"topology_initializer": "fully_connected"}},
      "problem": {"name": "controller_tuning", "parameters": {)" +
         parameters + R"(}}, "stop": {"iterations": )" + std::to_string(iterations) + "}}";
}

Result run_with(const Job& job, std::uint64_t seed, std::size_t threads = 1, std::size_t tile_rows = 0) {
  RunOptions options = job.options;
  options.seed = seed;
  options.threads = threads;
  options.tile_rows = tile_rows;
  Run run(job.plan, options);
  REQUIRE(run.advance() == RunState::finished);
  return make_result(job, run);
}

}  // namespace

TEST_CASE("the swarm tunes a controller as well as it is known to") {
  const Session session = full_session();
  const Job eight = prepared(session, document("", 200));
  const Result best = run_with(eight, 1);
  CHECK(best.best_violation == 0);
  CHECK(*best.best_quality < 0.1205);
  CHECK(best.evaluations == 40 * 201);
  CHECK(*run_with(prepared(session, document(R"("cart_terms": false)", 200)), 1).best_quality < 0.30);
}

TEST_CASE("tunings have the same bits for any threads and tiles") {
  const ThreadLimit eight_threads(8);
  const Session session = full_session();
  for (const char* controller : {"sliding_mode", "super_twisting", "adaptive", "hybrid"}) {
    CAPTURE(std::string(controller));
    const std::string parameters = R"("horizon": 2, "plants": 2, "controller": ")" + std::string(controller) + R"(")";
    const Job job = prepared(session, document(parameters, 10));
    CHECK(job.reproducibility.tier == Reproducibility::every_machine);
    const double expected = *run_with(job, 7).best_quality;
    for (const std::size_t threads : {1U, 2U, 8U}) {
      for (const std::size_t tile_rows : {0U, 1U, 5U}) {
        const double found = *run_with(job, 7, threads, tile_rows).best_quality;
        CHECK(std::bit_cast<std::uint64_t>(found) == std::bit_cast<std::uint64_t>(expected));
      }
    }
  }
}

TEST_CASE("the front of error and effort holds what a swarm finds for their sum") {
  const Session session = full_session();
  const std::string text = R"({"format": "skein/1", "algorithm": "multi_objective_particle_swarm", "problem":
      {"name": "controller_tuning", "parameters": {"objectives": ["state_error", "control_effort"]}},
      "stop": {"evaluations": 20000}})";
  const Result result = run_with(prepared(session, text), 1);
  REQUIRE(result.front.has_value());
  CHECK(result.front->objectives == std::vector<std::string>{"state_error", "control_effort"});
  CHECK(result.front->violation == 0);
  CHECK(result.front->reference_point == std::vector<double>{200, 200});
  CHECK(result.front->hypervolume.value() < 200 * 200);
  CHECK(result.front->points.size() == 100);

  double least = 1e300;
  double last_error = -1, last_effort = 1e300;
  for (const FrontPoint& point : result.front->points) {
    CHECK(point.objectives[0] > last_error);
    CHECK(point.objectives[1] < last_effort);
    last_error = point.objectives[0];
    last_effort = point.objectives[1];
    least = std::min(least, last_error + last_effort);
  }
  const Job sum = prepared(session, document(R"("rate_weight": 0, "sliding_weight": 0)", 200));
  double best = 1e300;
  for (const std::uint64_t seed : {1U, 2U, 3U}) best = std::min(best, *run_with(sum, seed).best_quality);
  CHECK(least > 0.999 * best);
  CHECK(least < 1.05 * best);
}
