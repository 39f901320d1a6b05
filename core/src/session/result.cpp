#include "skein/result.hpp"

#include <cmath>

#include "plan/plan.hpp"
#include "skein/problem.hpp"
#include "skein/session.hpp"

namespace skein {

namespace {

std::optional<PortView> plan_variable(const Run& run, std::size_t index) {
  if (index == no_index) return std::nullopt;
  return run.variable(run.plan().variables[index].name);
}

void read_best(const Job& job, const Run& run, Result& result) {
  const auto fitness = plan_variable(run, run.plan().best_fitness_variable);
  const auto best = plan_variable(run, run.plan().best_variable);
  if (!fitness || !best) return;
  const FitnessRow row = InFitness(*fitness)[0];
  if (!std::isfinite(row.violation()) || !std::isfinite(row.objective())) return;
  result.best_quality = problem_value(*job.problem, row.objective());
  result.best_solution = shown_solution(job.show_solution, *best);
}

template <class T>
Value optional_value(const std::optional<T>& value) {
  return value ? Value(*value) : Value();
}

void add(Object& object, const char* key, Value value) { object.push_back({key, {}, std::move(value)}); }

Value serial_steps(const std::vector<SerialStep>& steps) {
  List list;
  for (const SerialStep& step : steps) {
    Object entry;
    add(entry, "path", step.path);
    add(entry, "reason", step.reason);
    list.emplace_back(std::move(entry));
  }
  return list;
}

Value plugin_versions(const std::vector<UsedPlugin>& plugins) {
  Object object;
  for (const UsedPlugin& plugin : plugins) add(object, plugin.name.c_str(), plugin.version);
  return object;
}

Value error_value(const RunError& error) {
  Object object;
  add(object, "path", error.path);
  add(object, "message", error.message);
  add(object, "row", error.row ? Value(std::uint64_t{*error.row}) : Value());
  add(object, "failed_rows", std::uint64_t{error.failed_rows});
  return object;
}

}  // namespace

Result make_result(const Job& job, const Run& run) {
  Result result;
  result.run = job.document.name;
  result.algorithm = job.algorithm;
  result.problem = job.problem->name;
  result.dimension = job.problem->dimension;
  result.sense = job.problem->objectives.front().sense == Sense::maximize ? "maximize" : "minimize";
  result.best_known = job.problem->best_known;
  read_best(job, run, result);
  result.evaluations = run.evaluations();
  result.evaluations_to_target = run.evaluations_to_target();
  result.failed_evaluations = run.failed_evaluations();
  if (const auto iterations = plan_variable(run, run.plan().iterations_variable)) {
    result.iterations = In<std::int64_t>(*iterations).value();
  }
  result.seed = run.seed();
  result.threads = run.threads();
  result.reproducibility_tier = tier_number(job.reproducibility.tier);
  result.stop_reason = run.stop_reason();
  result.wall_seconds = run.wall_seconds();
  result.serial_steps = run.serial_steps();
  result.plugins = job.plugins;
  result.error = run.error();
  return result;
}

Value to_value(const Result& result) {
  Object object;
  add(object, "run", result.run);
  add(object, "algorithm", result.algorithm);
  add(object, "problem", result.problem);
  add(object, "dimension", std::uint64_t{result.dimension});
  add(object, "sense", result.sense);
  add(object, "best_quality", optional_value(result.best_quality));
  add(object, "best_solution", result.best_solution);
  add(object, "best_known", optional_value(result.best_known));
  add(object, "evaluations", result.evaluations);
  add(object, "evaluations_to_target", optional_value(result.evaluations_to_target));
  add(object, "failed_evaluations", result.failed_evaluations);
  add(object, "iterations", result.iterations);
  add(object, "seed", result.seed);
  add(object, "threads", std::uint64_t{result.threads});
  add(object, "reproducibility_tier", std::int64_t{result.reproducibility_tier});
  add(object, "stop_reason", std::string(to_text(result.stop_reason)));
  add(object, "wall_seconds", result.wall_seconds);
  add(object, "serial_steps", serial_steps(result.serial_steps));
  add(object, "plugins", plugin_versions(result.plugins));
  if (result.error) add(object, "error", error_value(*result.error));
  return object;
}

}  // namespace skein
