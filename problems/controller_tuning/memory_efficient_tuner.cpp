#include "skein/problems/memory_efficient_tuner.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <limits>
#include <mutex>
#include <tuple>
#include <utility>

#include "skein/checkpoint_file.hpp"
#include "skein/memory_tracker.hpp"
#include "skein/session.hpp"

namespace skein {
namespace {

constexpr const char* problem_name = "controller_of_the_tuner";
/// How many iterations the state that other threads see is old, at most.
constexpr std::uint64_t iterations_between_looks = 10;

std::string all_text(const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics.items()) {
    if (diagnostic.severity == Severity::error) text += (text.empty() ? "" : "\n") + to_text(diagnostic);
  }
  return text;
}

std::string text_of(double number) {
  std::array<char, 32> text{};
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number).ptr};
}

void add(Object& object, const char* key, Value value) { object.push_back({key, {}, std::move(value)}); }

std::int64_t whole(std::uint64_t number) {
  constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  return static_cast<std::int64_t>(std::min(number, most));
}

Value memory_section(const MemoryConfig& config) {
  Object members;
  std::apply([&](const auto&... field) { (add(members, field.spec.name.data(), Value(config.*(field.member))), ...); },
             memory_config_fields);
  return members;
}

/// The run document of what the config and the overrides say.
Value document_of(const TunerConfig& config, const MemoryConfig& memory, const TunerOverrides& given) {
  Object parameters;
  add(parameters, "swarm_size", whole(given.swarm_size.value_or(config.swarm_size)));
  add(parameters, "inertia", given.inertia.value_or(config.inertia));
  add(parameters, "personal_best_attraction", given.personal_best_attraction.value_or(config.personal_best_attraction));
  add(parameters, "neighbor_best_attraction", given.neighbor_best_attraction.value_or(config.neighbor_best_attraction));
  Object slots;
  add(slots, "topology_initializer", config.topology);
  Object algorithm;
  add(algorithm, "name", "memory_efficient_particle_swarm");
  add(algorithm, "parameters", std::move(parameters));
  add(algorithm, "slots", std::move(slots));
  Object stop;
  add(stop, "iterations", whole(given.iterations.value_or(config.iterations)));
  if (config.target) add(stop, "target", *config.target);
  Object document;
  add(document, "format", "skein/1");
  add(document, "run", "a tuning of " + config.tuning.name);
  add(document, "algorithm", std::move(algorithm));
  add(document, "problem", problem_name);
  add(document, "seed", whole(given.seed.value_or(config.seed)));
  add(document, "stop", std::move(stop));
  add(document, "memory", memory_section(memory));
  return document;
}

ProblemSpec problem_of(const ControllerTuning& tuning) {
  ProblemSpec spec;
  spec.name = problem_name;
  spec.summary = "the controller that a tuner was made for";
  spec.encoding = "real_vector";
  spec.user = &tuning;
  spec.create = [](const ProblemSpec& made, std::span<const Value>, Diagnostics& diagnostics) {
    return make_controller_tuning(*static_cast<const ControllerTuning*>(made.user), diagnostics);
  };
  return spec;
}

ResultHistory history_of(const Result& result, std::string_view name) {
  const auto found = std::ranges::find(result.histories, name, &ResultHistory::name);
  return found == result.histories.end() ? ResultHistory{} : *found;
}

std::vector<double> numbers_in(const Value& solution) {
  std::vector<double> numbers;
  if (solution.is_list()) {
    for (const Value& number : solution.list()) numbers.push_back(number.number());
  }
  return numbers;
}

/// Gains that the tuner itself would not be given.
void require_within_bounds(const std::vector<double>& gains, const ControllerTuning& tuning) {
  std::string wrong;
  for (std::size_t i = 0; i < gains.size(); ++i) {
    const Gain& gain = tuning.gains[i];
    const double lower = i < tuning.lower.size() ? tuning.lower[i] : gain.lower;
    const double upper = i < tuning.upper.size() ? tuning.upper[i] : gain.upper;
    if (gains[i] >= lower && gains[i] <= upper) continue;
    wrong += (wrong.empty() ? "" : "\n") + ("Gain '" + std::string(gain.name)) + "' is " + text_of(gains[i]) +
             ", not from " + text_of(lower) + " to " + text_of(upper) + ".";
  }
  if (!wrong.empty()) throw std::invalid_argument(wrong);
}

/// What the run knows of its memory; null before its first evaluation.
MemoryState* memory_of(const Run& run) {
  const auto view = run.variable("memory");
  if (!view || view->object == nullptr || view->object->type_name() != MemoryState::type) return nullptr;
  return static_cast<MemoryState*>(view->object);
}

void count_reference(Value& statistics) {
  auto& members = std::get<Object>(statistics.data);
  const auto count = std::ranges::find(members, "controller_refs_count", &Member::key);
  if (count != members.end()) count->value = static_cast<std::int64_t>(count->value.number()) + 1;
}

/// The page's keys where no run has written them yet.
Value statistics_before(const MemoryTracker& tracker) {
  Object object;
  for (const char* key : {"iteration_count", "cost_history_size", "position_history_size", "memory_alerts_count",
                          "controller_refs_count"}) {
    add(object, key, 0);
  }
  add(object, "last_cleanup_iteration", Value());
  add(object, "cost_history_memory_mb", 0.0);
  add(object, "position_history_memory_mb", 0.0);
  const MemorySummary summary = tracker.get_summary();
  add(object, "current_mb", summary.current_mb);
  add(object, "initial_mb", summary.initial_mb);
  add(object, "peak_mb", summary.peak_mb);
  add(object, "growth_mb", summary.growth_mb);
  add(object, "growth_since_gc_mb", summary.growth_since_gc_mb);
  add(object, "trend_mb_per_sec", summary.trend_mb_per_sec);
  add(object, "memory_volatility", summary.memory_volatility);
  add(object, "total_samples", summary.total_samples);
  return object;
}

std::vector<TuningObjective> cost_alone() { return {TuningObjective::cost}; }

void report_objectives(Diagnostics& diagnostics) {
  diagnostics.add({"bad-tuning",
                   Severity::error,
                   {},
                   "tuning/objectives",
                   "A tuner minimizes the cost, and nothing else.",
                   "cost alone",
                   "other objectives",
                   "for fronts: multi_objective_particle_swarm on controller_tuning"});
}

}  // namespace

TuningRefused::TuningRefused(Diagnostics found)
    : std::invalid_argument(all_text(found)), diagnostics(std::move(found)) {}

TuningFailed::TuningFailed(const std::string& message, TuningResult found)
    : std::runtime_error(message), so_far(std::move(found)) {}

struct MemoryEfficientPSOTuner::State {
  TunerConfig config;
  MemoryConfig memory;
  Session session;
  Diagnostics findings;
  MemoryTracker tracker;

  std::optional<Job> job;
  std::optional<Run> run;

  std::weak_ptr<const TuningTrajectory> known_trajectory;
  std::shared_ptr<const TuningTrajectory> kept_trajectory;  ///< while memory is enough

  mutable std::mutex mutex;  ///< of what other threads may ask for
  Value statistics;
  std::vector<MemoryAlert> alerts;

  std::optional<Job> prepare(const TunerOverrides& overrides, Diagnostics& diagnostics) const {
    const auto document = session.read_run(document_of(config, memory, overrides), {}, diagnostics);
    auto made = document ? session.prepare(*document, diagnostics) : std::nullopt;
    if (diagnostics.has_errors()) return std::nullopt;
    made->options.threads = config.threads;
    return made;
  }

  void begin(const TunerOverrides& overrides) {
    Diagnostics diagnostics = findings;
    auto made = diagnostics.has_errors() ? std::nullopt : prepare(overrides, diagnostics);
    if (!made) throw TuningRefused(std::move(diagnostics));
    run.reset();
    job = std::move(made);
    run.emplace(job->plan, job->options);
  }

  /// Lets other threads see how things stand.
  void look() {
    Value newest = make_result(*job, *run).memory;
    const MemoryState* const state = memory_of(*run);
    if (state != nullptr && state->level() != MemoryLevel::normal) kept_trajectory.reset();
    if (!newest.is_null() && !known_trajectory.expired()) count_reference(newest);
    std::vector<MemoryAlert> raised = state == nullptr ? std::vector<MemoryAlert>{} : state->alerts();
    const std::lock_guard lock(mutex);
    statistics = std::move(newest);
    alerts = std::move(raised);
  }

  TuningResult result_of(const std::string& file) const {
    TuningResult found;
    found.result = make_result(*job, *run);
    found.best_cost = found.result.best_quality.value_or(std::numeric_limits<double>::infinity());
    found.best_position = numbers_in(found.result.best_solution);
    found.cost_history = history_of(found.result, "cost_history");
    found.position_history = history_of(found.result, "position_history");
    found.memory_statistics = found.result.memory = statistics;  // as others see them
    found.stop_reason = found.result.stop_reason;
    found.checkpoint_file = file;
    return found;
  }

  /// Goes on until the run ends, or is short of memory, or fails.
  TuningResult go_on() {
    RunState reached = RunState::ready;
    while (reached == RunState::ready) {
      reached = run->advance_iterations(iterations_between_looks);
      look();
      if (reached == RunState::ready && run->stop_reason() == StopReason::memory) break;
    }
    if (reached == RunState::finished) return result_of({});
    Diagnostics diagnostics;
    const std::string& file = config.checkpoint_file;
    const bool written = !file.empty() && write_checkpoint_file(file, *job, *run, {}, diagnostics);
    TuningResult found = result_of(written ? file : "");
    if (reached != RunState::failed) return found;
    found.stop_reason = found.result.stop_reason = StopReason::error;
    std::string message = run->error()->path + ": " + run->error()->message;
    if (!diagnostics.empty()) message += "\n" + all_text(diagnostics);
    throw TuningFailed(message, std::move(found));
  }
};

MemoryEfficientPSOTuner::MemoryEfficientPSOTuner(ControllerFactory controller_factory, TunerConfig config,
                                                 const MemoryConfig& memory_config, const PluginSources& plugins)
    : state_(std::make_unique<State>()) {
  State& state = *state_;
  state.config = std::move(config);
  const std::vector<TuningObjective> objectives = std::exchange(state.config.tuning.objectives, cost_alone());
  state.config.tuning.factory = std::move(controller_factory);
  if (!state.config.tuning.factory) state.config.tuning.gains = gains_of(state.config.tuning.law);
  state.memory = memory_config;
  state.session.load_plugins(plugins, state.findings);
  state.session.registry().add(problem_of(state.config.tuning));
  if (!state.findings.has_errors()) static_cast<void>(state.prepare({}, state.findings));
  if (objectives != cost_alone()) report_objectives(state.findings);
}

MemoryEfficientPSOTuner::~MemoryEfficientPSOTuner() = default;
MemoryEfficientPSOTuner::MemoryEfficientPSOTuner(MemoryEfficientPSOTuner&&) noexcept = default;
MemoryEfficientPSOTuner& MemoryEfficientPSOTuner::operator=(MemoryEfficientPSOTuner&&) noexcept = default;

const Diagnostics& MemoryEfficientPSOTuner::diagnostics() const noexcept { return state_->findings; }

TuningResult MemoryEfficientPSOTuner::optimise(const TunerOverrides& overrides) {
  state_->begin(overrides);
  return state_->go_on();
}

TuningResult MemoryEfficientPSOTuner::resume() {
  const bool has_run = state_->run && state_->run->state() != RunState::finished;
  if (!has_run) throw std::logic_error("there is no run to go on with");
  return state_->go_on();
}

TuningResult MemoryEfficientPSOTuner::resume(const std::string& checkpoint_file, const TunerOverrides& overrides) {
  state_->begin(overrides);
  Diagnostics diagnostics;
  if (!restore_checkpoint_file(checkpoint_file, *state_->run, diagnostics)) {
    state_->run.reset();
    throw TuningRefused(std::move(diagnostics));
  }
  return state_->go_on();
}

Value MemoryEfficientPSOTuner::get_memory_statistics() const {
  const std::lock_guard lock(state_->mutex);
  return state_->statistics.is_null() ? statistics_before(state_->tracker) : state_->statistics;
}

std::vector<MemoryAlert> MemoryEfficientPSOTuner::get_memory_alerts(std::optional<MemoryAlertType> alert_type) const {
  const std::lock_guard lock(state_->mutex);
  std::vector<MemoryAlert> found = state_->alerts;
  if (alert_type) std::erase_if(found, [&](const MemoryAlert& alert) { return alert.type != *alert_type; });
  return found;
}

void MemoryEfficientPSOTuner::reset_memory_tracking() {
  if (!state_->run) return;
  MemoryState* const memory = memory_of(*state_->run);
  if (memory == nullptr) return;
  const bool is_of_process = memory->newest().address_space >= 0;
  memory->reset_tracking(state_->run->wall_seconds(), is_of_process ? read_process_memory() : MemoryReading());
  state_->look();
}

SimulationOutcome MemoryEfficientPSOTuner::simulate(const std::vector<double>& gains,
                                                    const SimulationObserver& observer) const {
  const ControllerTuning& tuning = state_->config.tuning;
  if (gains.size() != tuning.gains.size()) {
    throw std::invalid_argument("This controller has " + std::to_string(tuning.gains.size()) + " gains, not " +
                                std::to_string(gains.size()) + ".");
  }
  require_within_bounds(gains, tuning);
  const auto controller = tuning.factory ? tuning.factory(gains) : make_controller(tuning.law, gains);
  return skein::simulate(tuning.settings, *controller, observer);
}

std::shared_ptr<const TuningTrajectory> MemoryEfficientPSOTuner::best_trajectory() {
  State& state = *state_;
  if (!state.run) return nullptr;
  const std::vector<double> best = numbers_in(make_result(*state.job, *state.run).best_solution);
  if (best.empty()) return nullptr;
  std::shared_ptr<const TuningTrajectory> found = state.known_trajectory.lock();
  if (found == nullptr || found->gains != best) {
    auto made = std::make_shared<TuningTrajectory>();
    made->gains = best;
    made->outcome = simulate(best, [&](std::size_t, const PendulumState& at, const ControlAction& action) {
      made->states.push_back(at);
      made->forces.push_back(action.force);
    });
    state.kept_trajectory = found = std::move(made);
    state.known_trajectory = found;
    state.look();
  }
  return found;
}

std::vector<Gain> MemoryEfficientPSOTuner::gains() const { return state_->config.tuning.gains; }

}  // namespace skein
