#include "skein/session.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "compiler/compiler.hpp"
#include "documents/graph_document.hpp"
#include "documents/joined.hpp"
#include "documents/json_reader.hpp"
#include "embedding/host_evaluator.hpp"
#include "plugin/loader.hpp"
#include "registry/requirements.hpp"
#include "session/included_graphs.hpp"
#include "session/memory_configuration.hpp"
#include "session/memory_need.hpp"
#include "session/problems.hpp"
#include "session/reproducibility.hpp"
#include "session/stop_limits.hpp"
#include "session/transformed_problem.hpp"
#include "session/used_plugins.hpp"
#include "skein/graph_builder.hpp"
#include "skein/json.hpp"
#include "skein/missing_component.hpp"
#include "skein/random.hpp"
#include "skein/text_file.hpp"

namespace skein {

namespace {

std::optional<Value> load_document(const std::string& file, Diagnostics& diagnostics) {
  const auto text = read_text_file(file, diagnostics);
  return text ? parse_json_tree(*text, file, diagnostics) : std::nullopt;
}

Diagnostic reproducibility_note(const Job& job) {
  const Reproducibility tier = job.reproducibility.tier;
  return {"reproducibility",
          Severity::note,
          job.document.where,
          "",
          "This run gives " + std::string(describe(tier)) + ".",
          "",
          "tier " + std::to_string(tier_number(tier)) +
              (job.reproducibility.reasons.empty() ? "" : ": " + joined(job.reproducibility.reasons)),
          ""};
}

/// What the compiler is given for a run; limits become a filler of the slot `stop_criterion`.
compiler::CompilerInput run_input(const RunDocument& document, std::shared_ptr<const Graph> algorithm,
                                  std::shared_ptr<const Problem> problem, const StopChoice& stop,
                                  Diagnostics& diagnostics) {
  compiler::CompilerInput input;
  input.algorithm = std::move(algorithm);
  input.parameters = document.algorithm.parameters;
  input.slots = document.algorithm.slots;
  for (const SlotFilling& filling : input.slots) input.given_slots.push_back(filling.slot);
  add_stop_criterion(input.slots, *input.algorithm, stop, document, diagnostics);
  add_memory_configuration(input.slots, *input.algorithm, document, diagnostics);
  input.where = document.algorithm.where;
  input.problem = std::move(problem);
  input.iteration_limit = stop.iteration_limit;
  input.evaluation_limit = stop.evaluation_limit;
  input.problem_hash = hash_name(write_json(*write_run(document).find("problem"), JsonLayout::one_line));
  input.faulty = document.faulty;
  return input;
}

std::vector<std::string> algorithm_names(const Registry& registry) {
  std::vector<std::string> names;
  for (const auto& entry : registry.graphs()) {
    if (is_algorithm(*entry.content)) names.push_back(entry.name);
  }
  return names;
}

std::shared_ptr<const Graph> find_algorithm(const Registry& registry, const AlgorithmChoice& choice, bool faulty,
                                            Diagnostics& diagnostics) {
  if (choice.inline_graph != nullptr) return choice.inline_graph;
  if (!choice.file.empty()) {
    const std::filesystem::path beside = std::filesystem::path(choice.where.file).parent_path();
    Diagnostics found;
    const auto document = load_document((beside / choice.file).string(), found);
    for (Diagnostic diagnostic : found.items()) {
      if (diagnostic.where.line == 0) diagnostic.where = choice.name_where;  // no such file: the place that names it
      if (diagnostic.path.empty()) diagnostic.path = "algorithm/file";
      diagnostics.add(std::move(diagnostic));
    }
    if (!document) return nullptr;
    Graph graph = read_faulty_graph(*document, diagnostics);
    load_included_graphs(graph, diagnostics);
    return std::make_shared<const Graph>(std::move(graph));
  }
  if (faulty && choice.name.empty()) return nullptr;  // it could not be read
  if (auto graph = registry.find_graph(choice.name)) return graph;
  if (const auto several = registry.candidates(choice.name); several.size() > 1) {
    std::string names;
    for (const std::string& name : several) names += (names.empty() ? "" : ", ") + name;
    diagnostics.add({"ambiguous-name", Severity::error, choice.name_where, "algorithm",
                     "Several plugins have something named '" + choice.name + "': say which one is meant.",
                     "one of: " + names, "'" + choice.name + "'", ""});
    return nullptr;
  }
  const std::vector<std::string> known = algorithm_names(registry);
  const std::string meant = nearest_name(choice.name, known);
  diagnostics.add({"unknown-algorithm", Severity::error, choice.name_where, "algorithm",
                   "There is no algorithm named '" + choice.name + "'.", "", "'" + choice.name + "'",
                   missing_component_hint(registry, choice.name, known)});
  return meant.empty() ? nullptr : registry.find_graph(meant);  // with which the rest is checked
}

/// A function of numbers needs solutions that are numbers; what else is wrong with an encoding the compiler says.
bool fits_its_encoding(const Registry& registry, const Problem& problem, Diagnostics& diagnostics) {
  const EncodingSpec* const encoding = registry.find_encoding(problem.encoding);
  const bool is_asked = encoding != nullptr && problem.evaluator != nullptr && takes_numbers(*problem.evaluator);
  if (!is_asked || encoding->solution == "real[d]" || encoding->solution == "whole[d]") return true;
  Diagnostic diagnostic;
  diagnostic.code = "bad-problem";
  diagnostic.path = "objective";
  diagnostic.message = "The problem '" + problem.name +
                       "' has a function of the numbers of a solution, and solutions of " + "the encoding '" +
                       problem.encoding + "' are none.";
  diagnostic.expected = "`tile_objective`, which takes solutions of any encoding";
  diagnostic.found = "solutions that are " + encoding->solution;
  diagnostics.add(std::move(diagnostic));
  return false;
}

}  // namespace

void Session::load_plugins(const PluginSources& sources, Diagnostics& diagnostics) {
  plugin::load_plugins(registry_, sources, diagnostics);
}

std::optional<RunDocument> Session::load_run(const std::string& file, std::span<const std::string> assignments,
                                             Diagnostics& diagnostics) const {
  const std::size_t errors_before = diagnostics.error_count();
  auto document = load_document(file, diagnostics);
  if (!document) return std::nullopt;
  auto run = read_run(*std::move(document), assignments, diagnostics);
  run->faulty = diagnostics.error_count() != errors_before;
  return run;
}

std::optional<RunDocument> Session::read_run(Value document, std::span<const std::string> assignments,
                                             Diagnostics& diagnostics) const {
  const std::size_t errors_before = diagnostics.error_count();
  for (const std::string& assignment : assignments) {
    static_cast<void>(set_in_document(document, assignment, diagnostics));
  }
  RunDocument run = read_faulty_run(document, diagnostics);
  run.faulty = diagnostics.error_count() != errors_before;
  return run;
}

std::optional<RunDocument> Session::read_run(std::string_view text, const std::string& file,
                                             Diagnostics& diagnostics) const {
  const std::size_t errors_before = diagnostics.error_count();
  const auto document = parse_json_tree(text, file, diagnostics);
  if (!document) return std::nullopt;
  RunDocument run = read_faulty_run(*document, diagnostics);
  run.faulty = diagnostics.error_count() != errors_before;
  return run;
}

bool Session::validate(const std::string& file, Diagnostics& diagnostics) const {
  const auto text = read_text_file(file, diagnostics);
  return text && validate(*text, file, diagnostics);
}

bool Session::validate(std::string_view text, const std::string& file, Diagnostics& diagnostics) const {
  const std::size_t errors_before = diagnostics.error_count();
  const auto document = parse_json_tree(text, file, diagnostics);
  if (!document) return false;
  if (document_kind(*document) == DocumentKind::graph) {
    check_graph(read_faulty_graph(*document, diagnostics), diagnostics);
  } else {
    const RunDocument run = read_faulty_run(*document, diagnostics);
    if (const auto job = prepare(run, diagnostics)) diagnostics.add(reproducibility_note(*job));
  }
  return diagnostics.error_count() == errors_before;
}

void Session::check_graph(Graph graph, Diagnostics& diagnostics) const {
  load_included_graphs(graph, diagnostics);
  compiler::CompilerInput input;
  input.where = graph.where;
  input.algorithm = std::make_shared<const Graph>(std::move(graph));
  input.purpose = compiler::Purpose::check;
  std::optional<Diagnostics> fewest;
  for (const auto& problem : stand_in_problems(registry_, {})) {
    input.problem = problem;
    Diagnostics found;
    static_cast<void>(compiler::compile(registry_, input, found));
    if (!fewest || found.error_count() < fewest->error_count()) fewest = std::move(found);
  }
  if (fewest) diagnostics.add(*fewest);
}

std::optional<GraphView> Session::view(const std::string& file, Diagnostics& diagnostics) const {
  const auto document = load_document(file, diagnostics);
  if (!document) return std::nullopt;
  if (document_kind(*document) != DocumentKind::graph) {
    return view_run(read_faulty_run(*document, diagnostics), diagnostics);
  }
  Graph read = read_faulty_graph(*document, diagnostics);
  load_included_graphs(read, diagnostics);
  auto graph = std::make_shared<const Graph>(std::move(read));
  auto seen = view(graph, diagnostics);
  return graph->faulty ? std::nullopt : std::move(seen);
}

std::optional<GraphView> Session::view(std::shared_ptr<const Graph> graph, Diagnostics& diagnostics) const {
  compiler::CompilerInput input;
  input.where = graph->where;
  input.algorithm = std::move(graph);
  input.purpose = compiler::Purpose::check;
  std::optional<GraphView> best;
  std::optional<Diagnostics> fewest;
  for (const auto& problem : stand_in_problems(registry_, {})) {
    input.problem = problem;
    Diagnostics found;
    auto seen = compiler::view(registry_, input, found);
    if (fewest && found.error_count() >= fewest->error_count()) continue;
    fewest = std::move(found);
    best = std::move(seen);
  }
  if (fewest) diagnostics.add(*fewest);
  return best;
}

std::optional<GraphView> Session::view(const RunDocument& document, Diagnostics& diagnostics) const {
  return view_run(document, diagnostics);
}

std::optional<GraphView> Session::view_run(const RunDocument& given, Diagnostics& diagnostics) const {
  if (!prepare(given, diagnostics)) return std::nullopt;
  Diagnostics said;  // all of it a second time
  RunDocument document = given;
  load_included_graphs(document, said);
  const auto problem = chosen_problem(registry_, document.problem, false, said);
  const StopChoice stop = choose_stop(document, *problem, said);
  const auto algorithm = find_algorithm(registry_, document.algorithm, false, said);
  Diagnostics found;
  auto seen = compiler::view(registry_, run_input(document, algorithm, problem, stop, said), found);
  if (!seen) diagnostics.add(found);
  return seen;
}

std::shared_ptr<const Problem> Session::make_problem(const ProblemChoice& choice, Diagnostics& diagnostics) const {
  return chosen_problem(registry_, choice, false, diagnostics);
}

std::optional<Job> Session::prepare(const RunDocument& given, Diagnostics& diagnostics) const {
  Diagnostics found;
  RunDocument document = given;
  load_included_graphs(document, found);
  check_requirements(registry_, document.requirements, {"The document", "requires", document.where}, found);
  const auto problem = chosen_problem(registry_, document.problem, document.faulty, found);
  const auto algorithm = find_algorithm(registry_, document.algorithm, document.faulty, found);
  std::optional<Job> job;
  if (algorithm != nullptr && problem != nullptr) {
    job = prepare(document, algorithm, problem, found);
  } else if (algorithm != nullptr) {
    // What is wrong with the algorithm is found with the problem that leaves the least to say.
    std::optional<Diagnostics> fewest;
    for (const auto& stand_in : stand_in_problems(registry_, document.problem)) {
      Diagnostics with_it;
      static_cast<void>(prepare(document, algorithm, stand_in, with_it));
      if (!fewest || with_it.error_count() < fewest->error_count()) fewest = std::move(with_it);
    }
    if (fewest) found.add(*fewest);
  }
  const bool failed = document.faulty || found.has_errors();
  diagnostics.add(without_repetitions(found));
  return failed ? std::nullopt : std::move(job);
}

std::optional<Job> Session::prepare(const RunDocument& given, std::shared_ptr<const Problem> problem,
                                    Diagnostics& diagnostics) const {
  Diagnostics found;
  RunDocument document = given;
  load_included_graphs(document, found);
  check_requirements(registry_, document.requirements, {"The document", "requires", document.where}, found);
  if (problem != nullptr && !fits_its_encoding(registry_, *problem, found)) problem = nullptr;
  if (problem != nullptr) {
    document.problem.name = problem->name;
    document.problem.parameters = {{"dimension", {}, Value(static_cast<std::int64_t>(problem->dimension))}};
    problem = transformed_problem(registry_, std::move(problem), document.problem, found);
  }
  const auto algorithm = find_algorithm(registry_, document.algorithm, document.faulty, found);
  std::optional<Job> job;
  if (algorithm != nullptr && problem != nullptr) job = prepare(document, algorithm, problem, found);
  const bool failed = document.faulty || found.has_errors();
  diagnostics.add(without_repetitions(found));
  return failed ? std::nullopt : std::move(job);
}

std::optional<Job> Session::prepare(const RunDocument& document, std::shared_ptr<const Graph> algorithm,
                                    std::shared_ptr<const Problem> problem, Diagnostics& diagnostics) const {
  const StopChoice stop = choose_stop(document, *problem, diagnostics);
  const compiler::CompilerInput input = run_input(document, std::move(algorithm), problem, stop, diagnostics);
  Job job;
  job.plan = compiler::compile(registry_, input, diagnostics);
  if (job.plan == nullptr) return std::nullopt;
  if (!diagnostics.has_errors()) check_stop(*job.plan, document, diagnostics);
  check_evaluations(*job.plan, document, diagnostics);
  check_memory(*job.plan, document.algorithm.where, diagnostics);
  check_memory_bounds(*job.plan, document, diagnostics);
  job.show_solution = problem->show != nullptr ? problem->show : registry_.find_encoding(problem->encoding)->show;
  job.problem = std::move(problem);
  job.document = document;
  job.algorithm = input.algorithm->name;
  job.reproducibility = reproducibility_of(registry_, *job.plan, document);
  job.plugins = used_plugins(registry_, *job.plan, *input.algorithm, document.problem.name);
  job.options.seed = document.seed;
  job.options.on_error = document.on_error;
  job.options.retries = document.retries;
  job.options.flush_denormals = document.flush_denormals;
  job.options.target = stop.target;
  job.options.evaluation_limit = document.stop.evaluations;
  job.options.emergency_recovery = recovers_from_emergencies(*job.plan);
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
  input.purpose = compiler::Purpose::evaluation;
  return compiler::compile(registry_, input, diagnostics);
}

}  // namespace skein
