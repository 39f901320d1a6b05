// Reducing operators: one partial result per row group, combined in the order of the groups.
#include "run/engine.hpp"
#include "run/operator_call.hpp"

namespace skein {
namespace {

/// Combines the partial results into the first one.
const std::byte* combine(const PlanStep& step, std::byte* partials, std::size_t count, std::size_t stride) {
  for (std::size_t group = 1; group < count; ++group) {
    step.table->combine(step.prepared.get(), partials, partials + group * stride);
  }
  return count == 0 ? nullptr : partials;
}

}  // namespace

Outcome run_reducing_step(Engine& engine, Frame& frame, const PlanStep& step, StepState& state) {
  const OperatorCall call(engine, frame, step, state);
  std::byte* const partials = frame.partials.data();
  const std::size_t stride = state.partial_stride;
  for_each_tile(engine.arena, state.cost, call.tiles(), [&](std::size_t first, std::size_t last) {
    call.guarded([&] {
      for (std::size_t row = first; row < last; row = call.group_end(row)) {
        call.map({row, call.group_end(row)}, partials + row / call.group_rows() * stride);
      }
    });
    return last - first;
  });
  finish_reducing_step(call, frame, step, state);
  return Outcome::done;
}

void finish_reducing_step(const OperatorCall& call, Frame& frame, const PlanStep& step, const StepState& state) {
  const std::size_t groups = (call.rows() + call.group_rows() - 1) / call.group_rows();
  call.guarded([&] {
    const std::byte* total = combine(step, frame.partials.data(), groups, state.partial_stride);
    step.table->finish(step.prepared.get(), call.ports(), total);
  });
}

}  // namespace skein
