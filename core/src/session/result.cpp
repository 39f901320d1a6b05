#include "skein/result.hpp"

#include <algorithm>
#include <cmath>

#include "plan/plan.hpp"
#include "session/memory_report.hpp"
#include "skein/archive.hpp"
#include "skein/evaluation_journal.hpp"
#include "skein/history.hpp"
#include "skein/problem.hpp"
#include "skein/session.hpp"

namespace skein {

namespace {

std::optional<PortView> plan_variable(const Run& run, std::size_t index) {
  if (index == no_index) return std::nullopt;
  return run.variable(run.plan().variables[index].name);
}

/// -x of a maximized objective; 0 for -0.
double in_own_sense(const Objective& objective, double minimized) {
  return (objective.sense == Sense::maximize ? -minimized : minimized) + 0.0;
}

std::string sense_name(const Objective& objective) {
  return objective.sense == Sense::maximize ? "maximize" : "minimize";
}

void read_best(const Job& job, const Run& run, Result& result) {
  if (job.problem->objectives.size() > 1) return;
  const auto fitness = plan_variable(run, run.plan().best_fitness_variable);
  const auto best = plan_variable(run, run.plan().best_variable);
  if (!fitness || !best) return;
  const FitnessRow row = InFitness(*fitness)[0];
  if (!std::isfinite(row.violation()) || !std::isfinite(row.objective())) return;
  result.best_quality = problem_value(*job.problem, row.objective());
  result.best_violation = row.violation();
  if (result.best_known) {
    result.difference = std::abs(*result.best_quality - *result.best_known);
    if (*result.best_known != 0) result.relative_difference = *result.difference / std::abs(*result.best_known);
  }
  result.best_solution = shown_solution(job.show_solution, *best);
}

ResultFront shown_front(const Job& job, const Archive& archive) {
  const Problem& problem = *job.problem;
  ResultFront front;
  for (const Objective& objective : problem.objectives) {
    front.objectives.push_back(objective.name);
    front.senses.push_back(sense_name(objective));
  }
  const auto reference = std::ranges::find(problem.published, "reference_point", &PublishedValue::name);
  if (reference != problem.published.end() && reference->data.size() == problem.objectives.size()) {
    front.hypervolume = archive.started() ? archive.hypervolume(reference->data) : std::nullopt;
    for (std::size_t i = 0; i < reference->data.size(); ++i) {
      front.reference_point.push_back(in_own_sense(problem.objectives[i], reference->data[i]));
    }
  }
  for (std::size_t place = 0; place < archive.size(); ++place) {
    const FitnessRow fitness = archive.fitness(place);
    front.violation = fitness.violation();
    FrontPoint& point = front.points.emplace_back();
    for (std::size_t i = 0; i < problem.objectives.size(); ++i) {
      point.objectives.push_back(in_own_sense(problem.objectives[i], fitness.objective(i)));
    }
    const std::vector<ColumnView> columns = archive.solution(place);
    PortView view;
    view.bound = true;
    view.parts = columns.data();
    view.part_count = columns.size();
    view.rows = 1;
    point.solution = shown_solution(job.show_solution, view);
  }
  return front;
}

void read_front(const Job& job, const Run& run, Result& result) {
  for (const PlanOutput& output : run.plan().outputs) {
    const auto view = plan_variable(run, output.variable);
    if (!view || view->object == nullptr || view->object->type_name() != Archive::type || result.front) continue;
    result.front = shown_front(job, static_cast<const Archive&>(*view->object));
  }
}

void read_values(const Run& run, Result& result) {
  for (const PlanOutput& output : run.plan().outputs) {
    const auto view = plan_variable(run, output.variable);
    if (!view || view->object != nullptr) continue;
    const Value element = shown_solution(nullptr, *view).list().front();
    const bool is_truth = view->parts[0].element == Element::boolean;
    result.values.push_back({output.name, is_truth ? Value(element.number() != 0) : element});
  }
}

/// "quality" of "main loop/analyze/quality/@history"; a history that a graph declares itself keeps its name.
std::string analyzer_name(const std::string& variable) {
  const std::string path = variable.substr(0, variable.rfind("/@"));
  return path.substr(path.rfind('/') + 1);
}

ResultHistory shown_history(const Problem& problem, const BoundedHistory& history) {
  ResultHistory shown;
  std::vector<bool> objectives;
  for (const HistoryColumn& column : history.columns()) {
    shown.columns.emplace_back(column.name);
    objectives.push_back(column.objective);
  }
  shown.length = history.length();
  shown.stride = history.stride();
  for (HistoryEntry& entry : history.all()) {
    for (std::size_t i = 0; i < objectives.size(); ++i) {
      if (objectives[i]) entry.values[i] = problem_value(problem, entry.values[i]);
    }
    shown.rows.push_back(std::move(entry.values));
  }
  return shown;
}

void read_histories(const Job& job, const Run& run, Result& result) {
  std::vector<std::string> paths;
  for (const PlanVariable& variable : run.plan().variables) {
    if (variable.create_object == nullptr) continue;
    const auto view = run.variable(variable.name);
    if (!view || view->object == nullptr || view->object->type_name() != BoundedHistory::type) continue;
    const auto& history = static_cast<const BoundedHistory&>(*view->object);
    if (!history.started()) continue;
    result.histories.push_back(shown_history(*job.problem, history));
    paths.push_back(variable.name);
  }
  const auto names_like = [&](const std::string& path) {
    return std::ranges::count(paths, analyzer_name(path), &analyzer_name);
  };
  for (std::size_t i = 0; i < paths.size(); ++i) {
    result.histories[i].name =
        names_like(paths[i]) == 1 ? analyzer_name(paths[i]) : paths[i].substr(0, paths[i].rfind("/@"));
  }
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

Value values_of(const std::vector<ResultValue>& values) {
  Object object;
  for (const ResultValue& value : values) add(object, value.name.c_str(), value.value);
  return object;
}

Value histories_of(const std::vector<ResultHistory>& histories) {
  Object object;
  for (const ResultHistory& history : histories) {
    Object entry;
    List columns(history.columns.begin(), history.columns.end());
    List rows;
    for (const std::vector<double>& row : history.rows) {
      List numbers;
      for (const double number : row) numbers.push_back(std::isfinite(number) ? Value(number) : Value());
      rows.emplace_back(std::move(numbers));
    }
    add(entry, "columns", std::move(columns));
    add(entry, "length", history.length);
    add(entry, "stride", history.stride);
    add(entry, "rows", std::move(rows));
    add(object, history.name.c_str(), std::move(entry));
  }
  return object;
}

Value recoveries_of(const Result& result) {
  Object object;
  List list;
  for (const MemoryRecovery& recovery : result.recoveries) {
    Object entry;
    add(entry, "path", recovery.path);
    add(entry, "visit", recovery.visit);
    add(entry, "freed_bytes", recovery.freed_bytes);
    list.emplace_back(std::move(entry));
  }
  add(object, "count", result.recovery_count);
  add(object, "first", std::move(list));
  return object;
}

Value journal_of(const ResultJournal& journal) {
  Object object;
  add(object, "file", journal.file);
  add(object, "reused", journal.reused);
  add(object, "recorded", journal.recorded);
  return object;
}

Value numbers_of(const std::vector<double>& numbers) { return List(numbers.begin(), numbers.end()); }

Value front_of(const ResultFront& front) {
  Object object;
  List points;
  for (const FrontPoint& point : front.points) {
    Object entry;
    add(entry, "objectives", numbers_of(point.objectives));
    add(entry, "solution", point.solution);
    points.emplace_back(std::move(entry));
  }
  add(object, "objectives", List(front.objectives.begin(), front.objectives.end()));
  add(object, "senses", List(front.senses.begin(), front.senses.end()));
  add(object, "violation", front.points.empty() ? Value() : Value(front.violation));
  add(object, "reference_point", front.reference_point.empty() ? Value() : numbers_of(front.reference_point));
  add(object, "hypervolume", optional_value(front.hypervolume));
  add(object, "points", std::move(points));
  return object;
}

Value error_value(const RunError& error) {
  Object object;
  add(object, "path", error.path);
  add(object, "message", error.message);
  add(object, "row", error.row ? Value(std::uint64_t{*error.row}) : Value());
  add(object, "failed_rows", std::uint64_t{error.failed_rows});
  if (error.out_of_memory) add(object, "out_of_memory", true);
  return object;
}

Value transforms(const ProblemChoice& problem) {
  List list;
  for (const TransformChoice& transform : problem.transforms) {
    Object one;
    add(one, transform.name.c_str(), transform.value);
    list.emplace_back(std::move(one));
  }
  return list.empty() ? Value() : Value(std::move(list));
}

}  // namespace

Result make_result(const Job& job, const Run& run) {
  Result result;
  result.run = job.document.name;
  result.algorithm = job.algorithm;
  result.problem = job.problem->name;
  result.transform = transforms(job.document.problem);
  result.dimension = job.problem->dimension;
  if (job.problem->objectives.size() == 1) result.objective = job.problem->objectives.front().name;
  result.sense = sense_name(job.problem->objectives.front());
  result.best_known = job.problem->best_known;
  read_best(job, run, result);
  result.evaluations = run.evaluations();
  result.evaluations_to_target = run.evaluations_to_target();
  result.failed_evaluations = run.failed_evaluations();
  result.first_failure = run.first_failure();
  if (const auto iterations = plan_variable(run, run.plan().iterations_variable)) {
    result.iterations = In<std::int64_t>(*iterations).value();
  }
  read_front(job, run, result);
  read_values(run, result);
  // First: what the process used at most is said of the run, not of what is made of it here.
  result.memory = memory_report(run, result.iterations);
  read_histories(job, run, result);
  if (const auto& journal = job.options.journal) {
    result.journal = ResultJournal{journal->file(), journal->reused(), journal->recorded()};
  }
  result.recoveries = run.recoveries();
  result.recovery_count = run.recovery_count();
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
  if (!result.transform.is_null()) add(object, "transform", result.transform);
  add(object, "dimension", std::uint64_t{result.dimension});
  if (!result.objective.empty()) {
    add(object, "objective", result.objective);
    add(object, "sense", result.sense);
  }
  add(object, "best_quality", optional_value(result.best_quality));
  add(object, "best_violation", optional_value(result.best_violation));
  add(object, "best_solution", result.best_solution);
  add(object, "best_known", optional_value(result.best_known));
  add(object, "difference", optional_value(result.difference));
  add(object, "relative_difference", optional_value(result.relative_difference));
  add(object, "evaluations", result.evaluations);
  add(object, "evaluations_to_target", optional_value(result.evaluations_to_target));
  add(object, "failed_evaluations", result.failed_evaluations);
  if (result.first_failure) add(object, "first_failure", error_value(*result.first_failure));
  add(object, "iterations", result.iterations);
  if (result.front) add(object, "front", front_of(*result.front));
  add(object, "values", values_of(result.values));
  add(object, "histories", histories_of(result.histories));
  if (result.journal) add(object, "journal", journal_of(*result.journal));
  if (!result.memory.is_null()) add(object, "memory", result.memory);
  if (result.recovery_count != 0) add(object, "memory_recoveries", recoveries_of(result));
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
