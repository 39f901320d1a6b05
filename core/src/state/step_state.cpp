#include "state/step_state.hpp"

#include <algorithm>

#include "state/frame.hpp"

namespace skein {
namespace {

/// Calls `visit(frame, variable)` for every variable behind a binding.
template <class Visit>
void for_each_variable(const PlanBinding& binding, Frame& frame, Visit visit) {
  if (binding.kind == PlanBinding::Kind::variable) {
    visit(frame, binding.index);
  } else if (binding.kind == PlanBinding::Kind::group) {
    for (const PlanBinding& member : binding.members) for_each_variable(member, frame, visit);
  } else if (binding.kind == PlanBinding::Kind::children && !binding.child_population) {
    for (const auto& child : frame.children[binding.child].frames) visit(*child, binding.index);
  }
}

void reserve_shadows(const PlanStep& step, Frame& frame, StepState& state) {
  for (std::size_t port = 0; port < step.ports.size(); ++port) {
    if (step.table->ports[port].direction != Direction::out) continue;
    for_each_variable(step.ports[port], frame, [&](Frame& owner, std::size_t variable) {
      owner.slots[variable]->reserve_shadow();
      state.shadowed.push_back(owner.slots[variable]);
    });
  }
}

void guard_outputs(const PlanStep& step, Frame& frame, StepState& state) {
  for (std::size_t port = 0; port < step.ports.size(); ++port) {
    if (step.table->ports[port].direction == Direction::in) continue;
    for_each_variable(step.ports[port], frame, [&](Frame& owner, std::size_t variable) {
      const std::size_t population = owner.plan->variables[variable].population;
      state.guarded.push_back(
          {owner.slots[variable], population == no_population ? nullptr : owner.populations[population]});
    });
  }
  frame.backup.reserve(state.guarded);
}

void reserve_partials(const PlanStep& step, Frame& frame, StepState& state) {
  const std::size_t bytes = step.table->partial_bytes(step.prepared.get(), state.views.ports().data());
  const std::size_t rows = rows_per_group(frame.plan->dimension);
  const std::size_t groups = rounded_up(frame.populations[step.population]->capacity, rows) / rows;
  state.partial_stride = rounded_up(std::max<std::size_t>(bytes, 1), cache_line_bytes);
  const std::size_t needed = groups * state.partial_stride;
  if (needed > frame.partials.size()) frame.partials = AlignedBuffer(needed);
}

Resource make_resource(const PlanStep& step, const Frame& frame) {
  const OperatorTable& table = *step.table;
  if (frame.resources_of != nullptr) {
    return {frame.resources_of->steps[frame.steps.size()].resource.get(), [](void*) {}};
  }
  if (table.create_resource == nullptr) return {nullptr, nullptr};
  const auto release = table.destroy_resource != nullptr ? table.destroy_resource : [](void*) {};
  return {table.create_resource(step.prepared.get()), release};
}

}  // namespace

StepState make_step_state(const PlanStep& step, Frame& frame) {
  StepState state;
  state.scalars.resize(step.expression_inputs.size());
  if (step.table == nullptr) return state;
  const bool rolls_forward = step.kind == PlanStep::Kind::row && step.table->can_fail;
  if (rolls_forward) reserve_shadows(step, frame, state);
  state.views = PortViews(step, frame, rolls_forward);
  state.keys.resize(step.streams.size());
  if (step.kind == PlanStep::Kind::whole && step.table->can_fail && !step.table->strong_guarantee) {
    guard_outputs(step, frame, state);
  }
  if (step.kind == PlanStep::Kind::reducing) reserve_partials(step, frame, state);
  state.resource = make_resource(step, frame);
  return state;
}

}  // namespace skein
