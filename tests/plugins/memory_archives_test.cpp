// A swarm for several objectives within bounds of memory: what its archive gives up.
#include <doctest/doctest.h>

#include <cstdint>
#include <sstream>
#include <string>

#include "skein/memory_tracker.hpp"
#include "skein/thread_limit.hpp"
#include "tests/plugins/memory_session.hpp"
#include "tests/support/allocation_count.hpp"
#include "tests/support/sanitizer.hpp"

using namespace skein;
using namespace skein::tests;

namespace {

std::string several(const std::string& slots, const std::string& memory, const std::string& stop,
                    const std::string& parameters = R"("swarm_size": 50)") {
  return R"({"format": "skein/1", "algorithm": {"name": "memory_efficient_multi_objective_particle_swarm",
      "parameters": {)" +
         parameters + R"(}, "slots": {)" + slots + R"(}}, "problem": {"name": "zdt1", "dimension": 10}, "stop": {)" +
         stop + R"(}, "memory": {)" + memory + "}}";
}

}  // namespace

TEST_CASE("memory: with enough of it a swarm for several objectives finds what it finds without checks") {
  const Session session = memory_session();
  const Result watched = finished(prepared(session, several("", R"("limit_mb": 100000)", R"("iterations": 200)")));
  const Result plain = finished(prepared(session, R"({"format": "skein/1",
      "algorithm": {"name": "multi_objective_particle_swarm", "parameters": {"swarm_size": 50}},
      "problem": {"name": "zdt1", "dimension": 10}, "stop": {"iterations": 200}})"));
  CHECK(watched.front.value().hypervolume.value() == plain.front.value().hypervolume.value());
  CHECK(watched.front.value().points.size() == plain.front.value().points.size());
  CHECK(alerts(watched).empty());
  CHECK(watched.memory.find("controller_refs_count")->number() == 0);
  CHECK(history(watched, "position_history").columns.size() == 12);
}

TEST_CASE("memory: when it is short, archives are pruned and clustered after histories were thinned") {
  const Session session = memory_session();
  const std::string slots = scripted("50, 60, 60, 60, 60, 60, 60, 60, 60, 60, 121, 60");
  const Result result =
      finished(prepared(session, several(slots, R"("limit_mb": 150, "leak_step_mb": 1000, "max_cost_history": 1000)",
                                         R"("iterations": 101)")));
  CHECK(actions(result) == "thin_histories@100, reduce_archive@100, release_memory@100");
  const Value& action = result.memory.find("actions")->list()[1];
  // Half of the room for 100 entries: 3 numbers of fitness and 10 of the solution each, at least.
  CHECK(action.find("freed_bytes")->number() > 50 * 13 * 8);
  CHECK(result.front.value().points.size() <= 50);
  CHECK(result.front.value().points.size() >= 40);

  // Again and again: never below what is needed, and the front stays one.
  const std::string shorter = scripted("50, 60, 60, 135, 135, 135, 135, 135, 135, 135, 135, 135");
  const Result often =
      finished(prepared(session, several(shorter, R"("limit_mb": 150, "leak_step_mb": 1000, "cleanup_frequency": 1)",
                                         R"("iterations": 200)")));
  CHECK(often.front.value().points.size() == 10);
  CHECK(often.memory.find("degraded")->find("reduce_archive")->find("count")->number() == 4);  // 50, 25, 12, 10
  CHECK(often.front.value().hypervolume.value() > 0.5);
  double before = -1;
  for (const FrontPoint& point : often.front.value().points) {
    CHECK(point.objectives[0] > before);
    before = point.objectives[0];
  }
}

TEST_CASE(
    "memory: a swarm for several objectives that degrades has the same bits for any threads, and after a checkpoint") {
  const ThreadLimit eight_threads(8);
  const Session session = memory_session();
  std::string text =
      several(std::string(counted_source) + R"(, "analyzer": {"solution": "best_solution"})",
              R"("limit_mb": 0.32, "max_metrics_history": 512)", R"("iterations": 60)", R"("swarm_size": 60)");
  text.replace(text.find("\"dimension\": 10"), 15, "\"dimension\": 60");
  const Job job = prepared(session, text);
  CHECK(job.reproducibility.tier == Reproducibility::every_machine);
  const Result first = finished(job);
  const std::string done = actions(first);
  CAPTURE(done);
  CHECK(done.find("reduce_archive@") != std::string::npos);
  CHECK(done.find("reduce_swarm@") != std::string::npos);
  const std::string expected = repeatable(first);
  for (const std::size_t threads : {2U, 8U}) CHECK(repeatable(finished(job, threads)) == expected);
  for (const int steps : {70, 300, 700}) {
    Run run(job.plan, job.options);
    for (int i = 0; i < steps; ++i) run.advance(Advance::one_step);
    std::stringstream stream;
    run.checkpoint(stream);
    Run second(job.plan, job.options);
    Diagnostics diagnostics;
    REQUIRE(second.restore(stream, diagnostics));
    second.advance();
    CHECK(repeatable(make_result(job, second)) == expected);
    CHECK(actions(make_result(job, second)) == done);
  }
}

TEST_CASE("memory: a long run with full histories and a full archive does not grow") {
  const Session session = memory_session();
  const std::string slots = R"("analyzer": {"quality": "best_average_worst_quality", "volume": "hypervolume"})";
  const Job job =
      prepared(session, several(slots, R"("limit_mb": 100000, "max_cost_history": 10)", R"("iterations": 5000)"));
  // One thread: when workers begin, and take memory, is up to the machine.
  RunOptions options = job.options;
  options.threads = 1;
  Run run(job.plan, options);
  REQUIRE(run.advance_iterations(1000) == RunState::ready);
  const Result early = make_result(job, run);
  CHECK(early.front.value().points.size() == 100);
  CHECK(history(early, "position_history").stride > 1);
  const std::int64_t size = read_process_memory().resident;
  const AllocationCount count;
  REQUIRE(run.advance() == RunState::finished);
  if (counts_allocations()) CHECK(count.allocations() == 0);
  if (!is_sanitized) CHECK(static_cast<double>(read_process_memory().resident - size) < mebibyte);
  const Result late = make_result(job, run);
  CHECK(late.front.value().points.size() == 100);
  CHECK(late.memory.find("counted_mb")->number() == early.memory.find("counted_mb")->number());
  CHECK(alerts(late).empty());
}
