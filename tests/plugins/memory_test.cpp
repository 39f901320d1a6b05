// A swarm within bounds of memory: what it gives up, in which order, and what that changes.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <sstream>
#include <string>
#include <vector>

#include "skein/history.hpp"
#include "skein/memory_tracker.hpp"
#include "skein/thread_limit.hpp"
#include "tests/plugins/memory_session.hpp"
#include "tests/support/sanitizer.hpp"

using namespace skein;
using namespace skein::tests;

TEST_CASE("memory: with enough of it nothing is degraded, and the convergence curve is exact") {
  const Session session = memory_session();
  const Job job = prepared(session, document(counted_source, R"("max_cost_history": 100000, "limit_mb": 100)"));
  Run run(job.plan, job.options);
  std::vector<double> best;
  while (run.advance(Advance::one_step) != RunState::finished) {
    const auto iteration = static_cast<std::size_t>(In<std::int64_t>(*run.variable("iterations")).value());
    const bool is_new = best.size() == iteration && iteration > 0;
    if (iteration == 0) best.assign(1, 0);
    if (is_new) best.push_back(0);
    // A pass counts when it has remembered what it found, and remembers before it counts.
    if (is_new || iteration == 0) best.back() = InFitness(*run.variable("best_fitness"))[0].objective();
  }
  const Result result = make_result(job, run);
  // What the allocator has kept of earlier tests may go back to the system.
  for (const Value& action : result.memory.find("actions")->list()) {
    CHECK(action.find("action")->text() == "release_memory");
  }
  CHECK(alerts(result).empty());
  const ResultHistory& curve = history(result, "cost_history");
  CHECK(curve.length == 201);
  CHECK(curve.stride == 1);
  CHECK(curve.rows.size() < 150);  // where it changes
  for (std::size_t i = 0; i <= 200; ++i) {
    const auto later =
        std::ranges::find_if(curve.rows, [&](const auto& row) { return row[0] > static_cast<double>(i); });
    REQUIRE((*std::prev(later))[1] == best[i]);
  }
  const ResultHistory& positions = history(result, "position_history");
  CHECK(positions.rows.size() <= 50);
  CHECK(positions.columns.size() == 8);
  CHECK(positions.rows.back()[1] == *result.best_quality);
  const Value& memory = result.memory;
  for (const char* key : {"iteration_count", "last_cleanup_iteration", "cost_history_size", "position_history_size",
                          "memory_alerts_count", "controller_refs_count", "current_mb", "initial_mb", "peak_mb",
                          "growth_mb", "growth_since_gc_mb", "trend_mb_per_sec", "memory_volatility", "total_samples",
                          "cost_history_memory_mb", "position_history_memory_mb"}) {
    CAPTURE(key);
    CHECK(memory.find(key) != nullptr);
  }
  CHECK(memory.find("cost_history_size")->number() == static_cast<double>(curve.rows.size()));
  CHECK(memory.find("limit_mb")->number() == 100);
  CHECK(memory.find("iteration_count")->number() == 200);
}

TEST_CASE("memory: what is given up grows from level to level, in order, with alerts") {
  const Session session = memory_session();
  // The base is 50 MiB, the room 100.
  const std::string slots = scripted("50, 60, 121, 121, 121, 131, 60, 141, 141, 131, 60") +
                            R"(, "analyzer": {"quality": "best_average_worst_quality"})";
  const Job job = prepared(session, document(slots, R"("limit_mb": 150, "leak_step_mb": 1000)"));
  const Result result = finished(job);
  CHECK(alerts(result) == "memory_warning@20, memory_critical@50, memory_emergency@70");
  CHECK(actions(result) ==
        "thin_histories@20, release_memory@20, thin_histories@50, release_memory@50, "
        "thin_histories@70, release_memory@70, reduce_batch@70:20, reduce_swarm@70:30, restore_batch@100:40");
  CHECK(result.stop_reason == StopReason::iterations);
  CHECK(result.evaluations == 40 * 71 + 30 * 130);
  for (const Value& action : result.memory.find("actions")->list()) {
    CAPTURE(action.find("action")->text());
    // position, velocity, personal best: 48 bytes each; two fitnesses and their shadow; the neighbour
    if (action.find("action")->text() == "reduce_swarm") CHECK(action.find("freed_bytes")->number() >= 10 * 180);
  }
  // Budgets that no row had taken up are none of what was freed: about 70 rows of 5 columns, 9 bytes a number at most.
  const Value& thinned = *result.memory.find("degraded")->find("thin_histories");
  CHECK(thinned.find("count")->number() == 3);
  CHECK(thinned.find("freed_bytes")->number() > 500);
  CHECK(thinned.find("freed_bytes")->number() < 70 * (5 + 9 + 2) * 9);
  CHECK(history(result, "quality").rows.size() <= 25);
}

TEST_CASE("memory: a run that can give up nothing more pauses, can be saved, and goes on elsewhere") {
  const Session session = memory_session();
  const std::string slots = scripted("50, 60, 60, 145, 145, 145, 145, 145, 145, 145, 145, 145, 145, 60");
  const std::string memory =
      R"("limit_mb": 150, "cleanup_frequency": 1, "minimum_swarm_size": 5, "leak_step_mb": 1000)";
  const Job job = prepared(session, document(slots, memory, R"("iterations": 400)"));
  Run run(job.plan, job.options);
  REQUIRE(run.advance() == RunState::ready);
  CHECK(run.stop_reason() == StopReason::memory);
  const Result paused = make_result(job, run);
  CHECK(paused.stop_reason == StopReason::memory);
  CHECK(paused.best_quality.has_value());
  CHECK(alerts(paused) == "memory_emergency@30, stop@120");
  const std::string expected =
      "reduce_swarm@30:30, reduce_swarm@40:23, reduce_swarm@50:18, reduce_swarm@60:14, reduce_swarm@70:11, "
      "reduce_swarm@80:9, reduce_swarm@90:7, reduce_swarm@100:6, reduce_swarm@110:5";
  std::string swarm;
  for (const Value& action : paused.memory.find("actions")->list()) {
    if (action.find("action")->text() != "reduce_swarm") continue;
    swarm += (swarm.empty() ? "" : ", ") + std::string("reduce_swarm@") +
             std::to_string(static_cast<int>(action.find("iteration")->number())) + ":" +
             std::to_string(static_cast<int>(action.find("left")->number()));
  }
  CAPTURE(actions(paused));
  CHECK(swarm == expected);

  std::stringstream saved;
  run.checkpoint(saved);
  // When there is room again, it runs to its end from there.
  Run other(job.plan, job.options);
  Diagnostics diagnostics;
  REQUIRE(other.restore(saved, diagnostics));
  CHECK(other.stop_reason() == StopReason::none);
  CHECK(other.advance() == RunState::finished);
  CHECK(other.stop_reason() == StopReason::iterations);
  CHECK(other.evaluations() > run.evaluations());
}

TEST_CASE("memory: without adaptation neither batch nor swarm get smaller") {
  const Session session = memory_session();
  const Job job =
      prepared(session, document(scripted("50, 145, 135, 60"),
                                 R"("limit_mb": 150, "leak_step_mb": 1000, "memory_pressure_adaptation": false)"));
  const Result result = finished(job);
  CHECK(actions(result) == "thin_histories@10, release_memory@10");
  CHECK(result.evaluations == 40 * 201);
}

TEST_CASE("memory: without monitoring nothing is read, and lengths of histories hold") {
  const Session session = memory_session();
  const std::string slots = scripted("50, 149") + R"(, "analyzer": {"quality": "best_average_worst_quality"})";
  const Result result =
      finished(prepared(session, document(slots, R"("limit_mb": 150, "enable_memory_monitoring": false,
          "max_metrics_history": 20, "max_position_history": 10, "max_cost_history": 12)")));
  CHECK(actions(result).empty());
  CHECK(result.memory.find("total_samples")->number() == 1);
  CHECK(history(result, "quality").rows.size() <= 20);
  CHECK(history(result, "position_history").rows.size() <= 10);
  CHECK(history(result, "cost_history").rows.size() <= 12);
  CHECK(history(result, "cost_history").rows.front()[0] == 0);
  const Result newest = finished(prepared(
      session, document(slots, R"("limit_mb": 150, "enable_memory_monitoring": false, "max_metrics_history": 20,
          "enable_history_compression": false)")));
  CHECK(history(newest, "quality").rows.size() == 20);
  CHECK(history(newest, "quality").rows.front()[0] == 181);
}

TEST_CASE("memory: with counted bytes a run that degrades has the same bits for any threads, and after a checkpoint") {
  const ThreadLimit eight_threads(8);
  const Session session = memory_session();
  // A history of its own that would need more than there is room.
  const std::string slots = std::string(counted_source) + R"(, "analyzer": {"solution": "best_solution"})";
  std::string text = document(slots, R"("limit_mb": 0.489, "max_metrics_history": 512)", R"("iterations": 150)", "200");
  text.replace(text.find("\"dimension\": 6"), 14, "\"dimension\": 60");
  const Job job = prepared(session, text);
  CHECK(job.reproducibility.tier == Reproducibility::every_machine);
  const Result first = finished(job);
  CHECK(actions(first).find("thin_histories@10, ") == 0);
  CHECK(actions(first).find("reduce_swarm@10:150") != std::string::npos);
  const std::string expected = repeatable(first);
  const std::string done = actions(first);
  CAPTURE(done);
  // What thinning frees is counted as the readings are: whole budgets.
  const Value& thinned = first.memory.find("actions")->list().front();
  const double peak = first.memory.find("peak_mb")->number();
  CHECK(thinned.find("freed_bytes")->number() > 0.5 * (peak - first.memory.find("initial_mb")->number()) * mebibyte);
  CHECK(first.memory.find("growth_since_gc_mb")->number() > -0.05);
  for (const std::size_t threads : {2U, 8U}) {
    const Result other = finished(job, threads);
    CHECK(repeatable(other) == expected);
    CHECK(actions(other) == done);
  }
  for (const int steps : {40, 400, 1500, 1903}) {
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
  const Job resident = prepared(session, document("", R"("limit_mb": 4000)"));
  CHECK(resident.reproducibility.tier == Reproducibility::none);
}

TEST_CASE("memory: a smaller batch is evaluated row by row and changes nothing else") {
  const Session session = memory_session();
  const Job job = prepared(session, document("", R"("limit_mb": 4000)"));
  const Result expected = finished(job);
  RunOptions options = job.options;
  options.threads = 2;
  Run run(job.plan, options);
  run.advance(Advance::one_step);
  const Job other = prepared(
      session, document(scripted("50, 145, 60"), R"("limit_mb": 150, "leak_step_mb": 1000, "minimum_swarm_size": 40)"));
  const Result small = finished(other, 2);
  CHECK(actions(small) == "thin_histories@10, release_memory@10, reduce_batch@10:20, restore_batch@40:40");
  CHECK(small.best_quality == expected.best_quality);
  CHECK(small.evaluations == expected.evaluations);
}

TEST_CASE("memory: an evaluation without memory is tried again after an emergency cleanup") {
  const Session session = memory_session();
  const std::string slots =
      std::string(counted_source) + R"(, "evaluator": "hungry", "analyzer": {"quality": "best_average_worst_quality"})";
  Hungry::begin(1'000'000, 0);
  const Job job = prepared(session, document(slots, R"("limit_mb": 100)"));
  const Result undisturbed = finished(job);
  Hungry::begin(1000, 1);
  const Result recovered = finished(job);
  CHECK(recovered.best_quality == undisturbed.best_quality);
  CHECK(recovered.evaluations == undisturbed.evaluations);
  REQUIRE(recovered.recoveries.size() == 1);
  CHECK(recovered.recoveries[0].path == "evaluate");
  CHECK(recovered.recoveries[0].freed_bytes > 1000);
  CHECK(history(recovered, "quality").rows.size() <= BoundedHistory::least_rows);
  CHECK(to_value(recovered).find("memory_recoveries")->find("count")->number() == 1);
  // 40 evaluations each: number 1001 is in the pass after 24 of them.
  CHECK(alerts(recovered) == "memory_emergency@24");
  CHECK(actions(recovered).starts_with("thin_histories@24"));
  CHECK(recovered.memory.find("actions")->list()[0].find("level")->text() == "emergency");
  CHECK(recovered.memory.find("last_cleanup_iteration")->number() == 24);

  // It stays short: the run pauses, loses nothing, and goes on when there is memory.
  Hungry::begin(1000, -1);
  Run run(job.plan, job.options);
  CHECK(run.advance() == RunState::ready);
  CHECK(run.stop_reason() == StopReason::memory);
  CHECK_FALSE(run.error().has_value());
  CHECK(run.recovery_count() == 1);
  const Result paused = make_result(job, run);
  CHECK(paused.best_quality.has_value());
  CHECK(paused.evaluations == 1000);
  CHECK(alerts(paused) == "memory_emergency@24, stop@24");
  CHECK(actions(paused).ends_with("stop@24"));
  CHECK(paused.memory.find("degraded")->find("stop")->find("count")->number() == 1);
  CHECK(run.advance() == RunState::ready);  // once more in vain
  CHECK(run.recovery_count() == 2);
  std::stringstream saved;
  run.checkpoint(saved);
  Hungry::begin(1'000'000, 0);
  Run other(job.plan, job.options);
  Diagnostics diagnostics;
  REQUIRE(other.restore(saved, diagnostics));
  CHECK(other.advance() == RunState::finished);
  CHECK(make_result(job, other).best_quality == undisturbed.best_quality);

  Hungry::begin(1000, 1);
  const Job unaided = prepared(session, document(slots, R"("limit_mb": 100, "emergency_recovery_enabled": false)"));
  Run third(unaided.plan, unaided.options);
  CHECK(third.advance() == RunState::failed);
  CHECK(third.error()->out_of_memory);
  CHECK(third.recovery_count() == 0);
  CHECK(alerts(make_result(unaided, third)).empty());
}

TEST_CASE("memory: an algorithm without bounds pauses as well when there is no memory for an evaluation") {
  const Session session = memory_session();
  const Job job = prepared(session, R"({"format": "skein/1", "algorithm": {"name": "particle_swarm",
      "slots": {"evaluator": "hungry"}}, "problem": {"name": "sphere", "dimension": 3}, "stop": {"iterations": 50}})");
  Hungry::begin(1'000'000, 0);
  const Result undisturbed = finished(job);
  for (const std::size_t threads : {1U, 2U}) {
    CAPTURE(threads);
    RunOptions options = job.options;
    options.threads = threads;
    Hungry::begin(500, -1);
    Run run(job.plan, options);
    CHECK(run.advance() == RunState::ready);
    CHECK(run.stop_reason() == StopReason::memory);
    Hungry::begin(1'000'000, 0);
    CHECK(run.advance() == RunState::finished);
    CHECK(run.stop_reason() == StopReason::iterations);
    CHECK(make_result(job, run).best_quality == undisturbed.best_quality);
    CHECK(run.evaluations() == undisturbed.evaluations);
  }
  // Whoever wants the worst value for what fails gets it.
  RunOptions worst = job.options;
  worst.on_error = ErrorPolicy::worst;
  worst.threads = 1;
  Hungry::begin(500, 80);
  Run run(job.plan, worst);
  CHECK(run.advance() == RunState::finished);
  CHECK(run.failed_evaluations() > 0);
}

TEST_CASE("memory: particles are dropped while memory is really that short, not while the level only holds") {
  const Session session = memory_session();
  const std::string slots = scripted("50, 60, 145, 135, 135, 135, 141, 60");
  const Job job = prepared(session, document(slots, R"("limit_mb": 150, "cleanup_frequency": 1, "leak_step_mb": 1000)",
                                             R"("iterations": 90)"));
  const std::string done = actions(finished(job));
  CAPTURE(done);
  CHECK(done.find("reduce_swarm@20:30") != std::string::npos);
  CHECK(done.find("thin_histories@30") != std::string::npos);
  CHECK(done.find("reduce_swarm@30") == std::string::npos);
  CHECK(done.find("reduce_swarm@50") == std::string::npos);
  CHECK(done.find("reduce_swarm@60:23") != std::string::npos);
}

TEST_CASE("memory: a run that goes on in another process is measured there") {
  if (is_sanitized) return;
  const Session session = memory_session();
  const Job job = prepared(session, document("", R"("limit_mb": 4000, "leak_step_mb": 1)", R"("iterations": 60)"));
  Run run(job.plan, job.options);
  REQUIRE(run.advance_iterations(30) == RunState::ready);
  const double base = make_result(job, run).memory.find("base_mb")->number();
  std::stringstream saved;
  run.checkpoint(saved);
  // Another process would take another size; so does this one with more in it.
  const std::vector<char> more(std::size_t{40} << 20U, 'x');
  Run other(job.plan, job.options);
  Diagnostics diagnostics;
  REQUIRE(other.restore(saved, diagnostics));
  REQUIRE(other.advance() == RunState::finished);
  CHECK(more.back() == 'x');
  const Result result = make_result(job, other);
  CHECK(result.memory.find("base_mb")->number() > base + 35);
  CHECK(result.memory.find("initial_mb")->number() > base + 35);
  CHECK(result.memory.find("limit_mb")->number() == 4000);
  CHECK(result.memory.find("total_samples")->number() < 6);
  CHECK(alerts(result).empty());  // more in another process is no step
}

TEST_CASE("memory: best positions can be held with 7 digits") {
  const Session session = memory_session();
  const std::string text = document(counted_source, R"("limit_mb": 100)", R"("iterations": 30)");
  const auto result_with = [&](const std::string& flag) {
    std::string chosen = text;
    chosen.replace(chosen.find(R"("swarm_size": 40)"), 16,
                   R"("swarm_size": 40, "single_precision_positions": )" + flag);
    return finished(prepared(session, chosen));
  };
  const Result exact = result_with("false");
  const Result single = result_with("true");
  CHECK(exact.best_quality == single.best_quality);
  const auto& held = history(single, "position_history").rows;
  const auto& all = history(exact, "position_history").rows;
  REQUIRE(held.size() == all.size());
  REQUIRE(held.size() == 31);
  std::size_t lost = 0;
  for (std::size_t i = 0; i + 1 < held.size(); ++i) {
    CHECK(held[i][1] == all[i][1]);  // the value keeps all its bits
    for (std::size_t j = 2; j < held[i].size(); ++j) {
      REQUIRE(held[i][j] == static_cast<double>(static_cast<float>(all[i][j])));
      lost += held[i][j] != all[i][j] ? 1 : 0;
    }
  }
  CHECK(lost > 100);
  CHECK(held.back() == all.back());
}
