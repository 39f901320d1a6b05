#include "session/transformed_problem.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "compiler/parameters.hpp"
#include "documents/joined.hpp"
#include "embedding/host_evaluator.hpp"
#include "transform/transform.hpp"
#include "transform/wrapped_evaluator.hpp"

namespace skein {
namespace {

using transform::Transform;

const Transform* find_transform(const TransformChoice& choice, const std::string& path, Diagnostics& diagnostics) {
  std::vector<std::string> names;
  for (const Transform& transform : transform::transforms()) {
    if (transform.spec.name == choice.name) return &transform;
    names.emplace_back(transform.spec.name);
  }
  diagnostics.add({"unknown-transform", Severity::error, choice.where, path,
                   "There is no transform named '" + choice.name + "'.", joined(names), "'" + choice.name + "'",
                   nearest_name(choice.name, names)});
  return nullptr;
}

/// An object of parameters; a value that is none belongs to the first one.
Object parameters_of(const TransformChoice& choice, const TransformSpec& spec) {
  if (choice.value.is_object()) return choice.value.object();
  return {{std::string(spec.parameters.front().name), choice.where, choice.value}};
}

std::optional<std::vector<Value>> parameter_values(const TransformChoice& choice, const TransformSpec& spec,
                                                   const std::string& path, Diagnostics& diagnostics) {
  const compiler::ConstantNames no_names{[](std::string_view) -> const Value* { return nullptr; }, {}, nullptr};
  Diagnostics found;
  auto values = compiler::resolve_parameters(compiler::parameter_rules(spec.parameters), parameters_of(choice, spec),
                                             {no_names, no_names},
                                             {"transform '" + choice.name + "'", path, choice.where, false}, found);
  for (Diagnostic diagnostic : found.items()) {
    // A transform's parameters stand in its object itself.
    const std::string level = path + "/parameters/";
    if (diagnostic.path.starts_with(level)) diagnostic.path = path + "/" + diagnostic.path.substr(level.size());
    diagnostics.add(std::move(diagnostic));
  }
  return values;
}

/// Whether it is possible to put anything around the problem, and this in particular.
bool check_possible(const Registry& registry, const Problem& problem, const Transform& transform,
                    const TransformChoice& choice, const std::string& path, Diagnostics& diagnostics) {
  const auto refuse = [&](std::string message, std::string expected, std::string found) {
    diagnostics.add({"transform-not-possible", Severity::error, choice.where, path, std::move(message),
                     std::move(expected), std::move(found), ""});
    return false;
  };
  const std::string what = "Transform '" + choice.name + "' cannot be applied to problem '" + problem.name + "': ";
  const std::string reason = problem.evaluator == nullptr         ? "it has no evaluator"
                             : waits_for_host(*problem.evaluator) ? "its values come from the host"
                                                                  : transform::not_wrappable(*problem.evaluator);
  if (!reason.empty()) return refuse(what + reason + ".", "an evaluator that works on single rows", "");
  const EncodingSpec* encoding = registry.find_encoding(problem.encoding);
  if (!transform.spec.moves_solutions || encoding == nullptr) return true;
  const bool is_real = encoding->solution == "real[d]";
  if (is_real && encoding->show == nullptr) return true;
  if (is_real) {
    return refuse(what + "solutions of the encoding '" + problem.encoding +
                      "' are only held as real numbers, and moved ones would not be solutions.",
                  "a problem whose solutions are real vectors, with the encoding real_vector", problem.encoding);
  }
  return refuse(what + "solutions of the encoding '" + problem.encoding + "' are no real vectors.",
                "a problem with an encoding whose solutions are real[d]", encoding->solution);
}

}  // namespace

std::shared_ptr<const Problem> transformed_problem(const Registry& registry, std::shared_ptr<const Problem> problem,
                                                   const ProblemChoice& choice, Diagnostics& diagnostics) {
  bool good = problem != nullptr;
  for (std::size_t i = 0; i < choice.transforms.size(); ++i) {
    const TransformChoice& chosen = choice.transforms[i];
    const std::string path = "problem/transform/" + std::to_string(i) + "/" + chosen.name;
    const Transform* transform = find_transform(chosen, path, diagnostics);
    const auto values =
        transform == nullptr ? std::nullopt : parameter_values(chosen, transform->spec, path, diagnostics);
    std::shared_ptr<const Problem> made;
    if (values && problem != nullptr && check_possible(registry, *problem, *transform, chosen, path, diagnostics)) {
      const SourceLocation& where = chosen.value.where.is_known() ? chosen.value.where : chosen.where;
      made = transform->make({*problem, *values, where, path, diagnostics});
    }
    // What is wrong with the next ones is looked for with what was there before.
    if (made == nullptr) {
      good = false;
    } else {
      problem = std::move(made);
    }
  }
  return good ? problem : nullptr;
}

}  // namespace skein
