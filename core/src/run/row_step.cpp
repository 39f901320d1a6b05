// Row operators that cannot fail work in place.
#include "run/engine.hpp"
#include "run/operator_call.hpp"

namespace skein {
namespace {

void run_tile(const OperatorCall& call, std::size_t first, std::size_t last) {
  while (first < last) {
    const Rows rows{first, call.needs_groups() ? call.group_end(first) : last};
    RowContext::Services services = call.services(rows, nullptr);
    call.run_rows(rows, services);
    first = rows.last;
  }
}

}  // namespace

Outcome run_row_step(Engine& engine, Frame& frame, const PlanStep& step, StepState& state) {
  const OperatorCall call(engine, frame, step, state);
  for_each_tile(engine.arena, state.cost, call.tiles(), [&](std::size_t first, std::size_t last) {
    call.guarded([&] { run_tile(call, first, last); });
    return last - first;
  });
  return Outcome::done;
}

}  // namespace skein
