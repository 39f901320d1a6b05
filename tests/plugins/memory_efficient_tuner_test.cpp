// The tuner of controllers in bounded memory: a convenience over the graph memory_efficient_particle_swarm.
#include "skein/problems/memory_efficient_tuner.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <limits>
#include <new>
#include <string>
#include <vector>

#include "skein/checkpoint_file.hpp"
#include "skein/memory_tracker.hpp"
#include "tests/plugins/prepared_run.hpp"
#include "tests/support/sanitizer.hpp"

namespace {

using namespace skein;
using namespace skein::tests;

/// Short tunings: 2 s instead of 10.
TunerConfig small_config() {
  TunerConfig config;
  config.tuning.settings.steps = 200;
  config.swarm_size = 16;
  config.iterations = 30;
  config.threads = 1;
  return config;
}

MemoryConfig roomy() {
  MemoryConfig memory;
  memory.limit_mb = 100'000;
  return memory;
}

MemoryEfficientPSOTuner small_tuner(ControllerFactory factory = {}, const TunerConfig& config = small_config(),
                                    const MemoryConfig& memory = roomy()) {
  return MemoryEfficientPSOTuner(std::move(factory), config, memory, builtin_plugins());
}

struct Fragile {
  inline static std::atomic<int> left = -1;
  inline static bool out_of_memory = false;
  static std::unique_ptr<Controller> make(std::span<const double> gains) {
    if (left >= 0 && left-- <= 0) {
      if (out_of_memory) throw std::bad_alloc();
      throw std::runtime_error("the simulator lost its power");
    }
    return make_controller({}, gains);
  }
};

/// No other process that runs these tests uses the same file.
std::string checkpoint_path(const std::string& name) {
  return std::filesystem::temp_directory_path() / (name + "_" + std::to_string(::getpid()) + ".checkpoint");
}

TunerConfig fragile_config() {
  TunerConfig config = small_config();
  config.tuning.gains = gains_of({});
  return config;
}

}  // namespace

TEST_CASE("tuner: it finds what the graph on the problem finds") {
  MemoryEfficientPSOTuner tuner = small_tuner();
  REQUIRE_MESSAGE(tuner.is_ready(), all_text(tuner.diagnostics()));
  const TuningResult found = tuner.optimise();
  CHECK(found.stop_reason == StopReason::iterations);
  CHECK(found.result.evaluations == 16 * 31);

  const Job job = prepared(full_session(), R"({"format": "skein/1", "algorithm":
      {"name": "memory_efficient_particle_swarm", "parameters": {"swarm_size": 16, "inertia": 0.721,
      "personal_best_attraction": 1.193, "neighbor_best_attraction": 1.193},
      "slots": {"topology_initializer": "fully_connected"}},
      "problem": {"name": "controller_tuning", "parameters": {"horizon": 2}}, "stop": {"iterations": 30}})");
  Run run(job.plan, job.options);
  run.advance();
  const Result expected = make_result(job, run);
  CHECK(found.best_cost == *expected.best_quality);
  REQUIRE(found.best_position.size() == 8);
  for (std::size_t i = 0; i < 8; ++i) CHECK(found.best_position[i] == expected.best_solution.list()[i].number());
  CHECK(tuner.simulate(found.best_position).cost == doctest::Approx(found.best_cost).epsilon(1e-12));
  CHECK(found.cost_history.rows.back()[1] == found.best_cost);
  CHECK(found.position_history.columns.size() == 2 + 8);
}

TEST_CASE("tuner: with all that it has it tunes as well as the reference") {
  MemoryEfficientPSOTuner tuner({}, {}, {}, builtin_plugins());
  CHECK(tuner.optimise().best_cost < 0.125);
}

TEST_CASE("tuner: a controller of one's own, all particles at once, has the same bits") {
  TunerConfig config = fragile_config();
  const double shipped = small_tuner().optimise().best_cost;
  for (const std::size_t threads : {1U, 2U}) {
    config.threads = threads;
    MemoryEfficientPSOTuner tuner =
        small_tuner([](std::span<const double> gains) { return make_controller({}, gains); }, config);
    CHECK(tuner.optimise().best_cost == doctest::Approx(shipped).epsilon(1e-9));
  }
}

TEST_CASE("tuner: overrides hold for one call") {
  MemoryEfficientPSOTuner tuner = small_tuner();
  const TuningResult first = tuner.optimise();
  TunerOverrides overrides;
  overrides.iterations = 5;
  overrides.swarm_size = 20;
  overrides.seed = 7;
  overrides.inertia = 0.5;
  overrides.personal_best_attraction = 1.0;
  overrides.neighbor_best_attraction = 1.0;
  const TuningResult other = tuner.optimise(overrides);
  CHECK(other.result.evaluations == 20 * 6);
  CHECK(other.result.seed == 7);
  CHECK(other.best_cost != first.best_cost);
  CHECK(tuner.optimise().best_cost == first.best_cost);
}

TEST_CASE("tuner: statistics have the page's keys before, while and after a run") {
  constexpr const char* keys[] = {"iteration_count",
                                  "last_cleanup_iteration",
                                  "cost_history_size",
                                  "position_history_size",
                                  "memory_alerts_count",
                                  "controller_refs_count",
                                  "current_mb",
                                  "initial_mb",
                                  "peak_mb",
                                  "growth_mb",
                                  "growth_since_gc_mb",
                                  "trend_mb_per_sec",
                                  "memory_volatility",
                                  "total_samples",
                                  "cost_history_memory_mb",
                                  "position_history_memory_mb"};
  MemoryEfficientPSOTuner tuner = small_tuner();
  const Value before = tuner.get_memory_statistics();
  for (const char* key : keys) REQUIRE_MESSAGE(before.find(key) != nullptr, key);
  CHECK(before.find("current_mb")->number() > 1);
  CHECK(before.find("iteration_count")->number() == 0);
  const TuningResult found = tuner.optimise();
  const Value after = tuner.get_memory_statistics();
  for (const char* key : keys) REQUIRE_MESSAGE(after.find(key) != nullptr, key);
  CHECK(after == found.memory_statistics);
  CHECK(after.find("cost_history_size")->number() == static_cast<double>(found.cost_history.rows.size()));
  CHECK(after.find("position_history_size")->number() == static_cast<double>(found.position_history.rows.size()));
  CHECK(after.find("iteration_count")->number() == 30);
  CHECK(after.find("total_samples")->number() > 2);
  tuner.reset_memory_tracking();
  const Value reset = tuner.get_memory_statistics();
  CHECK(reset.find("total_samples")->number() == 1);
  CHECK(reset.find("growth_mb")->number() == 0);
  CHECK(reset.find("cost_history_size")->number() == after.find("cost_history_size")->number());
}

TEST_CASE("tuner: alerts come by type, and resetting forgets them") {
  if (is_sanitized) return;
  MemoryConfig memory;
  const double used = static_cast<double>(read_process_memory().resident) / mebibyte;
  memory.memory_warning_threshold_mb = used + 30;
  memory.memory_critical_threshold_mb = used + 31;
  memory.emergency_cleanup_threshold_mb = used + 10'000;
  memory.leak_step_mb = 1000;
  // What the factory hoards is memory of the process.
  static std::vector<std::vector<char>> hoard;
  const auto hoarding = [](std::span<const double> gains) {
    if (hoard.size() < 64) hoard.emplace_back(std::size_t{1} << 20U, 'x');
    return make_controller({}, gains);
  };
  TunerConfig config = fragile_config();
  config.swarm_size = 4;
  MemoryEfficientPSOTuner tuner = small_tuner(hoarding, config, memory);
  REQUIRE_MESSAGE(tuner.is_ready(), all_text(tuner.diagnostics()));
  const TuningResult found = tuner.optimise();
  hoard.clear();
  CHECK(found.stop_reason == StopReason::iterations);
  const std::vector<MemoryAlert> all = tuner.get_memory_alerts();
  const std::vector<MemoryAlert> critical = tuner.get_memory_alerts(MemoryAlertType::memory_critical);
  CHECK(all.size() == static_cast<std::size_t>(found.memory_statistics.find("memory_alerts_count")->number()));
  REQUIRE(critical.size() == 1);
  CHECK(critical[0].type == MemoryAlertType::memory_critical);
  CHECK(critical[0].memory_mb > used + 31);
  CHECK(critical[0].growth_mb > 20);
  CHECK(critical[0].iteration == 10);
  CHECK(tuner.get_memory_alerts(MemoryAlertType::stop).empty());
  tuner.reset_memory_tracking();
  CHECK(tuner.get_memory_alerts().empty());
}

TEST_CASE("tuner: the trajectory of the best is computed on demand, and let go when memory is short") {
  if (is_sanitized) return;
  static std::vector<std::vector<char>> hoard;
  static std::size_t most = 0;
  hoard.clear();
  const auto hoarding = [](std::span<const double> gains) {
    if (hoard.size() < most) hoard.emplace_back(std::size_t{1} << 20U, 'x');
    return make_controller({}, gains);
  };
  MemoryConfig memory;
  memory.limit_mb = static_cast<double>(read_process_memory().resident) / mebibyte + 60;
  memory.leak_step_mb = 1000;
  TunerConfig config = fragile_config();
  config.swarm_size = 4;
  MemoryEfficientPSOTuner tuner = small_tuner(hoarding, config, memory);
  CHECK(tuner.best_trajectory() == nullptr);
  const TuningResult found = tuner.optimise();
  CHECK(tuner.get_memory_statistics().find("controller_refs_count")->number() == 0);
  const std::weak_ptr<const TuningTrajectory> known = tuner.best_trajectory();
  REQUIRE_FALSE(known.expired());  // kept, though nobody else holds it
  CHECK(known.lock()->outcome.cost == doctest::Approx(found.best_cost).epsilon(1e-12));
  CHECK(known.lock()->states.size() == 200);
  CHECK(known.lock()->states[0].first_angle == 0.05);
  CHECK(known.lock()->gains == found.best_position);
  CHECK(tuner.best_trajectory() == known.lock());
  CHECK(tuner.get_memory_statistics().find("controller_refs_count")->number() == 1);
  most = 52;
  static_cast<void>(tuner.optimise());
  const Value& after = tuner.get_memory_statistics();
  CHECK(after.find("level")->text() != "normal");
  CHECK(known.expired());
  CHECK(after.find("controller_refs_count")->number() == 0);
  hoard.clear();
  most = 0;
}

TEST_CASE("tuner: an evaluation that fails loses nothing, here and in another tuner") {
  TunerConfig config = fragile_config();
  const std::string file = checkpoint_path("skein_tuner_test");
  std::filesystem::remove(file);
  config.checkpoint_file = file;
  const double expected = small_tuner(&Fragile::make, config).optimise().best_cost;
  CHECK_FALSE(std::filesystem::exists(file));
  for (const bool out_of_memory : {false, true}) {
    CAPTURE(out_of_memory);
    MemoryConfig memory = roomy();
    memory.emergency_recovery_enabled = !out_of_memory;
    MemoryEfficientPSOTuner tuner = small_tuner(&Fragile::make, config, memory);
    Fragile::out_of_memory = out_of_memory;
    Fragile::left = 200;
    std::string message;
    double so_far = 0;
    try {
      static_cast<void>(tuner.optimise());
    } catch (const TuningFailed& failure) {
      message = failure.what();
      so_far = failure.so_far.best_cost;
      CHECK(failure.so_far.stop_reason == StopReason::error);
      CHECK(failure.so_far.checkpoint_file == file);
      CHECK(failure.so_far.best_position.size() == 8);
    }
    Fragile::left = -1;
    CHECK(message.find(out_of_memory ? "evaluate" : "evaluate: the simulator lost its power") != std::string::npos);
    CHECK(so_far >= expected);
    const TuningResult rest = tuner.resume();
    CHECK(rest.best_cost == expected);
    CHECK(rest.stop_reason == StopReason::iterations);
    CHECK_THROWS_AS(static_cast<void>(tuner.resume()), std::logic_error);
    MemoryEfficientPSOTuner other = small_tuner(&Fragile::make, config, memory);
    CHECK(other.resume(file).best_cost == expected);
  }
  // An evaluation that is short of memory once is tried again by itself.
  Fragile::out_of_memory = true;
  Fragile::left = 200;
  const auto once = [](std::span<const double> gains) {
    if (Fragile::left == 0) {
      Fragile::left = -1;
      throw std::bad_alloc();
    }
    if (Fragile::left > 0) --Fragile::left;
    return make_controller({}, gains);
  };
  const TuningResult recovered = small_tuner(once, config).optimise();
  CHECK(recovered.best_cost == expected);
  CHECK(recovered.result.recovery_count == 1);
  // One that stays short pauses the tuning.
  std::filesystem::remove(file);
  static int left = 200;
  const auto starving = [](std::span<const double> gains) {
    if (left == 0) throw std::bad_alloc();
    --left;
    return make_controller({}, gains);
  };
  MemoryEfficientPSOTuner paused = small_tuner(starving, config);
  const TuningResult so_far = paused.optimise();
  CHECK(so_far.stop_reason == StopReason::memory);
  CHECK(so_far.checkpoint_file == file);
  CHECK(so_far.best_position.size() == 8);
  CHECK(paused.get_memory_alerts(MemoryAlertType::memory_emergency).size() == 1);
  CHECK(paused.get_memory_alerts(MemoryAlertType::stop).size() == 1);
  left = 1'000'000;
  CHECK(paused.resume().best_cost == expected);
  CHECK(small_tuner(starving, config).resume(file).best_cost == expected);
  std::filesystem::remove(file);
  std::filesystem::remove(file + ".previous");
  CHECK_THROWS_AS(static_cast<void>(small_tuner().resume("nowhere")), TuningRefused);
}

TEST_CASE("tuner: a run that is out of memory is paused with its state on the disk, and goes on") {
  if (is_sanitized) return;
  TunerConfig config = fragile_config();
  config.swarm_size = 4;
  config.iterations = 60;
  const std::string file = checkpoint_path("skein_tuner_short");
  config.checkpoint_file = file;
  static std::vector<std::vector<char>> hoard;
  static std::size_t most = 250;
  const auto hoarding = [](std::span<const double> gains) {
    if (hoard.size() < most) hoard.emplace_back(std::size_t{1} << 20U, 'x');
    return make_controller({}, gains);
  };
  MemoryConfig memory;
  memory.limit_mb = static_cast<double>(read_process_memory().resident) / mebibyte + 40;
  memory.cleanup_frequency = 1;
  memory.leak_step_mb = 1000;
  MemoryEfficientPSOTuner tuner = small_tuner(hoarding, config, memory);
  const TuningResult paused = tuner.optimise();
  CHECK(paused.stop_reason == StopReason::memory);
  CHECK(paused.checkpoint_file == file);
  CHECK(std::filesystem::exists(file));
  CHECK(paused.best_position.size() == 8);
  CHECK(tuner.get_memory_alerts(MemoryAlertType::stop).size() == 1);
  hoard.clear();
  hoard.shrink_to_fit();
  most = 0;
  const TuningResult rest = tuner.resume();
  CHECK(rest.stop_reason == StopReason::iterations);
  CHECK(rest.best_cost <= paused.best_cost);
  std::filesystem::remove(file);
  std::filesystem::remove(file + ".previous");
}

TEST_CASE("tuner: all that is wrong is said at once, and optimising throws it") {
  TunerConfig config = small_config();
  config.tuning.settings.plant.parameters.first_mass = -1;
  config.tuning.settings.start.first_angle = std::numeric_limits<double>::quiet_NaN();
  config.tuning.lower = {0, 0, 0, 0, 0, 0, 0, 3};
  config.swarm_size = 0;
  config.topology = "nowhere";
  MemoryConfig memory = roomy();
  memory.warning_level = 0.95;
  memory.memory_check_frequency = 0;
  MemoryEfficientPSOTuner tuner = small_tuner({}, config, memory);
  CHECK_FALSE(tuner.is_ready());
  const std::string text = all_text(tuner.diagnostics());
  CAPTURE(text);
  for (const char* part : {"bad-plant", "first_mass", "bad-tuning", "start", "bad-bounds", "swarm_size", "nowhere",
                           "memory/warning_level", "memory/memory_check_frequency"}) {
    CAPTURE(part);
    CHECK(text.find(part) != std::string::npos);
  }
  try {
    static_cast<void>(tuner.optimise());
    CHECK(false);
  } catch (const TuningRefused& refusal) {
    CHECK(refusal.diagnostics.error_count() == tuner.diagnostics().error_count());
    CHECK(std::string(refusal.what()).find("bad-plant") != std::string::npos);
  }
  CHECK_THROWS_AS(static_cast<void>(small_tuner().simulate({1, 2})), std::invalid_argument);
  const MemoryEfficientPSOTuner ready = small_tuner();
  std::vector<double> gains;
  for (const Gain& gain : ready.gains()) gains.push_back(gain.lower);
  CHECK_NOTHROW(static_cast<void>(ready.simulate(gains)));
  gains[0] = std::numeric_limits<double>::quiet_NaN();
  gains[4] = 51;
  std::string refusal;
  try {
    static_cast<void>(ready.simulate(gains));
  } catch (const std::invalid_argument& wrong) {
    refusal = wrong.what();
  }
  CAPTURE(refusal);
  CHECK(refusal.starts_with("Gain 'k1' is "));
  CHECK(refusal.ends_with(", not from 0.05 to 5.\nGain 'K' is 51, not from 0.5 to 50."));
  TunerOverrides none;
  none.swarm_size = 0;
  CHECK_THROWS_AS(static_cast<void>(small_tuner().optimise(none)), TuningRefused);

  TunerConfig several = small_config();
  several.tuning.objectives = {TuningObjective::state_error, TuningObjective::control_effort};
  const MemoryEfficientPSOTuner of_several = small_tuner({}, several);
  CHECK_FALSE(of_several.is_ready());
  CHECK(all_text(of_several.diagnostics()) ==
        "error: A tuner minimizes the cost, and nothing else. [bad-tuning]\n"
        "  path: tuning/objectives\n"
        "  expected: cost alone\n"
        "  found: other objectives\n"
        "  suggestion: for fronts: multi_objective_particle_swarm on controller_tuning\n");
}
