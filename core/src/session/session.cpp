#include "skein/session.hpp"

#include <unistd.h>

#include <algorithm>
#include <exception>
#include <filesystem>
#include <utility>

#include "compiler/compiler.hpp"
#include "compiler/parameters.hpp"
#include "documents/graph_document.hpp"
#include "documents/json_reader.hpp"
#include "documents/text_file.hpp"
#include "session/memory_need.hpp"
#include "session/stop_limits.hpp"
#include "skein/graph_builder.hpp"

namespace skein {

namespace {

std::optional<Value> load_document(const std::string& file, Diagnostics& diagnostics) {
  const auto text = read_text_file(file, diagnostics);
  return text ? parse_json(*text, file, diagnostics) : std::nullopt;
}

void check_requirements(const Registry& registry, const RunDocument& document, Diagnostics& diagnostics) {
  for (const auto& [plugin, range] : document.requirements) {
    if (std::ranges::find(registry.plugins(), plugin) != registry.plugins().end()) continue;
    diagnostics.add({"missing-plugin", Severity::error, document.where, "requires/" + plugin,
                     "The document needs the plugin '" + plugin + "', which is not loaded.",
                     "plugin " + plugin + " " + range, "not loaded", nearest_name(plugin, registry.plugins())});
  }
}

std::shared_ptr<const Graph> find_algorithm(const Registry& registry, const AlgorithmChoice& choice,
                                            Diagnostics& diagnostics) {
  if (choice.inline_graph != nullptr) return choice.inline_graph;
  if (!choice.file.empty()) {
    const std::filesystem::path beside = std::filesystem::path(choice.where.file).parent_path();
    Diagnostics found;
    const auto document = load_document((beside / choice.file).string(), found);
    for (Diagnostic diagnostic : found.items()) {
      if (diagnostic.where.line == 0) diagnostic.where = choice.where;  // no such file: the place that names it
      if (diagnostic.path.empty()) diagnostic.path = "algorithm/file";
      diagnostics.add(std::move(diagnostic));
    }
    auto graph = document ? read_graph(*document, diagnostics) : std::nullopt;
    return graph ? std::make_shared<const Graph>(std::move(*graph)) : nullptr;
  }
  if (auto graph = registry.find_graph(choice.name)) return graph;
  if (const auto several = registry.candidates(choice.name); several.size() > 1) {
    std::string names;
    for (const std::string& name : several) names += (names.empty() ? "" : ", ") + name;
    diagnostics.add({"ambiguous-name", Severity::error, choice.where, "algorithm",
                     "Several plugins have something named '" + choice.name + "': say which one is meant.",
                     "one of: " + names, "'" + choice.name + "'", ""});
    return nullptr;
  }
  std::vector<std::string> known;
  for (const auto& entry : registry.graphs()) known.push_back(entry.name);
  diagnostics.add({"unknown-algorithm", Severity::error, choice.where, "algorithm",
                   "There is no algorithm named '" + choice.name + "'.", "", "'" + choice.name + "'",
                   nearest_name(choice.name, known)});
  return nullptr;
}

}  // namespace

std::optional<RunDocument> Session::load_run(const std::string& file, std::span<const std::string> assignments,
                                             Diagnostics& diagnostics) const {
  auto document = load_document(file, diagnostics);
  if (!document) return std::nullopt;
  return read_run(*std::move(document), assignments, diagnostics);
}

std::optional<RunDocument> Session::read_run(Value document, std::span<const std::string> assignments,
                                             Diagnostics& diagnostics) const {
  bool assigned = true;
  for (const std::string& assignment : assignments) {
    assigned = set_in_document(document, assignment, diagnostics) && assigned;
  }
  auto run = skein::read_run(document, diagnostics);
  return assigned ? std::move(run) : std::nullopt;
}

std::optional<RunDocument> Session::read_run(std::string_view text, const std::string& file,
                                             Diagnostics& diagnostics) const {
  const auto document = parse_json(text, file, diagnostics);
  return document ? skein::read_run(*document, diagnostics) : std::nullopt;
}

bool Session::validate(const std::string& file, Diagnostics& diagnostics) const {
  const std::size_t errors_before = diagnostics.error_count();
  const auto document = load_document(file, diagnostics);
  if (!document) return false;
  if (document_kind(*document) == DocumentKind::graph) {
    static_cast<void>(read_graph(*document, diagnostics));
  } else if (const auto run = skein::read_run(*document, diagnostics)) {
    static_cast<void>(prepare(*run, diagnostics));
  }
  return diagnostics.error_count() == errors_before;
}

std::shared_ptr<const Problem> Session::make_problem(const ProblemChoice& choice, Diagnostics& diagnostics) const {
  const ProblemSpec* spec = registry_.find_problem(choice.name);
  if (spec == nullptr) {
    std::vector<std::string> known;
    for (const auto& entry : registry_.problems()) known.push_back(entry.name);
    diagnostics.add({"unknown-problem", Severity::error, choice.where, "problem",
                     "There is no problem named '" + choice.name + "'.", "", "'" + choice.name + "'",
                     nearest_name(choice.name, known)});
    return nullptr;
  }
  const compiler::ConstantNames no_names{[](std::string_view) -> const Value* { return nullptr; }, {}, nullptr};
  const auto rules = compiler::parameter_rules(spec->parameters);
  const auto values =
      compiler::resolve_parameters(rules, choice.parameters, {no_names, no_names},
                                   {"problem '" + choice.name + "'", "problem", choice.where}, diagnostics);
  if (!values) return nullptr;
  Diagnostics found;
  std::shared_ptr<const Problem> problem;
  std::string reason = "it gives no reason";
  try {
    problem = spec->create(*spec, *values, found);
  } catch (const std::exception& error) {
    reason = error.what();
  }
  if (problem == nullptr && !found.has_errors()) {
    found.add({"not-prepared", Severity::error, choice.where, "problem",
               "Problem '" + choice.name + "' could not be made: " + reason + ".", "", "", ""});
  }
  for (Diagnostic diagnostic : found.items()) {
    if (diagnostic.where.line == 0) diagnostic.where = choice.where;
    diagnostics.add(std::move(diagnostic));
  }
  return found.has_errors() ? nullptr : problem;
}

std::optional<Job> Session::prepare(const RunDocument& document, Diagnostics& diagnostics) const {
  const std::size_t errors_before = diagnostics.error_count();
  check_requirements(registry_, document, diagnostics);
  auto problem = make_problem(document.problem, diagnostics);
  compiler::CompilerInput input;
  input.algorithm = find_algorithm(registry_, document.algorithm, diagnostics);
  if (input.algorithm == nullptr || problem == nullptr) return std::nullopt;

  const StopChoice stop = choose_stop(document, *problem, diagnostics);
  input.parameters = document.algorithm.parameters;
  input.slots = document.algorithm.slots;
  add_stop_criterion(input.slots, *input.algorithm, stop, document, diagnostics);
  input.where = document.algorithm.where;
  input.problem = problem;
  input.iteration_limit = stop.iteration_limit;

  Job job;
  job.plan = compiler::compile(registry_, input, diagnostics);
  if (job.plan != nullptr) check_memory(*job.plan, document.algorithm.where, diagnostics);
  if (diagnostics.error_count() != errors_before) return std::nullopt;
  job.problem = std::move(problem);
  job.document = document;
  job.algorithm = input.algorithm->name;
  job.options.seed = document.seed;
  job.options.on_error = document.on_error;
  job.options.retries = document.retries;
  job.options.target = stop.target;
  return job;
}

std::shared_ptr<const Plan> Session::evaluation_plan(std::shared_ptr<const Problem> problem, std::size_t rows,
                                                     Diagnostics& diagnostics) const {
  GraphBuilder graph("evaluation");
  graph.population("points", static_cast<std::int64_t>(rows),
                   {column("position", "solution[n]"), column("fitness", "fitness[n]")});
  graph.slot("evaluator", "evaluator").node("evaluate", slot("evaluator")).flow({"evaluate"});
  compiler::CompilerInput input;
  input.algorithm = std::make_shared<const Graph>(graph.build());
  input.problem = std::move(problem);
  input.whole_algorithm = false;
  return compiler::compile(registry_, input, diagnostics);
}

}  // namespace skein
