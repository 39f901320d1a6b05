#include "apps/skein/example.hpp"

#include <string>
#include <utility>
#include <vector>

#include "apps/skein/output.hpp"
#include "skein/json.hpp"

namespace skein::tool {
namespace {

Object named(const std::string& name) {
  Object object;
  add(object, "name", name);
  return object;
}

/// The problem as a document names it, with the parameters of its example.
Object chosen_problem(const std::string& name, const Session& session) {
  Object object = named(name);
  if (Object parameters = example_parameters(session.registry(), name); !parameters.empty()) {
    add(object, "parameters", std::move(parameters));
  }
  return object;
}

Value run_document(const std::string& name, Object algorithm, Object problem) {
  Object run;
  add(run, "format", "skein/1");
  add(run, "run", "example of " + name);
  add(run, "algorithm", std::move(algorithm));
  add(run, "problem", std::move(problem));
  return run;
}

std::vector<std::string> problem_names(const Registry& registry) {
  std::vector<std::string> names;
  for (const auto& problem : registry.problems()) names.push_back(problem.name);
  return names;
}

bool is_right(const Session& session, const Value& run) {
  Diagnostics ignored;
  const auto document = session.read_run(run, {}, ignored);
  return document && session.prepare(*document, ignored);
}

/// With the problem that is wanted, or the first one that suits the algorithm.
std::optional<Example> algorithm_example(const std::string& name, const Session& session, const std::string& wanted) {
  std::vector<std::string> problems = {wanted};
  if (wanted.empty()) problems = problem_names(session.registry());
  for (const std::string& problem : problems) {
    Value run = run_document(name, named(name), chosen_problem(problem, session));
    if (is_right(session, run)) return Example{named(name), std::move(run)};
  }
  return std::nullopt;
}

/// With the first algorithm that suits the problem.
std::optional<Example> problem_example(const std::string& name, const Session& session) {
  const Object chosen = chosen_problem(name, session);
  for (const auto& algorithm : session.registry().graphs()) {
    Value run = run_document(name, named(algorithm.name), chosen);
    if (is_right(session, run)) return Example{chosen, std::move(run)};
  }
  return std::nullopt;
}

/// Of the first problem that suits it and the first algorithm. 1 is a value of the first parameter of each transform.
std::optional<Example> transform_example(const std::string& name, const Session& session) {
  Object part;
  add(part, name, std::int64_t{1});
  for (const auto& problem : session.registry().problems()) {
    Object chosen = named(problem.name);
    add(chosen, "transform", List{Value(part)});
    for (const auto& algorithm : session.registry().graphs()) {
      Value run = run_document(name, named(algorithm.name), chosen);
      if (is_right(session, run)) return Example{part, std::move(run)};
    }
  }
  return std::nullopt;
}

}  // namespace

Object example_parameters(const Registry& registry, const std::string& problem) {
  const ProblemSpec* spec = registry.find_problem(problem);
  if (spec == nullptr || spec->example.empty()) return {};
  Diagnostics ignored;
  const auto example = parse_json(spec->example, "", ignored);
  return example && example->is_object() ? example->object() : Object{};
}

std::optional<Example> example_of(const CatalogueEntry& entry, const Session& session, const std::string& problem) {
  const Value details(entry.details);
  const std::string& category = details.find("category")->text();
  if (category == "operator" || category == "role") return example_node(entry.details);
  const Registry& registry = session.registry();
  const std::string qualified = entry.plugin + ":" + entry.name;
  if (category == "algorithm") {
    return algorithm_example(registry.find_graph(entry.name) != nullptr ? entry.name : qualified, session, problem);
  }
  if (category == "transform") return transform_example(entry.name, session);
  if (category != "problem") return std::nullopt;
  return problem_example(registry.find_problem(entry.name) != nullptr ? entry.name : qualified, session);
}

}  // namespace skein::tool
