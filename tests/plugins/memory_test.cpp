// Runs within bounds of memory: the graph memory_efficient_particle_swarm with readings that tests write, evaluations
// that run out of memory, leaks, and the section `memory` of run documents.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <new>
#include <sstream>
#include <string>
#include <vector>

#include "skein/history.hpp"
#include "skein/json.hpp"
#include "skein/memory_state.hpp"
#include "skein/operator.hpp"
#include "skein/run_memory.hpp"
#include "skein/thread_limit.hpp"
#include "tests/plugins/prepared_run.hpp"
#include "tests/support/allocation_count.hpp"
#include "tests/support/sanitizer.hpp"

namespace {

using namespace skein;
using namespace skein::tests;

/// A source of readings that are written down: one for every 10 iterations, the last one for ever.
struct ScriptedMemory {
  static constexpr std::string_view name = "scripted_memory";
  static constexpr std::string_view summary = "readings that a test writes";
  static constexpr std::array<std::string_view, 1> roles = {"memory_source"};
  struct Parameters {
    Value sizes;
  };
  static constexpr auto parameters = std::tuple{parameter("sizes", &Parameters::sizes, "a list of MiB")};
  struct Ports {
    In<std::int64_t> iterations;
    Out<std::int64_t> resident, address_space;
  };
  static constexpr auto ports = std::tuple{in("iterations", &Ports::iterations, "integer", "iterations so far"),
                                           out("resident", &Ports::resident, "integer", "bytes in use"),
                                           out("address_space", &Ports::address_space, "integer", "0")};
  static void run(const Ports& io, const Parameters& chosen, StepContext&) {
    const List& sizes = chosen.sizes.list();
    const auto place = std::min(static_cast<std::size_t>(io.iterations.value()) / 10, sizes.size() - 1);
    io.resident.value() = static_cast<std::int64_t>(sizes[place].number() * mebibyte);
    io.address_space.value() = 0;
  }
};

/// What grows with every call, and is counted as an object of the run.
class Hoard final : public ObjectVariable {
 public:
  static constexpr std::string_view type = "hoard";
  std::vector<std::byte> bytes;

  [[nodiscard]] std::string_view type_name() const noexcept override { return type; }
  [[nodiscard]] std::size_t size_in_bytes() const noexcept override { return bytes.size(); }
  [[nodiscard]] std::unique_ptr<ObjectVariable> clone() const override { return std::make_unique<Hoard>(*this); }
  void save(StateWriter& writer) const override { writer.integer(bytes.size()); }
  void load(StateReader& reader) override { bytes.resize(reader.integer()); }
  void rows_changed(const RowMap&) override {}
};

/// Leaks on purpose, in an object that is counted or behind the run's back.
struct Leak {
  static constexpr std::string_view name = "leak";
  static constexpr std::string_view summary = "leaks on purpose";
  static constexpr std::array<std::string_view, 1> roles = {"analyzer"};
  static constexpr bool strong_guarantee = true;
  struct Parameters {
    std::int64_t bytes = 0;
    bool counted = true;
  };
  static constexpr auto parameters =
      std::tuple{parameter("bytes", &Parameters::bytes, "bytes per iteration"),
                 parameter("counted", &Parameters::counted, "true", "whether the run knows of them")};
  struct Ports {
    In<std::int64_t> iterations;
    InOutObject<Hoard> hoard;
  };
  static constexpr auto ports = std::tuple{in("iterations", &Ports::iterations, "integer", "iterations so far"),
                                           hidden("hoard", &Ports::hoard, "hoard", "what is hoarded")};
  inline static std::vector<std::vector<char>> lost;
  static void run(const Ports& io, const Parameters& chosen, StepContext&) {
    const auto bytes = static_cast<std::size_t>(chosen.bytes);
    if (chosen.counted) {
      io.hoard->bytes.resize(io.hoard->bytes.size() + bytes);
    } else {
      lost.emplace_back(bytes, 'x');
    }
  }
};

/// An objective that runs out of memory in some evaluations.
struct Hungry {
  static constexpr std::string_view name = "hungry";
  static constexpr std::string_view summary = "x[0]^2, as long as there is memory";
  static constexpr std::array<std::string_view, 1> roles = {"evaluator"};
  struct Ports {
    In<double> position;
    Out<double> fitness;
  };
  static constexpr auto ports = std::tuple{in("position", &Ports::position, "solution[n]", "the solutions"),
                                           out("fitness", &Ports::fitness, "fitness[n]", "their fitness")};
  inline static int calls = 0;
  inline static int fails_from = 0;
  inline static int failures = 0;  ///< how many calls fail; -1: all of them
  static void run(const Ports& io, RowContext& context) {
    if (++calls > fails_from && failures != 0) {
      if (failures > 0) --failures;
      throw std::bad_alloc();
    }
    const std::size_t row = context.rows().first;
    io.fitness(row, 0) = 0;
    io.fitness(row, 1) = io.position(row, 0) * io.position(row, 0);
  }
  static void begin(int first, int count) {
    calls = 0;
    fails_from = first;
    failures = count;
  }
};

Session memory_session() {
  Session session = full_session();
  session.registry().add_object_type(std::string(Hoard::type),
                                     []() -> std::unique_ptr<ObjectVariable> { return std::make_unique<Hoard>(); });
  session.registry().add(operator_table<ScriptedMemory>());
  session.registry().add(operator_table<Leak>());
  session.registry().add(operator_table<Hungry>());
  return session;
}

std::string document(const std::string& slots, const std::string& memory,
                     const std::string& stop = R"("iterations": 200)", const std::string& size = "40") {
  return R"({"format": "skein/1", "algorithm": {"name": "memory_efficient_particle_swarm", "parameters": {"swarm_size": )" +
         size + R"(}, "slots": {)" + slots + R"(}}, "problem": {"name": "rastrigin", "dimension": 6}, "stop": {)" +
         stop + R"(}, "memory": {)" + memory + "}}";
}

std::string scripted(const std::string& sizes) {
  return R"("memory_source": {"operator": "scripted_memory", "parameters": {"sizes": [)" + sizes + "]}}";
}

/// The readings come from the run itself, so that all of it repeats.
constexpr const char* counted_source = R"("memory_source": "read_counted_memory")";

Result finished(const Job& job, std::size_t threads = 1) {
  RunOptions options = job.options;
  options.threads = threads;
  Run run(job.plan, options);
  REQUIRE(run.advance() == RunState::finished);
  return make_result(job, run);
}

std::string list_of(const Value& memory, const char* list, const char* key) {
  std::string text;
  for (const Value& entry : memory.find(list)->list()) {
    text += (text.empty() ? "" : ", ") + entry.find(key)->text() + "@" +
            std::to_string(static_cast<std::int64_t>(entry.find("iteration")->number()));
    if (const Value* left = entry.find("left")) text += ":" + std::to_string(static_cast<int>(left->number()));
  }
  return text;
}

std::string actions(const Result& result) { return list_of(result.memory, "actions", "action"); }
std::string alerts(const Result& result) { return list_of(result.memory, "alerts", "type"); }

const ResultHistory& history(const Result& result, std::string_view name) {
  const auto found = std::ranges::find(result.histories, name, &ResultHistory::name);
  REQUIRE(found != result.histories.end());
  return *found;
}

/// All numbers of a result but times and what the process uses.
std::string repeatable(Result result) {
  result.wall_seconds = 0;
  result.threads = 0;
  result.serial_steps.clear();
  result.memory = {};
  return write_json(to_value(result));
}

std::string findings(const Session& session, const std::string& text) {
  Diagnostics diagnostics;
  const auto run = session.read_run(text, "test.json", diagnostics);
  if (run) static_cast<void>(session.prepare(*run, diagnostics));
  std::string all;
  for (const Diagnostic& diagnostic : diagnostics.items()) {
    all += diagnostic.code + " " + diagnostic.path + ": " + diagnostic.message + " expected " + diagnostic.expected +
           ", found " + diagnostic.found + "\n";
  }
  return all;
}

}  // namespace

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
  CHECK(result.memory.find("growth_mb")->number() < 1);
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
  CHECK(static_cast<double>(read_process_memory().resident - size) < mebibyte);
  const Result late = make_result(job, run);
  CHECK(late.front.value().points.size() == 100);
  CHECK(late.memory.find("counted_mb")->number() == early.memory.find("counted_mb")->number());
  CHECK(alerts(late).empty());
}

TEST_CASE("memory: a limit that the run exceeds from the start is refused with what it needs") {
  const Session session = memory_session();
  const std::string found = findings(session, document(counted_source, R"("limit_mb": 0.005)"));
  CAPTURE(found);
  CHECK(
      found.starts_with("memory-limit memory/limit_mb: The run takes more memory from the start than it may use. "
                        "expected more than 0.09"));
  CHECK(found.ends_with(" MiB, found 0.005 MiB\n"));
  CHECK(findings(session, document("", R"("limit_mb": 1)")).find("memory-limit memory/limit_mb") == 0);
  CHECK(findings(session, document("", R"("limit_mb": 4000)")).empty());

  // Whatever set the bounds.
  const std::string filler =
      R"({"format": "skein/1", "algorithm": {"name": "memory_efficient_particle_swarm", "slots": {
      "memory_configuration": {"operator": "configure_memory", "parameters": {"limit_mb": 0.5,
      "emergency_recovery_enabled": false}})";
  const std::string rest = R"(}}, "problem": {"name": "sphere", "dimension": 2}, "stop": {"iterations": 3}})";
  CHECK(findings(session, filler + rest)
            .starts_with("memory-limit algorithm/slots/memory_configuration/parameters/limit_mb: "));
  const Job own = prepared(session, filler + R"(, "memory_source": "read_counted_memory")" + rest);
  CHECK_FALSE(own.options.emergency_recovery);
  // What is counted is known before the run: a limit that is refused there would leave no room, and one that is not
  // refused is not far from one that does.
  const auto with_limit = [&](double mebibytes) {
    return document(counted_source, "\"limit_mb\": " + std::to_string(mebibytes), R"("iterations": 1)");
  };
  const double base = finished(prepared(session, with_limit(10))).memory.find("base_mb")->number();
  CHECK_FALSE(findings(session, with_limit(0.8 * base)).empty());
  CHECK(findings(session, with_limit(1.01 * base)).empty());

  // What only the run can know: the base after the first evaluation.
  const Job job = prepared(session, document(scripted("150"), R"("limit_mb": 100)"));
  Run run(job.plan, job.options);
  CHECK(run.advance() == RunState::failed);
  CHECK(run.error()->message.find("150 MiB are in use after the first evaluation") != std::string::npos);
}

TEST_CASE("memory: all that is wrong in the section is said at once") {
  const Session session = memory_session();
  const std::string found = findings(session, document("", R"("warning_level": 0.95, "critical_level": 2,
      "memory_check_frequency": 0, "cleanup_frequency": "often", "max_cost_histroy": 5, "limit_mb": -1,
      "emergency_release": 0.9, "memory_warning_threshold_mb": 700)"));
  CAPTURE(found);
  for (const char* part :
       {"out-of-range memory/critical_level", "out-of-range memory/memory_check_frequency",
        "wrong-type memory/cleanup_frequency", "unknown-key memory/max_cost_histroy", "out-of-range memory/limit_mb",
        "memory-config memory/warning_level", "memory-config memory/emergency_release",
        "memory-config memory/memory_critical_threshold_mb", "memory-config memory/emergency_cleanup_threshold_mb"}) {
    CAPTURE(part);
    CHECK(found.find(part) != std::string::npos);
  }
  // In a graph, the operator says it of its own parameters.
  const std::string own = R"({"format": "skein/1", "algorithm": {"name": "memory_efficient_particle_swarm", "slots":
      {"memory_configuration": {"operator": "configure_memory", "parameters": {"warning_level": 0.9,
      "critical_release": 0.85}}}}, "problem": {"name": "sphere", "dimension": 2})";
  const std::string refused = findings(session, own + "}");
  CHECK(refused.find("memory-config") != std::string::npos);
  CHECK(refused.find("parameters/critical_release") != std::string::npos);
  CHECK(findings(session, own + R"(, "memory": {}})").find("memory-given-twice memory") != std::string::npos);
  CHECK(findings(session, R"({"format": "skein/1", "algorithm": "particle_swarm", "problem": {"name": "sphere",
      "dimension": 2}, "memory": {"limit_mb": 500}})") ==
        "unused-memory memory: Algorithm 'particle_swarm' has no slot 'memory_configuration' that bounds could fill. "
        "expected a slot 'memory_configuration', as memory_efficient_particle_swarm has it, found none\n");
}
