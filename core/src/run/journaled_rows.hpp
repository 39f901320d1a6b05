// JournaledRows: the rows of one visit of an evaluator, and what the journal of the run says of them.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "journal/journal_state.hpp"
#include "run/services.hpp"
#include "skein/context.hpp"
#include "skein/run.hpp"
#include "state/frame.hpp"

namespace skein {

/// Rows may be looked up and recorded from several threads, each row from one at a time.
class JournaledRows final : public RowListener {
 public:
  /// `ports` are those that the operator is called with. `begins`: nothing is recorded of this visit yet.
  JournaledRows(EvaluationJournal::State& journal, Frame& frame, const PlanStep& step, const StepState& state,
                const PortView* ports, Rows rows, bool begins);

  /// Writes the outputs of a row that the journal knows.
  [[nodiscard]] Known take(std::size_t row);
  /// Takes the open rows that the journal knows, which are then done; returns how many of them failed.
  std::size_t take_open(std::span<RowStatus> status);

  [[nodiscard]] bool is_recorded(std::size_t row) const noexcept { return memory_->is_recorded[row] != 0; }
  /// Records a row that is done.
  void written(std::size_t row) noexcept override { record(row, false); }
  void record(std::size_t row, bool failed) noexcept;

  /// Notes which rows have failed, in case they are accepted with the worst fitness.
  void note_failed(std::span<const RowStatus> status) noexcept;
  /// Records what is done and not recorded. False when a record cannot be written.
  [[nodiscard]] bool record_rest(std::span<const RowStatus> status) noexcept;
  /// Waits until all is on the disk. False when it is not.
  [[nodiscard]] bool synchronize() noexcept;

  [[nodiscard]] bool has_error() const noexcept { return error_.load(std::memory_order_relaxed) != 0; }
  [[nodiscard]] RunError error() const;

 private:
  [[nodiscard]] EvaluationKey key_of(std::size_t row) const noexcept;
  [[nodiscard]] std::uint64_t hash_of_row(std::size_t row) const noexcept;
  /// Calls `visit(bytes, size)` for the outputs of a row, part after part.
  template <class Visit>
  void for_each_output(std::size_t row, Visit visit) const;

  EvaluationJournal::State* journal_;
  Frame* frame_;
  const PlanStep* step_;
  const StepState* state_;
  const PortView* ports_;
  Rows rows_;
  JournalMemory* memory_;
  std::uint64_t number_;
  std::uint64_t common_input_;
  std::size_t output_bytes_ = 0;
  std::atomic<int> error_ = 0;
};

}  // namespace skein
