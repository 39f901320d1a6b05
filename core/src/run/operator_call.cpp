#include "run/operator_call.hpp"

#include <algorithm>
#include <optional>

#include "run/globals.hpp"
#include "run/own_arithmetic.hpp"

namespace skein {
namespace {

Rows worked_on_by(const Frame& frame, const PlanStep& step, std::size_t rows) noexcept {
  if (step.only_row == no_index) return {0, rows};
  const std::int64_t row = read_global(frame.slots[step.only_row]->parts()[0]).as_integer();
  if (row < 0 || static_cast<std::size_t>(row) >= rows) return {0, 0};
  return {static_cast<std::size_t>(row), static_cast<std::size_t>(row) + 1};
}

}  // namespace

OperatorCall::OperatorCall(Engine& engine, const Frame& frame, const PlanStep& step, StepState& state)
    : engine_(&engine),
      frame_(&frame),
      step_(&step),
      state_(&state),
      ports_(state.views.refresh()),
      rows_(frame.populations[step.population]->rows),
      worked_on_(worked_on_by(frame, step, rows_)),
      group_rows_(rows_per_group(frame.plan->dimension)),
      needs_groups_(step.kind == PlanStep::Kind::reducing || !step.streams.empty() ||
                    state.views.scratch_part_count() > 0) {}

TileRequest OperatorCall::tiles() const noexcept {
  const std::size_t fixed_rows = engine_->options.tile_rows;
  const std::size_t at_once = fixed_rows == 0 ? std::max<std::size_t>(step_->table->rows_at_once, 1) : 1;
  TileRequest request{rows_, needs_groups_ ? group_rows_ : at_once, fixed_rows, !step_->table->thread_safe};
  const std::size_t batch = step_->counts_evaluations ? engine_->evaluation_rows.load(std::memory_order_relaxed) : 0;
  if (batch == 0) return request;
  request.fixed_rows = batch;
  request.serial = true;
  return request;
}

std::size_t OperatorCall::group_end(std::size_t row) const noexcept {
  return std::min((row / group_rows_ + 1) * group_rows_, rows_);
}

RowContext::Services OperatorCall::services(Rows rows, RowStatus* status) const noexcept {
  RowContext::Services services;
  services.keys = state_->keys;
  services.group = rows.first / group_rows_;
  services.resource = state_->resource.get();
  services.status = status;
  services.finished_until = rows.first;
  return services;
}

void OperatorCall::run_rows(Rows rows, RowContext::Services& services) const {
  Worker& worker = ready_worker();
  services.generators = worker.generators.data();
  RowContext context(rows, services);
  step_->table->run_rows(step_->prepared.get(), worker_ports(worker), context);
}

void OperatorCall::map(Rows rows, std::byte* partial) const {
  Worker& worker = ready_worker();
  RowContext::Services services = this->services(rows, nullptr);
  services.generators = worker.generators.data();
  RowContext context(rows, services);
  step_->table->map(step_->prepared.get(), worker_ports(worker), context, partial);
}

void OperatorCall::guarded(FunctionReference<void()> work) const {
  const OperatorTable& table = *step_->table;
  std::optional<OwnArithmetic> arithmetic;
  if (!table.host_arithmetic) arithmetic.emplace(engine_->options.flush_denormals);
  if (!table.thread_safe) {
    const std::lock_guard alone(engine_->unsafe_operators);
    Arena::isolated(work);
  } else if (table.can_fail || step_->counts_evaluations) {
    Arena::isolated(work);
  } else {
    work();
  }
}

Worker& OperatorCall::ready_worker() const noexcept {
  Worker& worker = engine_->worker(*frame_);
  for (std::size_t i = 0; i < state_->keys.size(); ++i) worker.generators[i].reset();
  return worker;
}

const PortView* OperatorCall::worker_ports(Worker& worker) const noexcept {
  if (state_->views.scratch_part_count() == 0) return ports_;
  state_->views.place_scratch(worker.ports.data(), worker.scratch_parts.data(), worker.scratch.data());
  return worker.ports.data();
}

}  // namespace skein
