// Row operators that can fail or wait: they write a shadow of their out ports, which becomes the content when all rows
// are done. What is done stays done, so that a failure rolls forward and nothing is computed twice.
#include <algorithm>
#include <limits>
#include <string>

#include "run/engine.hpp"
#include "run/operator_call.hpp"

namespace skein {
namespace {

/// The lowest row that failed in one pass, whatever the order in which failures come.
class Failures {
 public:
  void add(std::size_t row, std::string message) {
    const std::lock_guard lock(mutex_);
    if (row >= lowest_.load(std::memory_order_relaxed)) return;
    message_ = std::move(message);
    lowest_.store(row, std::memory_order_relaxed);
  }
  [[nodiscard]] bool any() const noexcept { return lowest() != std::numeric_limits<std::size_t>::max(); }
  [[nodiscard]] std::size_t lowest() const noexcept { return lowest_.load(std::memory_order_relaxed); }
  [[nodiscard]] const std::string& message() const noexcept { return message_; }

 private:
  std::atomic<std::size_t> lowest_ = std::numeric_limits<std::size_t>::max();
  std::mutex mutex_;
  std::string message_;
};

/// One pass over all rows that are open.
class Pass {
 public:
  Pass(const OperatorCall& call, std::span<RowStatus> status, bool asks_in_flight, bool stops_at_failure)
      : call_(&call), status_(status), asks_in_flight_(asks_in_flight), stops_at_failure_(stops_at_failure) {}

  /// Calls the operator for every maximal run of open rows; returns how many rows these were.
  std::size_t run_tile(std::size_t first, std::size_t last) {
    std::size_t worked = 0;
    for (std::size_t row = first; row < last;) {
      if (!is_open(row)) {
        ++row;
        continue;
      }
      // Rows above a failed one would be paid for in vain.
      if (stops_at_failure_ && row > failures_.lowest()) break;
      const Rows rows{row, end_of_run(row, last)};
      worked += rows.count();
      row = run_rows(rows);
    }
    return worked;
  }

  [[nodiscard]] const Failures& failures() const noexcept { return failures_; }

 private:
  [[nodiscard]] bool is_open(std::size_t row) const noexcept {
    return status_[row] == RowStatus::pending || (asks_in_flight_ && status_[row] == RowStatus::in_flight);
  }

  [[nodiscard]] std::size_t end_of_run(std::size_t row, std::size_t last) const noexcept {
    if (!call_->reports_rows()) return row + 1;
    if (call_->needs_groups()) last = std::min(last, call_->group_end(row));
    while (row < last && is_open(row)) ++row;
    return row;
  }

  /// Returns the row to go on with.
  std::size_t run_rows(Rows rows) {
    RowContext::Services services = call_->services(rows, status_.data());
    std::size_t next = rows.last;
    try {
      call_->run_rows(rows, services);
      finish(services.finished_until, rows.last);
    } catch (...) {
      next = fail(services.finished_until, rows) + 1;
    }
    const auto begin = status_.begin() + static_cast<std::ptrdiff_t>(rows.first);
    std::replace(begin, begin + static_cast<std::ptrdiff_t>(rows.count()), RowStatus::deferred, RowStatus::in_flight);
    return next;
  }

  void finish(std::size_t first, std::size_t last) noexcept {
    for (std::size_t row = first; row < last; ++row) {
      if (status_[row] != RowStatus::deferred) status_[row] = RowStatus::done;
    }
  }

  /// The failure belongs to the first row that is neither finished nor deferred.
  std::size_t fail(std::size_t finished_until, Rows rows) {
    std::size_t row = finished_until;
    while (row < rows.last && status_[row] == RowStatus::deferred) ++row;
    row = std::min(row, rows.last - 1);
    status_[row] = RowStatus::failed;
    failures_.add(row, current_exception_text());
    return row;
  }

  const OperatorCall* call_;
  std::span<RowStatus> status_;
  bool asks_in_flight_;
  bool stops_at_failure_;
  Failures failures_;
};

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

/// What a pass with failures comes to under the run's policy.
enum class Reaction : std::uint8_t { go_on, try_again, give_up };

Reaction react(const Engine& engine, Frame& frame, const PlanStep& step, StepState& state) noexcept {
  StepProgress& progress = frame.progress;
  if (engine.options.on_error == ErrorPolicy::worst && step.fitness_port != no_index) {
    accept_worst(frame, step, state);
    return Reaction::go_on;
  }
  if (engine.options.on_error == ErrorPolicy::retry && progress.retries < engine.options.retries) {
    ++progress.retries;
    reopen_failed(progress.rows());
    return Reaction::try_again;
  }
  return Reaction::give_up;
}

RunError error_of(const Frame& frame, const PlanStep& step, const StepState& state, const Failures& failures,
                  bool stopped_at_failure) {
  const auto status = frame.progress.rows();
  const auto failed = static_cast<std::size_t>(std::ranges::count(status, RowStatus::failed));
  // How many more rows were tried before the failure was known depends on the threads.
  return {step.path, failures.message(), failures.lowest(), stopped_at_failure ? 1 : failed, state.visits};
}

}  // namespace

Outcome run_failing_row_step(Engine& engine, Frame& frame, const PlanStep& step, StepState& state) {
  const OperatorCall call(engine, frame, step, state);
  StepProgress& progress = frame.progress;
  if (!progress.active) progress.begin(call.rows());
  reopen_failed(progress.rows());
  const bool stops_at_failure = engine.options.on_error != ErrorPolicy::retry &&
                                (engine.options.on_error == ErrorPolicy::abort || step.fitness_port == no_index);
  for (bool asks_in_flight = true;; asks_in_flight = false) {
    Pass pass(call, progress.rows(), asks_in_flight, stops_at_failure);
    for_each_tile(engine.arena, state.cost, call.tiles(), [&](std::size_t first, std::size_t last) {
      std::size_t worked = 0;
      call.guarded([&] { worked = pass.run_tile(first, last); });
      return worked;
    });
    const Reaction reaction = pass.failures().any() ? react(engine, frame, step, state) : Reaction::go_on;
    if (reaction == Reaction::go_on) break;
    if (reaction == Reaction::try_again) continue;
    progress.retries = 0;
    frame.error = error_of(frame, step, state, pass.failures(), stops_at_failure);
    return Outcome::failed;
  }
  const auto is_done = [](RowStatus status) { return status == RowStatus::done; };
  if (!std::ranges::all_of(progress.rows(), is_done)) return Outcome::pending;
  for (Slot* slot : state.shadowed) slot->commit_shadow();
  progress.active = false;
  return Outcome::done;
}

}  // namespace skein
