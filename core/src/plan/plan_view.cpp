#include "skein/plan_view.hpp"

#include <algorithm>

#include "plan/plan.hpp"
#include "skein/random.hpp"
#include "state/pipeline_state.hpp"

namespace skein {
namespace {

std::string name_of(const Plan& plan, std::size_t variable) {
  return variable == no_index ? "" : plan.variables[variable].name;
}

/// The port through which an operator calls; the number of ports for none.
std::size_t calling_port(const PlanStep& step) {
  const auto calls = [](const PlanBinding& port) { return port.kind == PlanBinding::Kind::callable; };
  return static_cast<std::size_t>(std::ranges::find_if(step.ports, calls) - step.ports.begin());
}

PlanViewStep view_step(const Plan& plan, const PlanStep& step) {
  PlanViewStep view;
  view.path = step.path;
  switch (step.kind) {
    case PlanStep::Kind::row:
    case PlanStep::Kind::reducing:
    case PlanStep::Kind::whole:
      view.operation = step.table->name;
      if (const std::size_t port = calling_port(step); port < step.ports.size()) view.child = step.ports[port].child;
      break;
    case PlanStep::Kind::compute:
      view.operation = "compute";
      view.variable = name_of(plan, step.target);
      break;
    case PlanStep::Kind::jump:
      view.operation = "jump";
      view.destination = step.destination;
      break;
    case PlanStep::Kind::jump_if_not:
      view.operation = "jump unless";
      view.variable = name_of(plan, step.target);
      view.destination = step.destination;
      break;
    case PlanStep::Kind::children:
      view.operation = "enter";
      view.child = step.child;
      view.entry = step.entry;
      view.parallel = step.parallel;
      view.restart = step.restart;
      break;
  }
  return view;
}

PlanViewPipeline view_pipeline(const Plan& plan, const PlanPipeline& pipeline) {
  const PlanPopulation& population = plan.populations[plan.steps[pipeline.first].population];
  PlanViewPipeline view{pipeline.first, pipeline.last, population.name, population.rows, {}, pipeline.begins_because};
  for (const std::size_t variable : pipeline.strip_variables) {
    view.strip_variables.push_back(plan.variables[variable].name);
  }
  return view;
}

std::string part_text(const PlanVariable& variable, const Part& part) {
  std::string axes = variable.population == no_population ? "" : "n";
  if (part.width != 1) axes += (axes.empty() ? "" : ",") + std::to_string(part.width);
  return std::string(element_name(part.element)) + (axes.empty() ? "" : "[" + axes + "]");
}

PlanViewVariable view_variable(const Plan& plan, const PlanVariable& variable) {
  PlanViewVariable view;
  view.name = variable.name;
  if (variable.create_object != nullptr) view.type = variable.create_object()->type_name();
  for (const Part& part : variable.parts) view.type += (view.type.empty() ? "" : " + ") + part_text(variable, part);
  if (variable.population != no_population) view.population = plan.populations[variable.population].name;
  return view;
}

PlanViewChild view_child(const Plan& plan, std::size_t number) {
  const PlanChild& child = plan.children[number];
  PlanViewChild view;
  view.plan = view_plan(*child.plan);
  view.frames = child.count;
  if (child.per_row_of != no_population) {
    view.frames = plan.populations[child.per_row_of].rows;
    view.per_row_of = plan.populations[child.per_row_of].name;
  }
  view.is_called = child.is_called();
  for (const PlanStep& step : plan.steps) {
    const std::size_t port = calling_port(step);
    if (port < step.ports.size() && step.ports[port].child == number) view.port = step.table->ports[port].name;
  }
  return view;
}

}  // namespace

PlanView view_plan(const Plan& plan) {
  PlanView view;
  view.name = plan.name;
  view.dimension = plan.dimension;
  view.group_rows = rows_per_group(plan.dimension);
  view.strip_rows = strip_rows_for(plan.dimension);
  view.counts_iterations = plan.iterations_variable != no_index;
  for (const PlanStep& step : plan.steps) view.steps.push_back(view_step(plan, step));
  for (const PlanPipeline& pipeline : plan.pipelines) view.pipelines.push_back(view_pipeline(plan, pipeline));
  for (const PlanVariable& variable : plan.variables) {
    if (!variable.external) view.variables.push_back(view_variable(plan, variable));
  }
  for (std::size_t i = 0; i < plan.children.size(); ++i) view.children.push_back(view_child(plan, i));
  return view;
}

}  // namespace skein
