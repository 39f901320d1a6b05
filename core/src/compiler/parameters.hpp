// Parameters: from what a document gives and what is declared to one checked constant for each.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "compiler/expressions.hpp"
#include "skein/graph.hpp"
#include "skein/operator_table.hpp"

namespace skein::compiler {

/// A declared parameter, whether an operator, a problem or a graph declares it.
struct ParameterRule {
  std::string name;
  ParameterType type = ParameterType::real;
  std::optional<Value> initial;
  double minimum = 0;
  double maximum = 0;
  bool exclusive_minimum = false;
  std::vector<std::string> choices;
  bool faulty = false;  ///< its declaration could not be read: it has no value
};

[[nodiscard]] std::vector<ParameterRule> parameter_rules(std::span<const ParameterSpec> specs);
[[nodiscard]] std::vector<ParameterRule> parameter_rules(std::span<const GraphParameter> parameters);

/// The default of a port or parameter that a declaration in C++ gives as document text: a number, a boolean, an
/// `=expression`; texts and choices stand without quotes.
[[nodiscard]] Value declared_value(ParameterType type, std::string_view text);

/// What parameters belong to, for messages: "operator 'clamp'", and where they were given.
struct ParameterOwner {
  std::string text;
  std::string path;
  SourceLocation where;
  bool faulty = false;  ///< some could not be read: none is said to be missing
};

/// What expressions among parameters may use.
struct ParameterNames {
  const ConstantNames& given;     ///< values: names of the place where they are written
  const ConstantNames& defaults;  ///< defaults: these, and parameters before them
};

/// The value of every rule, in their order; nothing for a parameter with an error. Given values win over defaults.
/// Reports `unknown-parameter`, `missing-parameter`, `wrong-type`, `out-of-range` and errors of expressions.
[[nodiscard]] std::vector<std::optional<Value>> resolve_each_parameter(std::span<const ParameterRule> rules,
                                                                       const Object& given, const ParameterNames& names,
                                                                       const ParameterOwner& owner,
                                                                       Diagnostics& diagnostics);

/// The same for whoever needs all of them: nothing when an error was found.
[[nodiscard]] std::optional<std::vector<Value>> resolve_parameters(std::span<const ParameterRule> rules,
                                                                   const Object& given, const ParameterNames& names,
                                                                   const ParameterOwner& owner,
                                                                   Diagnostics& diagnostics);

}  // namespace skein::compiler
