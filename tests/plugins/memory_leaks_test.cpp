// Leaks that are found, and growth that is none.
#include <doctest/doctest.h>

#include <string>

#include "tests/plugins/memory_session.hpp"
#include "tests/support/allocation_count.hpp"
#include "tests/support/sanitizer.hpp"

using namespace skein;
using namespace skein::tests;

TEST_CASE("memory: leaks on purpose are found within 200 iterations, counted or not") {
  const Session session = memory_session();
  for (const bool counted : {true, false}) {
    CAPTURE(counted);
    const std::string slots = std::string(R"("analyzer": {"leak": {"operator": "leak", "parameters": {"bytes": )") +
                              (counted ? R"(8192, "counted": true)" : R"(262144, "counted": false)") + "}}}" +
                              (counted ? std::string(", ") + counted_source : "");
    const Result result = finished(prepared(session, document(slots, R"("limit_mb": 4000)")));
    Leak::lost.clear();
    CHECK(alerts(result).starts_with("leak@"));
    CHECK(alerts(result).find("leak@", 1) == std::string::npos);  // it goes on: one alert
    CHECK(actions(result).find("thin_histories@") != std::string::npos);
    CHECK_FALSE(result.memory.find("last_cleanup_iteration")->is_null());
    const Result told = finished(prepared(session, document(slots, R"("limit_mb": 4000,
        "enable_automatic_cleanup": false, "emergency_recovery_enabled": false, "force_gc_frequency": 1000)")));
    Leak::lost.clear();
    CHECK(alerts(told).starts_with("leak@"));
    CHECK(actions(told).empty());
    CHECK(told.memory.find("last_cleanup_iteration")->is_null());
  }
  const std::string slots =
      R"("analyzer": {"leak": {"operator": "leak", "parameters": {"bytes": 512}}}, )" + std::string(counted_source);
  CHECK(alerts(finished(prepared(session, document(slots, R"("limit_mb": 4000)")))).empty());
  const Result strict = finished(prepared(session, document(slots, R"("limit_mb": 4000, "leak_slope_kb": 0.25)")));
  CHECK(alerts(strict).starts_with("leak@"));
  const std::string steps = scripted("50, 51, 52, 53, 63, 63, 63");
  CHECK(alerts(finished(prepared(session, document(steps, R"("limit_mb": 4000, "leak_step_mb": 9)")))) == "step@40");
}

TEST_CASE("memory: a large history that fills for the first time is no leak, and hides none") {
  const Session session = memory_session();
  const auto filling = [&](const std::string& analyzer) {
    std::string text =
        document(analyzer, R"("limit_mb": 100000, "max_position_history": 20000)", R"("iterations": 1500)", "6");
    text.replace(text.find("\"dimension\": 6"), 14, "\"dimension\": 1000");
    return finished(prepared(session, text));
  };
  const Result filled = filling("");
  CHECK(alerts(filled).empty());
  // The process has grown by what the history holds.
  CHECK(history(filled, "position_history").rows.size() == 1501);
  CHECK(filled.memory.find("growth_mb")->number() > 2);
  const Result leaking =
      filling(R"("analyzer": {"leak": {"operator": "leak", "parameters": {"bytes": 65536, "counted": false}}})");
  Leak::lost.clear();
  CHECK(alerts(leaking).starts_with("leak@"));
}

TEST_CASE("memory: 10000 iterations leak nothing") {
  const Session session = memory_session();
  const std::string slots = R"("analyzer": {"quality": "best_average_worst_quality", "solution": "best_solution",
      "diversity": "swarm_diversity", "values": "schedule_values"}, "topology_updater": "adaptive_random",
      "topology_initializer": "spso_random")";
  const Result result =
      finished(prepared(session, document(slots, R"("limit_mb": 4000)", R"("iterations": 10000)", "8")));
  CHECK(alerts(result).empty());
  if (!is_sanitized) CHECK(result.memory.find("growth_mb")->number() < 1);
}

TEST_CASE("memory: checks, tracking and histories allocate nothing") {
  const Session session = memory_session();
  const std::string slots = R"("analyzer": {"quality": "best_average_worst_quality"})";
  const Job job = prepared(session, document(slots, R"("limit_mb": 4000)", R"("iterations": 2000)"));
  RunOptions options = job.options;
  options.threads = 1;
  Run run(job.plan, options);
  for (int step = 0; step < 300; ++step) run.advance(Advance::one_step);
  const AllocationCount count;
  run.advance();
  if (counts_allocations()) CHECK(count.allocations() == 0);
  CHECK(make_result(job, run).memory.find("total_samples")->number() == 201);
}
