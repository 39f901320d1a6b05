#include "skein/run.hpp"

#include <charconv>
#include <exception>
#include <istream>
#include <ostream>
#include <stdexcept>
#include <string>
#include <utility>

#include "journal/journal_state.hpp"
#include "run/checkpoint.hpp"
#include "run/globals.hpp"
#include "run/run_state.hpp"

namespace skein {
namespace {

/// Sets a flag until the end of its scope, however that is left.
class Flagged {
 public:
  explicit Flagged(std::atomic<bool>& flag) : flag_(flag) { flag_.store(true, std::memory_order_relaxed); }
  Flagged(const Flagged&) = delete;
  Flagged& operator=(const Flagged&) = delete;
  ~Flagged() { flag_.store(false, std::memory_order_relaxed); }

 private:
  std::atomic<bool>& flag_;
};

bool is_of_host(StopReason reason) noexcept { return reason == StopReason::interrupted || reason == StopReason::error; }

/// The reason of the first frame below that has one: a root that only enters islands ends for their reason.
StopReason inherited_reason(const Frame& frame) noexcept {
  if (frame.stop_reason != StopReason::none) return frame.stop_reason;
  for (const ChildFrames& frames : frame.children) {
    for (std::size_t i = 0; i < frames.count(); ++i) {
      const StopReason reason = inherited_reason(*frames.frames[i]);
      if (reason != StopReason::none) return reason;
    }
  }
  return StopReason::none;
}

/// Of the first frame that has one.
const std::optional<RunError>& first_failure_in(const Frame& frame) noexcept {
  static const std::optional<RunError> none;
  if (frame.first_failure) return frame.first_failure;
  for (const ChildFrames& frames : frame.children) {
    for (const auto& child : frames.frames) {
      if (const auto& failure = first_failure_in(*child)) return failure;
    }
  }
  return none;
}

/// The frames that the step calls, or null.
const ChildFrames* called_frames(const Frame& frame, const PlanStep& step) noexcept {
  for (const PlanBinding& port : step.ports) {
    if (port.kind == PlanBinding::Kind::callable) return &frame.children[port.child];
  }
  return nullptr;
}

/// Steps of one frame per child plan stand for those of its other frames.
void list_serial_steps(const Frame& frame, bool may_be_parallel, const std::string& prefix,
                       std::vector<SerialStep>& found) {
  for (std::size_t i = 0; i < frame.steps.size(); ++i) {
    const PlanStep& step = frame.plan->steps[i];
    const bool has_rows = step.kind == PlanStep::Kind::row || step.kind == PlanStep::Kind::reducing;
    if (step.kind == PlanStep::Kind::children && !frame.children[step.child].frames.empty()) {
      list_serial_steps(*frame.children[step.child].frames.front(), may_be_parallel, prefix + step.path + "/", found);
    } else if (const ChildFrames* called = called_frames(frame, step)) {
      list_serial_steps(*called->frames.front(), false, prefix + step.path + "/", found);
    } else if (step.only_row != no_index) {
      found.push_back({prefix + step.path, "its rows are worked on one after another"});
    } else if (has_rows && !step.table->thread_safe) {
      found.push_back({prefix + step.path, "the operator is not thread-safe"});
    } else if (has_rows && may_be_parallel && frame.steps[i].visits > 0 && !frame.steps[i].cost.ran_parallel) {
      found.push_back({prefix + step.path, "less than 50 µs of work, or a single row group"});
    }
  }
}

std::optional<PortView> find_variable(const Frame& frame, std::string_view name);

/// A name that starts with "path[instance]/", the place of a frame.
std::optional<PortView> find_in_children(const Frame& frame, std::string_view name) {
  for (const PlanStep& step : frame.plan->steps) {
    if (step.kind != PlanStep::Kind::children || !name.starts_with(step.path + "[")) continue;
    const std::string_view rest = name.substr(step.path.size() + 1);
    std::size_t instance = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), instance);
    const std::string_view inner = rest.substr(static_cast<std::size_t>(end - rest.data()));
    const ChildFrames& frames = frame.children[step.child];
    if (error != std::errc{} || !inner.starts_with("]/") || instance >= frames.count()) continue;
    return find_variable(*frames.frames[instance], inner.substr(2));
  }
  return std::nullopt;
}

std::optional<PortView> find_variable(const Frame& frame, std::string_view name) {
  for (std::size_t i = 0; i < frame.slots.size(); ++i) {
    if (frame.plan->variables[i].name != name) continue;
    PortView view;
    view.bound = true;
    view.parts = frame.slots[i]->parts().data();
    view.part_count = frame.slots[i]->parts().size();
    view.rows = frame.rows_of(i);
    view.object = frame.slots[i]->object();
    return view;
  }
  return find_in_children(frame, name);
}

}  // namespace

Run::State::State(std::shared_ptr<const Plan> run_plan, const RunOptions& options)
    : plan(std::move(run_plan)), engine(options), root(std::make_unique<Frame>(*plan)) {
  reserve_workers(engine, *root);
}

void Run::State::finish() noexcept {
  state = RunState::finished;
  if (root->stop_reason == StopReason::none) root->stop_reason = inherited_reason(*root);
  if (root->stop_reason == StopReason::none) root->stop_reason = StopReason::completed;
}

RunState Run::State::advance(Advance how) {
  return go_on([&] {
    if (how == Advance::to_end) return run_frame(engine, *root);
    return how == Advance::one_step ? run_watched_step(engine, *root) : run_node(engine, *root);
  });
}

RunState Run::State::advance_until(FunctionReference<bool()> is_enough) {
  return go_on([&] { return run_frame_until(engine, *root, is_enough); });
}

RunState Run::State::advance_iterations(std::uint64_t count) {
  if (plan->iterations_variable == no_index) return advance(Advance::to_end);
  const ColumnView& iterations = root->slots[plan->iterations_variable]->parts()[0];
  const auto counted = [&] { return static_cast<std::uint64_t>(read_global(iterations).as_integer()); };
  const std::uint64_t first = counted();
  return go_on([&] { return run_frame_until(engine, *root, [&] { return counted() - first >= count; }); });
}

void Run::State::check_is_still() const {
  if (goes_on_.load(std::memory_order_relaxed)) {
    throw std::logic_error("a step of this run is going on: what it calls cannot advance, save or restore the run");
  }
}

RunState Run::State::go_on(FunctionReference<Outcome()> work) {
  check_is_still();
  if (state == RunState::finished) return state;
  const Flagged flagged(goes_on_);
  ++generation;
  error.reset();
  root->error.reset();
  engine.watch.stopped_at.reset();
  engine.watch.has_stopped.store(false, std::memory_order_relaxed);
  if (engine.stop_requested.load(std::memory_order_relaxed)) return stop();
  engine.pause_reason.store(StopReason::none, std::memory_order_relaxed);
  if (engine.options.journal != nullptr) engine.options.journal->state().has_failed = false;
  engine.clock.start();
  Outcome outcome = Outcome::done;
  engine.arena.enter([&] {
    if (at_end()) return;
    outcome = work();
  });
  if (engine.watch.has_stopped.load(std::memory_order_relaxed)) engine.watch.stopped_at = stopped_node(*root);
  const bool is_stopped = engine.stop_requested.load(std::memory_order_relaxed);
  engine.pause_requested.store(false, std::memory_order_relaxed);
  state = RunState::ready;
  if (outcome == Outcome::pending) state = RunState::pending;
  if (outcome == Outcome::failed) {
    state = RunState::failed;
    error = root->error;
  }
  if (at_end()) finish();
  if (is_stopped && state != RunState::finished) stop();
  if (engine.watch.thrown) std::rethrow_exception(std::exchange(engine.watch.thrown, nullptr));
  return state;
}

RunState Run::State::stop() noexcept {
  if (root->stop_reason != StopReason::error) root->stop_reason = StopReason::interrupted;
  return state = RunState::finished;
}

Run::Run(std::shared_ptr<const Plan> plan, const RunOptions& options) {
  if (plan == nullptr) throw std::invalid_argument("a run of no plan: what was prepared had errors");
  state_ = std::make_unique<State>(std::move(plan), options);
  // It comes to the evaluations of runs before it.
  if (options.journal != nullptr) options.journal->state().learn_again();
}
Run::~Run() = default;
Run::Run(Run&&) noexcept = default;
Run& Run::operator=(Run&&) noexcept = default;

RunState Run::advance(Advance how) {
  state_->engine.watch.run = this;
  return state_->advance(how);
}

RunState Run::advance_iterations(std::uint64_t count) {
  state_->engine.watch.run = this;
  return state_->advance_iterations(count);
}

RunState Run::advance_until(const std::function<bool(const RunReader&)>& is_enough) {
  if (!is_enough) throw std::invalid_argument("advance_until needs a function");
  state_->engine.watch.run = this;
  std::exception_ptr thrown;
  const auto asked = [&] {
    try {
      return is_enough(RunReader(*this, ""));
    } catch (...) {
      thrown = std::current_exception();
      return true;
    }
  };
  const RunState state = state_->advance_until(asked);
  if (thrown) std::rethrow_exception(thrown);
  return state;
}

void Run::request_pause() noexcept { state_->engine.pause_requested.store(true, std::memory_order_relaxed); }

void Run::request_stop() noexcept {
  state_->engine.stop_requested.store(true, std::memory_order_relaxed);
  request_pause();
}
RunState Run::state() const noexcept { return state_->state; }
const std::optional<RunError>& Run::error() const noexcept { return state_->error; }

void Run::set_stop_reason(StopReason reason) noexcept {
  StopReason& noted = state_->root->stop_reason;
  const bool by_host = is_of_host(noted);
  // A limit that the graph noted before it went on is not why the run ends now.
  if (noted == StopReason::none || (!by_host && state() != RunState::finished)) noted = reason;
}

StopReason Run::stop_reason() const noexcept {
  const StopReason pause = state_->engine.pause_reason.load(std::memory_order_relaxed);
  return pause != StopReason::none ? pause : state_->root->stop_reason;
}
std::uint64_t Run::evaluations() const noexcept { return state_->root->total().evaluations; }

std::optional<std::uint64_t> Run::evaluations_to_target() const noexcept {
  return state_->root->total().evaluations_to_target;
}

std::uint64_t Run::failed_evaluations() const noexcept { return state_->root->total().failed_evaluations; }
const std::optional<RunError>& Run::first_failure() const noexcept { return first_failure_in(*state_->root); }
double Run::wall_seconds() const noexcept { return state_->engine.clock.evaluated_seconds(); }
std::uint64_t Run::seed() const noexcept { return state_->engine.options.seed; }
std::size_t Run::threads() const noexcept { return state_->engine.arena.threads(); }

std::vector<SerialStep> Run::serial_steps() const {
  std::vector<SerialStep> found;
  list_serial_steps(*state_->root, threads() > 1, "", found);
  return found;
}

std::vector<MemoryRecovery> Run::recoveries() const { return state_->engine.recoveries.first(); }
std::uint64_t Run::recovery_count() const noexcept { return state_->engine.recoveries.count(); }

std::optional<PortView> Run::variable(std::string_view name) const { return find_variable(*state_->root, name); }
const Plan& Run::plan() const noexcept { return *state_->plan; }

void Run::checkpoint(std::ostream& stream) const {
  state_->check_is_still();
  write_checkpoint(stream, *state_);
}

bool Run::restore(std::istream& stream, Diagnostics& diagnostics) {
  state_->check_is_still();
  if (!read_checkpoint(stream, *state_, diagnostics)) return false;
  // Why the host had the run end that was saved is no reason of the one that goes on.
  StopReason& noted = state_->root->stop_reason;
  if (state() != RunState::finished && is_of_host(noted)) noted = StopReason::none;
  const auto& journal = state_->engine.options.journal;
  if (journal != nullptr) journal->state().learn_again();
  return true;
}

}  // namespace skein
