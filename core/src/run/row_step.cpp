// Row operators that cannot fail work in place.
#include <algorithm>

#include "run/engine.hpp"
#include "run/operator_call.hpp"

namespace skein {
namespace {

void run_tile(const OperatorCall& call, std::size_t first, std::size_t last) {
  while (first < last) {
    const Rows rows{first, call.needs_groups() ? std::min(call.group_end(first), last) : last};
    RowContext::Services services = call.services(rows, nullptr);
    call.run_rows(rows, services);
    first = rows.last;
  }
}

}  // namespace

Outcome run_row_step(Engine& engine, Frame& frame, const PlanStep& step, StepState& state) {
  if (is_journaled(engine, step)) return run_journaled_row_step(engine, frame, step, state);
  const OperatorCall call(engine, frame, step, state);
  if (!call.is_about_all()) {
    call.guarded([&] { run_tile(call, call.worked_on().first, call.worked_on().last); });
    return Outcome::done;
  }
  for_each_tile(engine.arena, state.cost, call.tiles(), [&](std::size_t first, std::size_t last) {
    call.guarded([&] { run_tile(call, first, last); });
    return last - first;
  });
  return Outcome::done;
}

}  // namespace skein
