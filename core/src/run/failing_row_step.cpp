// Row operators that can fail or wait: they write a shadow of their out ports, which becomes the content when all rows
// are done. What is done stays done, so that a failure rolls forward and nothing is computed twice.
#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "run/failing_row_step.hpp"
#include "state/evaluator_calls.hpp"

namespace skein {
namespace {

void leave_out_others(std::span<RowStatus> status, Rows worked_on) noexcept {
  std::fill(status.begin(), status.begin() + static_cast<std::ptrdiff_t>(worked_on.first), RowStatus::done);
  std::fill(status.begin() + static_cast<std::ptrdiff_t>(worked_on.last), status.end(), RowStatus::done);
}

void reopen_failed(std::span<RowStatus> status) noexcept {
  std::ranges::replace(status, RowStatus::failed, RowStatus::pending);
}

/// Gives failed rows the worst fitness, and initial values in their other outputs.
void accept_worst(Frame& frame, const PlanStep& step, const StepState& state) noexcept {
  const ColumnView& fitness = frame.slots[step.ports[step.fitness_port].index]->shadow_parts()[0];
  std::span<RowStatus> status = frame.progress.rows();
  for (std::size_t row = 0; row < status.size(); ++row) {
    if (status[row] != RowStatus::failed) continue;
    for (Slot* slot : state.shadowed) slot->reset_shadow_row(row);
    auto* numbers = reinterpret_cast<double*>(row_data(fitness, row));
    numbers[0] = 0.0;
    std::fill(numbers + 1, numbers + fitness.width, std::numeric_limits<double>::infinity());
    status[row] = RowStatus::done;
    ++frame.counters.failed_evaluations;
  }
}

RunError error_of(const Frame& frame, const PlanStep& step, const StepState& state, const RowFailures& failures,
                  bool stopped_at_failure) {
  const auto status = frame.progress.rows();
  const auto failed = static_cast<std::size_t>(std::ranges::count(status, RowStatus::failed));
  // How many more rows were tried before the failure was known depends on the threads.
  return {step.path,    failures.message(),      failures.lowest(), stopped_at_failure ? 1 : failed,
          state.visits, failures.out_of_memory()};
}

using Reaction = FailingRowStep::Reaction;

Reaction react(const Engine& engine, Frame& frame, const PlanStep& step, StepState& state,
               const RowFailures& failures) {
  StepProgress& progress = frame.progress;
  // Of an evaluation that the operator asked for: it is none that failed.
  const auto& journal = engine.options.journal;
  if (journal != nullptr && journal->state().has_failed.load(std::memory_order_relaxed)) return Reaction::give_up;
  if (engine.options.on_error == ErrorPolicy::worst && step.fitness_port != no_index) {
    if (!frame.first_failure) frame.first_failure = error_of(frame, step, state, failures, false);
    accept_worst(frame, step, state);
    return Reaction::go_on;
  }
  // What a call could not do was tried again within the call.
  const bool can_retry = engine.options.on_error == ErrorPolicy::retry && !failures.in_call();
  if (can_retry && progress.retries < engine.options.retries) {
    ++progress.retries;
    reopen_failed(progress.rows());
    return Reaction::try_again;
  }
  return Reaction::give_up;
}

}  // namespace

FailingRowStep::FailingRowStep(Engine& engine, Frame& frame, const PlanStep& step, StepState& state)
    : engine_(&engine),
      frame_(&frame),
      step_(&step),
      state_(&state),
      call_(engine, frame, step, state),
      stops_at_failure_(engine.options.on_error != ErrorPolicy::retry &&
                        (engine.options.on_error == ErrorPolicy::abort || step.fitness_port == no_index)) {
  const bool begins = !frame.progress.active;
  if (begins) {
    frame.progress.begin(call_.rows());
    leave_out_others(frame.progress.rows(), call_.worked_on());
  }
  if (!frame.progress.told) reopen_failed(frame.progress.rows());
  for_each_call([&](EvaluatorCalls& calls) { calls.enter(engine, step.path, state.visits, begins); });
  if (!is_journaled(engine, step)) return;
  journal_.emplace(engine.options.journal->state(), frame, step, state, call_.ports(), call_.worked_on(), begins);
  frame.counters.failed_evaluations += journal_->take_open(frame.progress.rows());
}

/// Over what stands behind callable ports.
template <class Work>
void FailingRowStep::for_each_call(Work work) const {
  for (const PlanBinding& port : step_->ports) {
    if (port.kind == PlanBinding::Kind::callable) work(*frame_->children[port.child].calls);
  }
}

RowPass FailingRowStep::pass() noexcept {
  return {call_, frame_->progress.rows(), asks_in_flight_, stops_at_failure_, journal_ ? &*journal_ : nullptr};
}

FailingRowStep::Reaction FailingRowStep::react_to(const RowFailures& failures) {
  // A call fails as a whole: the step around it knows more that can be given up.
  const bool is_short = failures.out_of_memory() && engine_->options.emergency_recovery && frame_->call_depth == 0;
  if (!is_short || has_recovered_) {
    const Reaction reaction = react(*engine_, *frame_, *step_, *state_, failures);
    return is_short && reaction == Reaction::give_up ? Reaction::pause : reaction;
  }
  has_recovered_ = true;
  engine_->recoveries.add(step_->path, state_->visits, give_up_memory(*engine_, *frame_));
  reopen_failed(frame_->progress.rows());
  return Reaction::try_again;
}

std::optional<Outcome> FailingRowStep::settle(const RowPass& pass) {
  StepProgress& progress = frame_->progress;
  if (journal_) journal_->note_failed(progress.rows());
  const Reaction reaction = pass.failures().any() ? react_to(pass.failures()) : Reaction::go_on;
  asks_in_flight_ = false;
  if (journal_ && !journal_->record_rest(progress.rows())) return fail_to_record();
  if (reaction == Reaction::try_again) return std::nullopt;
  if (reaction == Reaction::pause) {
    progress.retries = 0;
    pause_for_memory(*engine_, *frame_);
    return Outcome::paused;
  }
  if (reaction == Reaction::give_up) {
    progress.retries = 0;
    frame_->error = error_of(*frame_, *step_, *state_, pass.failures(), stops_at_failure_);
    return Outcome::failed;
  }
  const auto is_done = [](RowStatus status) { return status == RowStatus::done; };
  if (!std::ranges::all_of(progress.rows(), is_done)) return pass.is_interrupted() ? Outcome::paused : Outcome::pending;
  if (journal_ && !journal_->synchronize()) return fail_to_record();
  for_each_call([&](EvaluatorCalls& calls) { calls.count(call_.worked_on()); });
  for (Slot* slot : state_->shadowed) {
    if (call_.is_about_all()) {
      slot->commit_shadow();
    } else {
      slot->commit_shadow_rows(call_.worked_on());
    }
  }
  progress.active = false;
  return Outcome::done;
}

std::optional<Outcome> FailingRowStep::settle_told() {
  std::optional<ToldFailure> told = std::exchange(frame_->progress.told, std::nullopt);
  if (!told) return std::nullopt;
  RowPass pass = this->pass();
  pass.add_failure(told->row, std::move(told->message));
  // All failed rows are known: nothing was left out.
  const bool stops = std::exchange(stops_at_failure_, false);
  const std::optional<Outcome> outcome = settle(pass);
  stops_at_failure_ = stops;
  asks_in_flight_ = true;
  return outcome == Outcome::pending ? std::nullopt : outcome;
}

/// What is done stays so, and is recorded when the step goes on.
Outcome FailingRowStep::fail_to_record() {
  frame_->progress.retries = 0;
  frame_->error = journal_->error();
  return Outcome::failed;
}

Outcome FailingRowStep::run() {
  if (const std::optional<Outcome> outcome = settle_told()) return *outcome;
  while (true) {
    for_each_call([](EvaluatorCalls& calls) { calls.rewind(); });
    RowPass pass = this->pass();
    if (!call_.is_about_all()) {
      call_.guarded([&] { pass.run_tile(call_.worked_on().first, call_.worked_on().last); });
      if (const std::optional<Outcome> outcome = settle(pass)) return *outcome;
      continue;
    }
    for_each_tile(engine_->arena, state_->cost, call_.tiles(), [&](std::size_t first, std::size_t last) {
      std::size_t worked = 0;
      call_.guarded([&] { worked = pass.run_tile(first, last); });
      return worked;
    });
    if (const std::optional<Outcome> outcome = settle(pass)) return *outcome;
  }
}

Outcome run_failing_row_step(Engine& engine, Frame& frame, const PlanStep& step, StepState& state) {
  return FailingRowStep(engine, frame, step, state).run();
}

}  // namespace skein
