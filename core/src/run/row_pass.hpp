// RowPass: one go over the open rows of a row operator that can fail or wait.
#pragma once

#include <atomic>
#include <cstddef>
#include <mutex>
#include <span>
#include <string>
#include <utility>

#include "run/operator_call.hpp"
#include "state/step_state.hpp"

namespace skein {

/// The lowest row that failed in one pass, whatever the order in which failures come.
class RowFailures {
 public:
  /// `in_call`: an evaluation failed that the operator itself asked for.
  void add(std::size_t row, std::string message, bool out_of_memory, bool in_call);
  [[nodiscard]] bool any() const noexcept;
  [[nodiscard]] std::size_t lowest() const noexcept { return lowest_.load(std::memory_order_relaxed); }
  [[nodiscard]] const std::string& message() const noexcept { return message_; }
  /// Whether any row failed for want of memory.
  [[nodiscard]] bool out_of_memory() const noexcept { return out_of_memory_.load(std::memory_order_relaxed); }
  [[nodiscard]] bool in_call() const noexcept { return in_call_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::size_t> lowest_ = static_cast<std::size_t>(-1);
  std::atomic<bool> out_of_memory_ = false;
  std::atomic<bool> in_call_ = false;
  std::mutex mutex_;
  std::string message_;
};

class JournaledRows;

class RowPass {
 public:
  /// `journal`: null, or what keeps the rows.
  RowPass(const OperatorCall& call, std::span<RowStatus> status, bool asks_in_flight, bool stops_at_failure,
          JournaledRows* journal)
      : call_(&call),
        status_(status),
        asks_in_flight_(asks_in_flight),
        stops_at_failure_(stops_at_failure),
        journal_(journal) {}

  /// Calls the operator for every maximal run of open rows; returns how many rows these were.
  std::size_t run_tile(std::size_t first, std::size_t last);

  [[nodiscard]] const RowFailures& failures() const noexcept { return failures_; }
  /// Whether a row was left open because the run is to pause.
  [[nodiscard]] bool is_interrupted() const noexcept { return interrupted_.load(std::memory_order_relaxed); }

  /// A failure that was known before the pass.
  void add_failure(std::size_t row, std::string message) { failures_.add(row, std::move(message), false, false); }

 private:
  [[nodiscard]] bool is_open(std::size_t row) const noexcept;
  [[nodiscard]] std::size_t end_of_run(std::size_t row, std::size_t last) const noexcept;
  std::size_t run_rows(Rows rows);
  void finish(std::size_t first, std::size_t last) noexcept;
  void let_wait(Rows rows) noexcept;
  std::size_t fail(std::size_t finished_until, Rows rows, bool out_of_memory, bool in_call);

  const OperatorCall* call_;
  std::span<RowStatus> status_;
  bool asks_in_flight_;
  bool stops_at_failure_;
  JournaledRows* journal_;
  RowFailures failures_;
  std::atomic<bool> interrupted_ = false;
};

}  // namespace skein
