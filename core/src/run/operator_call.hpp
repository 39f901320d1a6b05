// OperatorCall: calling one operator for some rows of a step, from any thread of the arena.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>

#include "run/engine.hpp"
#include "run/services.hpp"

namespace skein {

/// What the calls of one visit of a row step or a reducing step have in common.
class OperatorCall {
 public:
  OperatorCall(Engine& engine, const Frame& frame, const PlanStep& step, StepState& state);

  /// Rows of the population now.
  [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
  /// The rows that this visit is about: all, or one.
  [[nodiscard]] Rows worked_on() const noexcept { return worked_on_; }
  [[nodiscard]] bool is_about_all() const noexcept { return step_->only_row == no_index; }
  [[nodiscard]] std::size_t group_rows() const noexcept { return group_rows_; }
  /// Whether the operator must be called with the rows of one row group at a time.
  [[nodiscard]] bool needs_groups() const noexcept { return needs_groups_; }
  /// Whether the operator, which can fail, takes many rows at once.
  [[nodiscard]] bool reports_rows() const noexcept { return step_->table->reports_rows; }
  [[nodiscard]] TileRequest tiles() const noexcept;
  [[nodiscard]] const PortView* ports() const noexcept { return ports_; }
  /// The end of the row group that `row` is in.
  [[nodiscard]] std::size_t group_end(std::size_t row) const noexcept;

  /// Calls `run_rows`. `status` is null for an operator that cannot fail. The services are left as the operator left
  /// them, also when it throws.
  void run_rows(Rows rows, RowContext::Services& services) const;
  /// Calls `map`.
  void map(Rows rows, std::byte* partial) const;

  [[nodiscard]] RowContext::Services services(Rows rows, RowStatus* status) const noexcept;

  /// Runs `work`, apart from other work where the operator is foreign code, alone where it is not thread-safe, and in
  /// the floating-point environment that the operator is meant for.
  void guarded(FunctionReference<void()> work) const;

 private:
  Worker& ready_worker() const noexcept;
  [[nodiscard]] const PortView* worker_ports(Worker& worker) const noexcept;

  Engine* engine_;
  const Frame* frame_;
  const PlanStep* step_;
  StepState* state_;
  const PortView* ports_;
  std::size_t rows_;
  Rows worked_on_;
  std::size_t group_rows_;
  bool needs_groups_;
};

}  // namespace skein
