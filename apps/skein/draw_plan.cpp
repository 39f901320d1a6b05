#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "apps/skein/drawing.hpp"
#include "apps/skein/output.hpp"
#include "skein/json.hpp"

namespace skein::tool {
namespace {

/// How a step enters frames, or which it calls.
std::string frames_text(const PlanView& view, const PlanViewStep& step) {
  const PlanViewChild& child = view.children[*step.child];
  if (child.is_called) return ", which calls '" + child.port + "': a frame for each row of '" + child.per_row_of + "'";
  std::string text = " " + counted(child.frames, "frame") + " of '" + child.plan.name + "'";
  if (!child.per_row_of.empty()) text += ", one for each row of '" + child.per_row_of + "'";
  if (child.frames != 1) text += step.parallel ? ", side by side" : ", one after another";
  if (step.restart) text += ", which begin anew";
  return text + (step.entry > 0 ? ", at step " + std::to_string(step.entry) : "");
}

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
  if (step.child) line += frames_text(view, step);
  return line + "\n";
}

std::string pipeline_lines(const PlanViewPipeline& pipeline, const std::string& margin) {
  const std::string kind = pipeline.last - pipeline.first > 1 ? "pipeline" : "tiles";
  std::string lines =
      margin + "     " + kind + " over '" + pipeline.population + "' (" + counted(pipeline.rows, "row") + ")";
  if (!pipeline.begins_because.empty()) lines += ", begins here because " + pipeline.begins_because;
  for (std::size_t i = 0; i < pipeline.strip_variables.size(); ++i) {
    lines += (i == 0 ? "\n" + margin + "     in strips only: " : ", ") + pipeline.strip_variables[i];
  }
  return lines + "\n";
}

/// The steps with their pipelines; below a step the plan of its frames, where it is the first that enters them.
std::string steps_text(const PlanView& view, const std::string& margin) {
  std::size_t widest = 0;
  for (const PlanViewStep& step : view.steps) widest = std::max(widest, step.path.size());
  std::vector<bool> is_shown(view.children.size(), false);
  std::string text;
  auto pipeline = view.pipelines.begin();
  for (std::size_t step = 0; step < view.steps.size(); ++step) {
    if (pipeline != view.pipelines.end() && pipeline->first == step) text += "\n" + pipeline_lines(*pipeline, margin);
    text += margin + step_line(view, step, widest);
    const std::optional<std::size_t> child = view.steps[step].child;
    if (child && !is_shown[*child]) {
      text += steps_text(view.children[*child].plan, margin + "      ");
      if (text.ends_with("\n\n")) text.pop_back();
      is_shown[*child] = true;
    }
    if (pipeline != view.pipelines.end() && pipeline->last == step + 1) {
      ++pipeline;
      if (pipeline == view.pipelines.end() || pipeline->first != step + 1) text += "\n";
    }
  }
  return text;
}

Object step_object(const PlanViewStep& step, std::size_t index) {
  Object object;
  add(object, "step", std::uint64_t{index});
  add(object, "path", step.path);
  add(object, "operation", step.operation);
  add(object, "variable", step.variable.empty() ? Value() : Value(step.variable));
  add(object, "destination", step.destination ? Value(std::uint64_t{*step.destination}) : Value());
  add(object, "child", step.child ? Value(std::uint64_t{*step.child}) : Value());
  if (step.child) add(object, "entry", std::uint64_t{step.entry});
  if (step.child) add(object, "parallel", step.parallel);
  if (step.child) add(object, "restart", step.restart);
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

Object plan_object(const PlanView& view);

Object child_object(const PlanViewChild& child) {
  Object object;
  add(object, "frames", std::uint64_t{child.frames});
  add(object, "per_row_of", child.per_row_of.empty() ? Value() : Value(child.per_row_of));
  add(object, "called_by_port", child.is_called ? Value(child.port) : Value());
  add(object, "plan", plan_object(child.plan));
  return object;
}

Object plan_object(const PlanView& view) {
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
  List children;
  for (const PlanViewChild& child : view.children) children.emplace_back(child_object(child));
  add(object, "children", std::move(children));
  return object;
}

}  // namespace

std::string draw_plan(const PlanView& view) {
  return "Plan of '" + view.name + "' in dimension " + std::to_string(view.dimension) + ": row groups of " +
         counted(view.group_rows, "row") + ", strips of " + counted(view.strip_rows, "row") + ".\n" +
         steps_text(view, "");
}

std::string draw_plan_json(const PlanView& view) { return write_json(plan_object(view)); }

}  // namespace skein::tool
