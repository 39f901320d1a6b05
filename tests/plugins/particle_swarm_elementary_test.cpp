// The update of elementary operators and the operator `inertia_weight`: the same numbers, to the last bit.
#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string>
#include <vector>

#include "skein/thread_limit.hpp"
#include "tests/plugins/prepared_run.hpp"
#include "tests/support/allocation_count.hpp"

namespace {

using namespace skein;
using namespace skein::tests;

constexpr int iterations = 50;

std::string run_text(const std::string& algorithm, const std::string& function, std::size_t dimension) {
  return R"({"format": "skein/1", "run": "test", "algorithm": )" + algorithm + R"(, "problem": {"name": ")" + function +
         R"(", "dimension": )" + std::to_string(dimension) + R"(}, "stop": {"iterations": )" +
         std::to_string(iterations) + "}}";
}

constexpr const char* elementary = R"({"name": "particle_swarm_elementary", "parameters": {"swarm_size": 150},
    "slots": {"bounds_handling": {"graph": "clamp_and_stop_elementary"}}})";

/// Draws the numbers that `elementary` draws.
constexpr const char* fused = R"({"name": "particle_swarm", "parameters": {"swarm_size": 150}, "slots": {
    "particle_creator": {"operator": "uniform_creator", "streams": "particle swarm/create"},
    "bounds_handling": "clamp_and_stop",
    "particle_updater": {"operator": "inertia_weight", "streams": {
      "cognitive": "particle swarm/main loop/move/c1 r1", "social": "particle swarm/main loop/move/c2 r2"}}}})";

/// Positions and velocities of all particles after the start and after each iteration, one after another.
struct Trajectory {
  std::vector<std::uint64_t> bits;
  std::size_t stopped = 0;  ///< components of velocities that are 0 after an iteration
};

Trajectory trajectory(const Job& job, const std::string& swarm, std::size_t threads) {
  RunOptions options = job.options;
  options.threads = threads;
  options.tile_rows = threads == 1 ? 0 : 3;
  Run run(job.plan, options);
  Trajectory result;
  const auto append = [&](const char* column) {
    const In<double> view(run.variable(swarm + column).value());
    for (std::size_t row = 0; row < view.rows(); ++row) {
      for (std::size_t i = 0; i < view.width(); ++i) {
        result.bits.push_back(std::bit_cast<std::uint64_t>(view(row, i)));
        if (view(row, i) == 0.0) ++result.stopped;
      }
    }
  };
  std::int64_t last = -1;
  while (run.state() != RunState::finished) {
    run.advance(Advance::one_step);
    const std::int64_t now = In<std::int64_t>(run.variable("iterations").value()).value();
    if (now == last) continue;
    last = now;
    if (now == 0) continue;  // nothing has moved yet
    append(".position");
    append(".velocity");
  }
  CHECK(last == iterations);
  return result;
}

TEST_CASE("particle_swarm_elementary moves as particle_swarm does, to the last bit, for 1 and 2 threads") {
  const ThreadLimit two_threads(2);
  const Session session = full_session();
  for (const char* function : {"rosenbrock", "rastrigin", "ackley"}) {
    for (const std::size_t dimension : {std::size_t{1}, std::size_t{10}, std::size_t{40}}) {
      if (dimension == 1 && std::string(function) == "rosenbrock") continue;
      CAPTURE(function);
      CAPTURE(dimension);
      const Job job = prepared(session, run_text(elementary, function, dimension));
      const Job fused_job = prepared(session, run_text(fused, function, dimension));
      const Trajectory expected = trajectory(fused_job, "swarm", 1);
      CHECK(expected.bits.size() == 2 * 150 * dimension * iterations);
      CHECK(expected.stopped > 0);  // some particles have met a bound
      for (const std::size_t threads : {std::size_t{1}, std::size_t{2}}) {
        CAPTURE(threads);
        CHECK(trajectory(job, "particle swarm/swarm", threads).bits == expected.bits);
      }
    }
  }
}

TEST_CASE("inertia_weight_elementary fills the slot of particle_swarm, in any topology") {
  const Session session = full_session();
  const auto best = [&](const std::string& updater) {
    const std::string algorithm = R"({"name": "particle_swarm", "parameters": {"swarm_size": 20, "inertia": 0.6,
        "personal_best_attraction": 1.2}, "slots": {"topology_initializer": "ring", "particle_updater": )" +
                                  updater + "}}";
    const Job job = prepared(session, run_text(algorithm, "rosenbrock", 5));
    Run run(job.plan, job.options);
    REQUIRE(run.advance() == RunState::finished);
    return make_result(job, run).best_quality.value();
  };
  const double expected = best(R"({"operator": "inertia_weight",
      "streams": {"cognitive": "main loop/move/c1 r1", "social": "main loop/move/c2 r2"}})");
  CHECK(best(R"({"graph": "inertia_weight_elementary"})") == expected);
}

TEST_CASE("particle_swarm_elementary allocates nothing per iteration") {
  if (!counts_allocations()) return;
  const Session session = full_session();
  const Job job = prepared(session, run_text(elementary, "rastrigin", 30));
  for (const std::size_t threads : {1U, 2U}) {
    const auto allocations = [&] {
      RunOptions options = job.options;
      options.threads = threads;
      options.tile_rows = 64;
      Run run(job.plan, options);
      for (int step = 0; step < 60; ++step) run.advance(Advance::one_step);
      const AllocationCount count;
      run.advance();
      return count.allocations();
    };
    allocations();
    CHECK(allocations() == 0);
  }
}

}  // namespace
