// The shipped algorithm as a whole: same bits for any threads and tiles, counts, nothing allocated, and no encoding.
#include <doctest/doctest.h>

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

std::string swarm_document(const std::string& algorithm_rest, const std::string& problem, int iterations) {
  return R"({"format": "skein/1", "run": "test", "algorithm": {"name": "particle_swarm")" + algorithm_rest +
         R"(}, "problem": )" + problem + R"(, "stop": {"iterations": )" + std::to_string(iterations) + "}}";
}

/// All bits of the result that a run is answerable for.
std::vector<std::uint64_t> result_bits(const Result& result) {
  std::vector<std::uint64_t> bits = {result.evaluations, static_cast<std::uint64_t>(result.iterations),
                                     std::bit_cast<std::uint64_t>(result.best_quality.value_or(-1.0))};
  if (result.best_solution.is_list()) {
    for (const Value& value : result.best_solution.list()) bits.push_back(std::bit_cast<std::uint64_t>(value.number()));
  }
  return bits;
}

Result run_with(const Job& job, std::size_t threads, std::size_t tile_rows) {
  RunOptions options = job.options;
  options.threads = threads;
  options.tile_rows = tile_rows;
  Run run(job.plan, options);
  REQUIRE(run.advance() == RunState::finished);
  return make_result(job, run);
}

TEST_CASE("particle_swarm: same bits for any number of threads and rows per tile") {
  const ThreadLimit eight_threads(8);
  const Session session = full_session();
  for (const char* topology :
       {"", R"(, "slots": {"topology_initializer": {"operator": "ring", "parameters": {"radius": 2}}})"}) {
    for (const char* problem :
         {R"({"name": "rastrigin", "dimension": 7})", R"({"name": "griewank", "dimension": 40})"}) {
      const Job job = prepared(
          session, swarm_document(std::string(R"(, "parameters": {"swarm_size": 150})") + topology, problem, 30));
      const auto expected = result_bits(run_with(job, 1, 0));
      for (const std::size_t threads : {1U, 2U, 8U}) {
        for (const std::size_t tile_rows : {0U, 1U, 3U, 1000U}) {
          CAPTURE(threads);
          CAPTURE(tile_rows);
          CHECK(result_bits(run_with(job, threads, tile_rows)) == expected);
        }
      }
    }
  }
}

TEST_CASE("particle_swarm: fully connected and an empty topology slot give the same bits, a ring gives others") {
  const Session session = full_session();
  const std::string problem = R"({"name": "rosenbrock", "dimension": 12})";
  const auto bits_with = [&](const std::string& slots) {
    return result_bits(run_with(prepared(session, swarm_document(slots, problem, 50)), 1, 0));
  };
  const auto empty = bits_with(R"(, "slots": {"topology_initializer": null})");
  CHECK(bits_with(R"(, "slots": {"topology_initializer": "fully_connected"})") == empty);
  CHECK(bits_with(R"(, "slots": {"topology_initializer": "ring"})") != empty);
}

TEST_CASE("particle_swarm: evaluations = swarm x (iterations + 1), also for swarms of 1 and 2 and one dimension") {
  const Session session = full_session();
  for (const int swarm : {1, 2, 40}) {
    for (const int iterations : {0, 1, 17}) {
      const Job job =
          prepared(session, swarm_document(R"(, "parameters": {"swarm_size": )" + std::to_string(swarm) + "}",
                                           R"({"name": "sphere", "dimension": 1})", iterations));
      const Result result = run_with(job, 1, 0);
      CHECK(result.iterations == iterations);
      CHECK(result.evaluations == static_cast<std::uint64_t>(swarm) * static_cast<std::uint64_t>(iterations + 1));
      CHECK(result.stop_reason == StopReason::iterations);
    }
  }
}

TEST_CASE("particle_swarm: a limit on evaluations stops before an iteration that would exceed it") {
  const Session session = full_session();
  const Job job = prepared(session, R"({"format": "skein/1", "run": "limit", "algorithm": {"name": "particle_swarm",
      "parameters": {"swarm_size": 30}}, "problem": {"name": "ackley", "dimension": 4}, "stop": {"evaluations": 1000}})");
  const Result result = run_with(job, 1, 0);
  CHECK(result.evaluations == 990);
  CHECK(result.stop_reason == StopReason::evaluations);
}

TEST_CASE("particle_swarm: maximises when the problem is negated") {
  const Session session = full_session();
  const Job job = prepared(
      session, swarm_document("", R"({"name": "sphere", "dimension": 5, "parameters": {"negate": true}})", 500));
  const Result result = run_with(job, 1, 0);
  CHECK(result.sense == "maximize");
  CHECK(result.best_quality.value() <= 0.0);
  CHECK(result.best_quality.value() > -1e-12);
}

TEST_CASE("particle_swarm: a target in the problem's own sense ends the run") {
  const Session session = full_session();
  const Job job = prepared(session, R"({"format": "skein/1", "run": "target", "algorithm": "particle_swarm",
      "problem": {"name": "sphere", "dimension": 5, "parameters": {"negate": true}},
      "stop": {"target": -1e-3, "iterations": 5000}})");
  const Result result = run_with(job, 1, 0);
  CHECK(result.stop_reason == StopReason::target);
  CHECK(result.best_quality.value() >= -1e-3);
  REQUIRE(result.evaluations_to_target.has_value());
  CHECK(*result.evaluations_to_target <= result.evaluations);
  CHECK(*result.evaluations_to_target + 40 > result.evaluations);
}

TEST_CASE("particle_swarm: nothing is allocated per iteration") {
  if (!counts_allocations()) return;
  const Session session = full_session();
  for (const std::size_t threads : {1U, 2U}) {
    const auto allocations_of = [&](int iterations) {
      const Job job = prepared(session, swarm_document(R"(, "parameters": {"swarm_size": 200})",
                                                       R"({"name": "rastrigin", "dimension": 30})", iterations));
      RunOptions options = job.options;
      options.threads = threads;
      options.tile_rows = 64;
      Run run(job.plan, options);
      for (int step = 0; step < 40; ++step) run.advance(Advance::one_step);
      const AllocationCount count;
      run.advance();
      return count.allocations();
    };
    allocations_of(20);
    CHECK(allocations_of(400) == 0);
  }
}

TEST_CASE("particle_swarm: the plugin needs no encoding to be loaded, and says what is missing") {
  Session session;
  Diagnostics diagnostics;
  PluginSources sources = builtin_plugins();
  std::erase_if(sources.builtin, [](const BuiltinPlugin& plugin) {
    const std::string name = plugin.descriptor->name;
    return name != "operators" && name != "particle_swarm";
  });
  session.load_plugins(sources, diagnostics);
  CHECK(diagnostics.empty());
  CHECK(session.registry().find_graph("particle_swarm") != nullptr);
  const auto document = session.read_run(swarm_document("", R"("sphere")", 10), "test.json", diagnostics);
  REQUIRE(document.has_value());
  CHECK_FALSE(session.prepare(*document, diagnostics).has_value());
  REQUIRE(diagnostics.items().size() == 1);
  CHECK(diagnostics.items()[0].code == "unknown-problem");
}

}  // namespace
