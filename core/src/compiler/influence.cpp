#include "compiler/influence.hpp"

#include <algorithm>

#include "skein/neighborhood.hpp"

namespace skein::compiler {

namespace {

void add_port(const Draft& draft, Direction direction, const PlanBinding& binding, StepEffects& effects) {
  const auto add = [&](std::size_t variable) {
    if (direction != Direction::out) effects.reads.push_back(variable);
    if (direction != Direction::in) effects.writes.push_back(variable);
  };
  if (binding.kind == PlanBinding::Kind::variable) add(binding.index);
  for (const PlanBinding& member : binding.members) add_port(draft, direction, member, effects);
  if (binding.kind != PlanBinding::Kind::population || direction == Direction::in) return;  // its rows are counted
  for (std::size_t i = 0; i < draft.plan.variables.size(); ++i) {
    if (draft.plan.variables[i].population == binding.index) add(i);
  }
}

bool holds_any(const std::vector<bool>& set, const std::vector<std::size_t>& variables) {
  return std::ranges::any_of(variables, [&set](std::size_t variable) { return set[variable]; });
}

}  // namespace

StepEffects effects_of(const Draft& draft, const PlanStep& step) {
  StepEffects effects;
  if (step.table != nullptr) {
    for (std::size_t i = 0; i < step.ports.size(); ++i) {
      add_port(draft, step.table->ports[i].direction, step.ports[i], effects);
    }
  }
  if (step.only_row != no_index) effects.reads.push_back(step.only_row);
  if (step.kind == PlanStep::Kind::compute) {
    effects.reads = step.expression_inputs;
    effects.writes.push_back(step.target);
  }
  if (step.kind == PlanStep::Kind::jump_if_not && step.target != no_index) effects.reads.push_back(step.target);
  return effects;
}

Influence::Influence(const Draft& draft)
    : draft_(draft), variables_(draft.plan.variables.size(), false), steps_(draft.plan.steps.size(), false) {
  for (const PlanStep& step : draft.plan.steps) effects_.push_back(effects_of(draft, step));
  add_results();
  add_causes();
}

/// Columns, objects, and whatever is computed from them.
std::vector<bool> Influence::depending_on_particles() const {
  std::vector<bool> depending(variables_.size(), false);
  for (std::size_t i = 0; i < depending.size(); ++i) depending[i] = draft_.facts[i].column || draft_.facts[i].object;
  for (bool grows = true; grows;) {
    grows = false;
    for (const StepEffects& effects : effects_) {
      if (!holds_any(depending, effects.reads)) continue;
      for (const std::size_t variable : effects.writes) {
        grows = grows || !depending[variable];
        depending[variable] = true;
      }
    }
  }
  return depending;
}

void Influence::add_results() {
  const Plan& plan = draft_.plan;
  const std::vector<bool> depending = depending_on_particles();
  for (const std::size_t variable : {plan.best_variable, plan.best_fitness_variable}) {
    if (variable != no_index) variables_[variable] = true;
  }
  for (std::size_t i = 0; i < variables_.size(); ++i) {
    const VariableFacts& facts = draft_.facts[i];
    if (facts.object && facts.type.element != Neighborhood::type) variables_[i] = true;
    if (facts.result && depending[i]) variables_[i] = true;
  }
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const bool decides = plan.steps[i].kind == PlanStep::Kind::jump_if_not;
    const bool acts_outside = plan.steps[i].table != nullptr && effects_[i].writes.empty();
    steps_[i] = decides || acts_outside;
  }
}

void Influence::add_causes() {
  for (bool grows = true; grows;) {
    grows = false;
    for (std::size_t i = 0; i < effects_.size(); ++i) {
      steps_[i] = steps_[i] || holds_any(variables_, effects_[i].writes);
      if (!steps_[i]) continue;
      for (const std::size_t variable : effects_[i].reads) {
        grows = grows || !variables_[variable];
        variables_[variable] = true;
      }
    }
  }
}

}  // namespace skein::compiler
