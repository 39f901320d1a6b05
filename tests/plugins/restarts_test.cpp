// A particle swarm that starts anew with more particles.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <sstream>
#include <string>

#include "skein/thread_limit.hpp"
#include "tests/plugins/prepared_run.hpp"
#include "tests/support/allocation_count.hpp"

namespace {

using namespace skein;
using namespace skein::tests;

std::string document(
    const std::string& parameters, const std::string& stop, const std::string& slots = "",
    const std::string& problem = R"({"name": "rastrigin", "dimension": 5, "transform": [{"shift": 3}]})") {
  return R"({"format": "skein/1", "run": "restarts", "algorithm": {"name": "restarting_particle_swarm", "parameters": {)" +
         parameters + R"(}, "slots": {)" + slots + R"(}}, "problem": )" + problem + R"(, "stop": {)" + stop + "}}";
}

Result finished(const Job& job, std::uint64_t seed = 1, std::size_t threads = 1) {
  RunOptions options = job.options;
  options.seed = seed;
  options.threads = threads;
  Run run(job.plan, options);
  REQUIRE(run.advance() == RunState::finished);
  return make_result(job, run);
}

std::int64_t value_of(const Result& result, const std::string& name) {
  const auto found = std::ranges::find(result.values, name, &ResultValue::name);
  REQUIRE(found != result.values.end());
  return static_cast<std::int64_t>(found->value.number());
}

std::int64_t integer(const Run& run, const char* name) { return In<std::int64_t>(*run.variable(name)).value(); }

const char* const small = R"("swarm_size": 10, "stagnation": 20, "growth": 2, "largest_swarm": 50)";

}  // namespace

TEST_CASE("restarts: swarms grow by the factor up to the largest one, and the best is kept") {
  const Session session = full_session();
  const Job job = prepared(session, document(small, R"("iterations": 1000)"));
  Run run(job.plan, job.options);
  std::int64_t restarts = 0;
  std::int64_t particles = 10;
  double best = 1e300;
  double best_so_far = std::numeric_limits<double>::infinity();
  while (run.state() != RunState::finished) {
    run.advance(Advance::one_step);
    best = InFitness(*run.variable("best_fitness"))[0].objective();
    CHECK(best <= best_so_far);
    best_so_far = best;
    if (integer(run, "restarts") == restarts) continue;
    ++restarts;
    particles = std::min<std::int64_t>(2 * particles, 50);
    CHECK(integer(run, "particles") == particles);
  }
  CHECK(restarts > 3);
  CHECK(run.variable("swarm.position")->rows == 50);
  const Result result = make_result(job, run);
  CHECK(value_of(result, "restarts") == restarts);
  CHECK(value_of(result, "particles") == 50);
  CHECK(result.iterations == 1000);
  CHECK(result.stop_reason == StopReason::iterations);
  CHECK(result.best_quality.value() == best);
}

TEST_CASE("restarts: what an attempt has learnt is forgotten") {
  const Session session = full_session();
  const Job job = prepared(session, document(R"("swarm_size": 10, "stagnation": 5)", R"("iterations": 5000)"));
  Run run(job.plan, job.options);
  const auto pass_attempt = [&run](std::int64_t restarts) {
    while (integer(run, "restarts") == restarts && run.state() == RunState::ready) run.advance(Advance::one_step);
    REQUIRE(integer(run, "restarts") == restarts + 1);
  };
  pass_attempt(0);
  const double first = InFitness(*run.variable("attempt[0]/attempt_best_fitness"))[0].objective();
  CHECK(first == InFitness(*run.variable("best_fitness"))[0].objective());
  const std::int64_t iterations = integer(run, "iterations");
  CHECK(integer(run, "attempt[0]/attempt_iterations") == iterations);
  CHECK(run.evaluations() == static_cast<std::uint64_t>(10 * (iterations + 1)));
  pass_attempt(1);
  CHECK(integer(run, "attempt[0]/attempt_iterations") == integer(run, "iterations") - iterations);
  CHECK(InFitness(*run.variable("attempt[0]/attempt_best_fitness"))[0].objective() != first);
}

TEST_CASE("restarts: a limit of evaluations is never exceeded") {
  const Session session = full_session();
  for (const int limit : {10, 19, 500, 1000, 3000, 7777}) {
    CAPTURE(limit);
    const Result result = finished(prepared(session, document(small, R"("evaluations": )" + std::to_string(limit))));
    CHECK(result.evaluations <= static_cast<std::uint64_t>(limit));
    CHECK(result.evaluations + 50 > static_cast<std::uint64_t>(limit));
    CHECK(result.stop_reason == StopReason::evaluations);
  }
}

TEST_CASE("restarts: a target ends the run in the iteration that reaches it") {
  const Session session = full_session();
  const Result result = finished(prepared(session, document(small, R"("iterations": 5000, "target": 1e-2)", "",
                                                            R"({"name": "rastrigin", "dimension": 3})")));
  CHECK(result.stop_reason == StopReason::target);
  CHECK(result.best_quality.value() <= 1e-2);
  CHECK(result.evaluations - result.evaluations_to_target.value() < 50);
}

TEST_CASE("restarts: a swarm can be given up for its diameter, and with growth 1 it keeps its size") {
  const Session session = full_session();
  const std::string diameter =
      R"("restart_criterion": {"operator": "stop_at_limits", "parameters": {"diameter": 1e-3},
          "in": {"lower": "lower", "upper": "upper"}})";
  const Result result =
      finished(prepared(session, document(R"("swarm_size": 12, "growth": 1)", R"("iterations": 1500)", diameter)));
  CHECK(value_of(result, "restarts") > 0);
  CHECK(value_of(result, "particles") == 12);
  CHECK(result.evaluations == static_cast<std::uint64_t>(12 * (1500 + value_of(result, "restarts") + 1)));
}

TEST_CASE("restarts: the same bits for any number of threads, and continued from a checkpoint") {
  const ThreadLimit allowed(8);
  const Session session = full_session();
  const Job job =
      prepared(session, document(small, R"("iterations": 700)",
                                 R"("topology_initializer": "spso_random", "topology_updater": "adaptive_random")"));
  const Result expected = finished(job);
  for (const std::size_t threads : {2U, 8U}) CHECK(finished(job, 1, threads).best_solution == expected.best_solution);
  for (const int pause : {1, 5, 17}) {
    Run run(job.plan, job.options);
    for (int step = 0; step < pause; ++step) run.advance(Advance::one_step);
    std::stringstream checkpoint;
    run.checkpoint(checkpoint);
    Run resumed(job.plan, job.options);
    Diagnostics diagnostics;
    REQUIRE_MESSAGE(resumed.restore(checkpoint, diagnostics), all_text(diagnostics));
    REQUIRE(resumed.advance() == RunState::finished);
    const Result result = make_result(job, resumed);
    CHECK(result.best_solution == expected.best_solution);
    CHECK(result.evaluations == expected.evaluations);
    CHECK(value_of(result, "restarts") == value_of(expected, "restarts"));
  }
}

TEST_CASE("restarts: attempts draw different numbers") {
  const Session session = full_session();
  const Job job =
      prepared(session, document(R"("swarm_size": 10, "growth": 1, "stagnation": 5)", R"("iterations": 300)"));
  Run run(job.plan, job.options);
  std::vector<double> bests;
  std::int64_t restarts = 0;
  while (run.state() != RunState::finished) {
    run.advance(Advance::one_step);
    if (integer(run, "restarts") == restarts) continue;
    restarts = integer(run, "restarts");
    bests.push_back(InFitness(*run.variable("attempt[0]/attempt_best_fitness"))[0].objective());
  }
  REQUIRE(bests.size() > 3);
  std::ranges::sort(bests);
  CHECK(std::ranges::adjacent_find(bests) == bests.end());
}

TEST_CASE("restarts: bits restart as well") {
  const Session session = full_session();
  const Result result =
      finished(prepared(session, document(R"("swarm_size": 10, "stagnation": 5, "velocity_limit": 4)",
                                          R"("iterations": 200)", "", R"({"name": "one_max", "dimension": 30})")));
  CHECK(value_of(result, "restarts") > 0);
  CHECK(result.best_quality.value() >= 20);
}
