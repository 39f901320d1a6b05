#include "plan/pipelines.hpp"

#include <algorithm>
#include <utility>

namespace skein {
namespace {

/// One port of a step, or one member of a variadic port.
struct Use {
  std::size_t step = 0;
  std::size_t variable = no_index;
  Direction direction = Direction::in;
  Access access = Access::own;
  bool in_group = false;
};

void add_uses(const PlanBinding& binding, Use use, std::vector<Use>& uses) {
  if (binding.kind == PlanBinding::Kind::variable) {
    use.variable = binding.index;
    uses.push_back(use);
  }
  use.in_group = true;
  for (const PlanBinding& member : binding.members) add_uses(member, use, uses);
}

std::vector<Use> uses_of(const Plan& plan, std::size_t step) {
  std::vector<Use> uses;
  const PlanStep& of = plan.steps[step];
  for (std::size_t port = 0; port < of.ports.size(); ++port) {
    const PortSpec& spec = of.table->ports[port];
    add_uses(of.ports[port], {step, no_index, spec.direction, spec.access, false}, uses);
  }
  return uses;
}

bool has_rows(const PlanStep& step) {
  return step.kind == PlanStep::Kind::row || step.kind == PlanStep::Kind::reducing;
}

bool can_go_on(const PlanStep& step) { return step.kind == PlanStep::Kind::row && !step.table->can_fail; }

bool binds_children(const PlanBinding& binding) {
  return binding.kind == PlanBinding::Kind::children || std::ranges::any_of(binding.members, binds_children);
}

bool calls_others(const PlanStep& step) {
  return std::ranges::any_of(step.ports, [](const auto& port) { return port.kind == PlanBinding::Kind::callable; });
}

bool is_jump_destination(const Plan& plan, std::size_t step) {
  return std::ranges::any_of(plan.steps, [step](const PlanStep& other) { return other.destination == step; });
}

std::string quoted(const std::string& name) { return "'" + name + "'"; }

/// Why two steps cannot share a pipeline because of a column; empty when they can.
std::string conflict(const Plan& plan, const Use& first, const Use& second) {
  const auto collides = [](const Use& writer, const Use& reader) {
    return writer.direction != Direction::in && reader.access != Access::own;
  };
  if (first.variable != second.variable) return "";
  for (const auto& [writer, reader] : {std::pair(first, second), std::pair(second, first)}) {
    const bool is_global = plan.variables[writer.variable].population == no_population;
    if (!collides(writer, reader) && !(is_global && writer.direction != Direction::in)) continue;
    return quoted(plan.steps[writer.step].path) + " writes " + quoted(plan.variables[writer.variable].name) +
           ", of which " + quoted(plan.steps[reader.step].path) + " reads any row";
  }
  return "";
}

/// Why `step` cannot join a pipeline that ends before it; empty when it can.
std::string obstacle(const Plan& plan, const PlanPipeline& pipeline, const std::vector<Use>& uses, std::size_t step) {
  const PlanStep& next = plan.steps[step];
  const PlanStep& last = plan.steps[pipeline.last - 1];
  if (pipeline.last != step) return quoted(plan.steps[step - 1].path) + " is no operator on rows";
  if (is_jump_destination(plan, step)) return "the flow can jump here";
  if (next.only_row != no_index || last.only_row != no_index) return "one row is worked on after another";
  if (next.population != last.population) return "it works on another population";
  if (last.kind == PlanStep::Kind::reducing) return quoted(last.path) + " needs all rows for its result";
  if (last.table->can_fail) return quoted(last.path) + " can fail";
  for (const std::size_t other : {pipeline.last - 1, step}) {
    if (!plan.steps[other].table->thread_safe) return quoted(plan.steps[other].path) + " is not thread-safe";
    if (calls_others(plan.steps[other])) return quoted(plan.steps[other].path) + " evaluates for itself";
    if (std::ranges::any_of(plan.steps[other].ports, binds_children)) {
      return quoted(plan.steps[other].path) + " reads other frames";
    }
  }
  for (std::size_t other = pipeline.first; other < pipeline.last; ++other) {
    if (std::ranges::find_first_of(plan.steps[other].streams, next.streams) != plan.steps[other].streams.end()) {
      return "it draws from a stream of " + quoted(plan.steps[other].path);
    }
  }
  for (const Use& use : uses_of(plan, step)) {
    for (const Use& other : uses) {
      if (std::string reason = conflict(plan, other, use); !reason.empty()) return reason;
    }
  }
  return "";
}

/// The variables that something other than ports of steps reads or writes.
std::vector<bool> used_elsewhere(const Plan& plan) {
  std::vector<bool> used(plan.variables.size(), false);
  const auto note = [&used](std::size_t variable) {
    if (variable < used.size()) used[variable] = true;
  };
  for (const PlanStep& step : plan.steps) {
    for (const std::size_t input : step.expression_inputs) note(input);
    note(step.target);
    // The engine looks for the target among the fitnesses of an evaluation.
    if (step.counts_evaluations && step.fitness_port != no_index) note(step.ports[step.fitness_port].index);
  }
  for (const PlanChild& child : plan.children) {
    for (const PlanChild::Link& link : child.links) note(link.parent_variable);
  }
  note(plan.best_variable);
  note(plan.best_fitness_variable);
  return used;
}

/// The populations that a step operator may exchange with others: what is written in one is read in another.
std::vector<bool> exchanged_populations(const Plan& plan) {
  std::vector<bool> exchanged(plan.populations.size(), false);
  for (const PlanStep& step : plan.steps) {
    for (std::size_t port = 0; port < step.ports.size(); ++port) {
      const PlanBinding& binding = step.ports[port];
      const bool writes = step.table->ports[port].direction != Direction::in;
      if (writes && binding.kind == PlanBinding::Kind::population) exchanged[binding.index] = true;
    }
  }
  return exchanged;
}

/// Finds the strip variables of all pipelines.
void find_strip_variables(Plan& plan) {
  std::vector<std::vector<Use>> uses(plan.variables.size());
  for (std::size_t step = 0; step < plan.steps.size(); ++step) {
    for (const Use& use : uses_of(plan, step)) uses[use.variable].push_back(use);
  }
  const std::vector<bool> elsewhere = used_elsewhere(plan);
  const std::vector<bool> exchanged = exchanged_populations(plan);
  const auto pipeline_of = [&plan](std::size_t step) {
    return std::ranges::find_if(plan.pipelines, [step](const auto& p) { return p.first <= step && step < p.last; });
  };
  for (std::size_t variable = 0; variable < uses.size(); ++variable) {
    const PlanVariable& column = plan.variables[variable];
    const bool is_column = column.population != no_population && !column.parts.empty() && !column.external;
    if (!is_column || elsewhere[variable] || uses[variable].size() < 2) continue;
    if (exchanged[column.population] && !column.hidden) continue;
    const Use& first = uses[variable].front();
    const auto home = pipeline_of(first.step);
    const auto fits = [&](const Use& use) {
      return home != plan.pipelines.end() && home->first <= use.step && use.step < home->last &&
             use.access == Access::own && !use.in_group && can_go_on(plan.steps[use.step]);
    };
    const auto also_reads = [&](const Use& use) { return use.step == first.step && use.direction != Direction::out; };
    if (!std::ranges::all_of(uses[variable], fits) || std::ranges::any_of(uses[variable], also_reads)) continue;
    home->strip_variables.push_back(variable);
  }
}

}  // namespace

void form_pipelines(Plan& plan) {
  plan.pipelines.clear();
  std::vector<Use> uses;  // of the steps in the last pipeline
  for (std::size_t step = 0; step < plan.steps.size(); ++step) {
    if (!has_rows(plan.steps[step])) continue;
    std::string reason;
    if (!plan.pipelines.empty()) reason = obstacle(plan, plan.pipelines.back(), uses, step);
    if (plan.pipelines.empty() || !reason.empty()) {
      plan.pipelines.push_back({step, step, {}, std::move(reason)});
      uses.clear();
    }
    plan.pipelines.back().last = step + 1;
    for (const Use& use : uses_of(plan, step)) uses.push_back(use);
  }
  find_strip_variables(plan);
}

}  // namespace skein
