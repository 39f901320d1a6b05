#include "skein/plan_view.hpp"

#include "plan/plan.hpp"
#include "skein/random.hpp"
#include "state/pipeline_state.hpp"

namespace skein {
namespace {

std::string name_of(const Plan& plan, std::size_t variable) {
  return variable == no_index ? "" : plan.variables[variable].name;
}

PlanViewStep view_step(const Plan& plan, const PlanStep& step) {
  switch (step.kind) {
    case PlanStep::Kind::row:
    case PlanStep::Kind::reducing:
    case PlanStep::Kind::whole:
      return {step.path, std::string(step.table->name), "", std::nullopt};
    case PlanStep::Kind::compute:
      return {step.path, "compute", name_of(plan, step.target), std::nullopt};
    case PlanStep::Kind::jump:
      return {step.path, "jump", "", step.destination};
    case PlanStep::Kind::jump_if_not:
      return {step.path, "jump unless", name_of(plan, step.target), step.destination};
    case PlanStep::Kind::children:
      return {step.path, "enter", "", std::nullopt};
  }
  return {};
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

}  // namespace

PlanView view_plan(const Plan& plan) {
  PlanView view;
  view.name = plan.name;
  view.dimension = plan.dimension;
  view.group_rows = rows_per_group(plan.dimension);
  view.strip_rows = strip_rows_for(plan.dimension);
  for (const PlanStep& step : plan.steps) view.steps.push_back(view_step(plan, step));
  for (const PlanPipeline& pipeline : plan.pipelines) view.pipelines.push_back(view_pipeline(plan, pipeline));
  for (const PlanVariable& variable : plan.variables) view.variables.push_back(view_variable(plan, variable));
  return view;
}

}  // namespace skein
