#include "run/row_pass.hpp"

#include <algorithm>

#include "exception_text.hpp"
#include "run/journaled_rows.hpp"
#include "state/evaluator_calls.hpp"

namespace skein {

void RowFailures::add(std::size_t row, std::string message, bool out_of_memory, bool in_call) {
  if (in_call) in_call_.store(true, std::memory_order_relaxed);
  if (out_of_memory) out_of_memory_.store(true, std::memory_order_relaxed);
  const std::lock_guard lock(mutex_);
  if (row >= lowest()) return;
  message_ = std::move(message);
  lowest_.store(row, std::memory_order_relaxed);
}

bool RowFailures::any() const noexcept { return lowest() != static_cast<std::size_t>(-1); }

std::size_t RowPass::run_tile(std::size_t first, std::size_t last) {
  std::size_t worked = 0;
  for (std::size_t row = first; row < last;) {
    if (!is_open(row)) {
      ++row;
      continue;
    }
    // Rows above a failed one would be paid for in vain.
    if ((stops_at_failure_ && row > failures_.lowest()) || is_interrupted()) break;
    if (journal_ != nullptr && journal_->has_error()) break;
    const Rows rows{row, end_of_run(row, last)};
    worked += rows.count();
    row = run_rows(rows);
  }
  return worked;
}

bool RowPass::is_open(std::size_t row) const noexcept {
  return status_[row] == RowStatus::pending || (asks_in_flight_ && status_[row] == RowStatus::in_flight);
}

std::size_t RowPass::end_of_run(std::size_t row, std::size_t last) const noexcept {
  if (!call_->reports_rows()) return row + 1;
  if (call_->needs_groups()) last = std::min(last, call_->group_end(row));
  while (row < last && is_open(row)) ++row;
  return row;
}

/// Returns the row to go on with.
std::size_t RowPass::run_rows(Rows rows) {
  RowContext::Services services = call_->services(rows, status_.data());
  services.listener = journal_;
  std::size_t next = rows.last;
  try {
    call_->run_rows(rows, services);
    let_wait({rows.first, services.finished_until});
    finish(services.finished_until, rows.last);
  } catch (const CallInterrupted&) {
    interrupted_.store(true, std::memory_order_relaxed);
    finish(rows.first, services.finished_until);
    let_wait(rows);
  } catch (const CallFailed& failure) {
    next = fail(services.finished_until, rows, failure.out_of_memory, true) + 1;
    let_wait(rows);
  } catch (...) {
    next = fail(services.finished_until, rows, current_exception_is_bad_alloc(), false) + 1;
    let_wait(rows);
  }
  for (std::size_t row = rows.first; journal_ != nullptr && row < rows.last; ++row) {
    if (status_[row] == RowStatus::done) journal_->written(row);
  }
  return next;
}

/// Written without branches, so that it costs nothing per row.
void RowPass::finish(std::size_t first, std::size_t last) noexcept {
  for (std::size_t row = first; row < last; ++row) {
    status_[row] = status_[row] == RowStatus::deferred ? RowStatus::in_flight : RowStatus::done;
  }
}

void RowPass::let_wait(Rows rows) noexcept {
  for (std::size_t row = rows.first; row < rows.last; ++row) {
    if (status_[row] == RowStatus::deferred) status_[row] = RowStatus::in_flight;
  }
}

/// The failure belongs to the first row that is neither finished nor deferred.
std::size_t RowPass::fail(std::size_t finished_until, Rows rows, bool out_of_memory, bool in_call) {
  std::size_t row = finished_until;
  while (row < rows.last && status_[row] == RowStatus::deferred) ++row;
  row = std::min(row, rows.last - 1);
  status_[row] = RowStatus::failed;
  failures_.add(row, current_exception_text(), out_of_memory, in_call);
  return row;
}

}  // namespace skein
