#include <algorithm>

#include "apps/skein/drawing.hpp"
#include "apps/skein/output.hpp"
#include "skein/json.hpp"

namespace skein::tool {
namespace {

std::string step_line(const PlanView& view, std::size_t index, std::size_t widest) {
  const PlanViewStep& step = view.steps[index];
  std::string line = std::to_string(index);
  line.insert(0, line.size() < 4 ? 4 - line.size() : 0, ' ');
  std::string path = step.path;
  path.resize(std::max(widest, path.size()), ' ');
  line += "  " + path + "  " + step.operation;
  if (!step.variable.empty()) line += " '" + step.variable + "'";
  if (step.destination) {
    line += *step.destination < view.steps.size() ? " -> " + std::to_string(*step.destination) : " -> end";
  }
  return line + "\n";
}

std::string pipeline_line(const PlanViewPipeline& pipeline) {
  std::string line = "     " + std::string(pipeline.last - pipeline.first > 1 ? "pipeline" : "tiles") + " over '" +
                     pipeline.population + "' (" + counted(pipeline.rows, "row") + ")";
  if (!pipeline.begins_because.empty()) line += ", begins here because " + pipeline.begins_because;
  for (std::size_t i = 0; i < pipeline.strip_variables.size(); ++i) {
    line += (i == 0 ? "\n     in strips only: " : ", ") + pipeline.strip_variables[i];
  }
  return line + "\n";
}

Object step_object(const PlanViewStep& step, std::size_t index) {
  Object object;
  add(object, "step", std::uint64_t{index});
  add(object, "path", step.path);
  add(object, "operation", step.operation);
  add(object, "variable", step.variable.empty() ? Value() : Value(step.variable));
  add(object, "destination", step.destination ? Value(std::uint64_t{*step.destination}) : Value());
  return object;
}

Object pipeline_object(const PlanViewPipeline& pipeline) {
  Object object;
  add(object, "first", std::uint64_t{pipeline.first});
  add(object, "last", std::uint64_t{pipeline.last});
  add(object, "population", pipeline.population);
  add(object, "rows", std::uint64_t{pipeline.rows});
  add(object, "strip_variables", List{pipeline.strip_variables.begin(), pipeline.strip_variables.end()});
  add(object, "begins_because", pipeline.begins_because.empty() ? Value() : Value(pipeline.begins_because));
  return object;
}

}  // namespace

std::string draw_plan(const PlanView& view) {
  std::size_t widest = 0;
  for (const PlanViewStep& step : view.steps) widest = std::max(widest, step.path.size());
  std::string text = "Plan of '" + view.name + "' in dimension " + std::to_string(view.dimension) + ": row groups of " +
                     counted(view.group_rows, "row") + ", strips of " + counted(view.strip_rows, "row") + ".\n";
  auto pipeline = view.pipelines.begin();
  for (std::size_t step = 0; step < view.steps.size(); ++step) {
    if (pipeline != view.pipelines.end() && pipeline->first == step) text += "\n" + pipeline_line(*pipeline);
    text += step_line(view, step, widest);
    if (pipeline != view.pipelines.end() && pipeline->last == step + 1) {
      ++pipeline;
      if (pipeline == view.pipelines.end() || pipeline->first != step + 1) text += "\n";
    }
  }
  return text;
}

std::string draw_plan_json(const PlanView& view) {
  Object object;
  add(object, "name", view.name);
  add(object, "dimension", std::uint64_t{view.dimension});
  add(object, "group_rows", std::uint64_t{view.group_rows});
  add(object, "strip_rows", std::uint64_t{view.strip_rows});
  List steps;
  for (std::size_t i = 0; i < view.steps.size(); ++i) steps.emplace_back(step_object(view.steps[i], i));
  add(object, "steps", std::move(steps));
  List pipelines;
  for (const PlanViewPipeline& pipeline : view.pipelines) pipelines.emplace_back(pipeline_object(pipeline));
  add(object, "pipelines", std::move(pipelines));
  return write_json(object);
}

}  // namespace skein::tool
