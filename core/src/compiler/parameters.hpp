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
};

/// The value of every rule, in their order. Given values win over defaults; expressions may use `names` (of the place
/// where the values are written); defaults may use parameters before them and `names`. Reports `unknown-parameter`,
/// `missing-parameter`, `wrong-type`, `out-of-range` and errors of expressions; nothing when there was one.
[[nodiscard]] std::optional<std::vector<Value>> resolve_parameters(std::span<const ParameterRule> rules,
                                                                   const Object& given, const ConstantNames& names,
                                                                   const ParameterOwner& owner,
                                                                   Diagnostics& diagnostics);

}  // namespace skein::compiler
