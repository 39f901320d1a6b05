#include "session/problems.hpp"

#include <algorithm>
#include <exception>
#include <string>
#include <utility>

#include "compiler/parameters.hpp"
#include "documents/joined.hpp"
#include "session/transformed_problem.hpp"
#include "skein/missing_component.hpp"

namespace skein {

namespace {

std::vector<std::optional<Value>> parameter_values(const ProblemSpec& spec, const ProblemChoice& choice, bool faulty,
                                                   Diagnostics& diagnostics) {
  const compiler::ConstantNames no_names{[](std::string_view) -> const Value* { return nullptr; }, {}, nullptr};
  return compiler::resolve_each_parameter(
      compiler::parameter_rules(spec.parameters), choice.parameters, {no_names, no_names},
      {"problem '" + choice.name + "'", "problem", choice.where, faulty}, diagnostics);
}

/// All of them, or nothing when one is missing.
std::optional<std::vector<Value>> complete(std::vector<std::optional<Value>> values) {
  std::vector<Value> result;
  for (std::optional<Value>& value : values) {
    if (!value) return std::nullopt;
    result.push_back(*std::move(value));
  }
  return result;
}

/// The place of what the path "…/lower" names among the parameters, of the problem where it is not given.
SourceLocation place_of(const ProblemChoice& choice, const std::string& path) {
  const std::string name = path.substr(path.rfind('/') + 1);
  const auto given = std::ranges::find(choice.parameters, name, &Member::key);
  return given != choice.parameters.end() && given->value.where.is_known() ? given->value.where : choice.where;
}

std::shared_ptr<const Problem> create(const ProblemSpec& spec, std::span<const Value> values,
                                      const ProblemChoice& choice, Diagnostics& diagnostics) {
  Diagnostics found;
  std::shared_ptr<const Problem> problem;
  std::string reason = "it gives no reason";
  try {
    problem = spec.create(spec, values, found);
  } catch (const std::exception& error) {
    reason = error.what();
  }
  if (problem == nullptr && !found.has_errors()) {
    found.add({"not-prepared", Severity::error, choice.where, "problem",
               "Problem '" + choice.name + "' could not be made: " + reason + ".", "", "", ""});
  }
  for (Diagnostic diagnostic : found.items()) {
    if (!diagnostic.path.starts_with("problem")) {
      diagnostic.path = "problem" + (diagnostic.path.empty() ? "" : "/" + diagnostic.path);
    }
    if (!diagnostic.where.is_known()) diagnostic.where = place_of(choice, diagnostic.path);
    diagnostics.add(std::move(diagnostic));
  }
  return found.has_errors() ? nullptr : problem;
}

/// With what is right of the choice, then with its dimension alone, then with defaults.
std::shared_ptr<const Problem> stand_in(const ProblemSpec& spec, const ProblemChoice& choice) {
  Diagnostics ignored;
  const auto defaults = parameter_values(spec, {}, true, ignored);
  auto given = parameter_values(spec, choice, true, ignored);
  auto dimension_alone = defaults;
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (!given[i]) given[i] = defaults[i];
    if (spec.parameters[i].name == "dimension") dimension_alone[i] = given[i];
  }
  for (const auto& values : {given, dimension_alone, defaults}) {
    const auto all = complete(values);
    if (!all) continue;
    if (auto problem = create(spec, *all, choice, ignored)) return problem;
  }
  return nullptr;
}

}  // namespace

std::shared_ptr<const Problem> chosen_problem(const Registry& registry, const ProblemChoice& choice, bool faulty,
                                              Diagnostics& diagnostics) {
  if (faulty && choice.name.empty()) return nullptr;  // it could not be read
  const ProblemSpec* spec = registry.find_problem(choice.name);
  if (spec == nullptr) {
    const SourceLocation& where = choice.name_where.is_known() ? choice.name_where : choice.where;
    if (const auto several = registry.problem_candidates(choice.name); several.size() > 1) {
      diagnostics.add({"ambiguous-name", Severity::error, where, "problem",
                       "Several plugins have a problem named '" + choice.name + "': say which one is meant.",
                       "one of: " + joined(several), "'" + choice.name + "'", ""});
      return nullptr;
    }
    diagnostics.add({"unknown-problem", Severity::error, where, "problem",
                     "There is no problem named '" + choice.name + "'.", "", "'" + choice.name + "'",
                     missing_component_hint(registry, choice.name, names_of(registry.problems()))});
    return transformed_problem(registry, nullptr, choice, diagnostics);
  }
  const std::size_t errors_before = diagnostics.error_count();
  const auto values = complete(parameter_values(*spec, choice, faulty, diagnostics));
  auto problem =
      values && diagnostics.error_count() == errors_before ? create(*spec, *values, choice, diagnostics) : nullptr;
  return transformed_problem(registry, std::move(problem), choice, diagnostics);
}

std::vector<std::shared_ptr<const Problem>> stand_in_problems(const Registry& registry, const ProblemChoice& choice) {
  const ProblemSpec* meant = registry.find_problem(choice.name);
  if (meant == nullptr) meant = registry.find_problem(nearest_name(choice.name, names_of(registry.problems())));
  if (meant != nullptr) {
    if (auto problem = stand_in(*meant, choice)) return {std::move(problem)};
  }
  std::vector<std::shared_ptr<const Problem>> problems;
  for (const auto& entry : registry.problems()) {
    const auto has_encoding = [&](const auto& problem) { return problem->encoding == entry.content->encoding; };
    if (std::ranges::any_of(problems, has_encoding)) continue;
    if (auto problem = stand_in(*entry.content, choice)) problems.push_back(std::move(problem));
  }
  return problems;
}

}  // namespace skein
