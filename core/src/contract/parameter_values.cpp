#include "contract/parameter_values.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <utility>

#include "compiler/parameters.hpp"
#include "skein/diagnostic.hpp"
#include "skein/json.hpp"

namespace skein {
namespace {

std::optional<double> made_up_number(const ParameterSpec& parameter) {
  const bool has_minimum = std::isfinite(parameter.minimum);
  if (has_minimum && !parameter.exclusive_minimum) return parameter.minimum;
  double number = has_minimum && parameter.minimum >= 1 ? parameter.minimum + 1 : 1;
  if (number > parameter.maximum)
    number = has_minimum ? (parameter.minimum + parameter.maximum) / 2 : parameter.maximum;
  const bool is_in_range = parameter.exclusive_minimum ? number > parameter.minimum : number >= parameter.minimum;
  return is_in_range ? std::optional(number) : std::nullopt;
}

std::optional<Value> made_up_integer(const ParameterSpec& parameter) {
  const std::optional<double> number = made_up_number(parameter);
  constexpr double exactly_held = 9007199254740992.0;  // 2^53
  if (!number || std::abs(*number) > exactly_held) return std::nullopt;
  const double integer = std::ceil(*number);
  if (integer > parameter.maximum) return std::nullopt;
  return Value(static_cast<std::int64_t>(integer));
}

/// `d` and `dimension`, which defaults may speak of.
compiler::ConstantNames names_of(const Value& dimension) {
  compiler::ConstantNames names;
  names.known = {"d", "dimension"};
  names.find = [&dimension](std::string_view name) -> const Value* {
    return name == "d" || name == "dimension" ? &dimension : nullptr;
  };
  return names;
}

bool is_given(const Object& given, std::string_view name) {
  return std::ranges::any_of(given, [name](const Member& member) { return member.key == name; });
}

}  // namespace

std::optional<Value> made_up_value(const ParameterSpec& parameter) {
  switch (parameter.type) {
    case ParameterType::boolean:
      return Value(true);
    case ParameterType::integer:
      return made_up_integer(parameter);
    case ParameterType::real:
    case ParameterType::reals:
      if (const auto number = made_up_number(parameter)) return Value(*number);
      return std::nullopt;
    case ParameterType::choice:
      return Value(std::string(parameter.choices.substr(0, parameter.choices.find('|'))));
    case ParameterType::text:
    case ParameterType::any:
      break;
  }
  return std::nullopt;
}

std::optional<ParameterValues> parameter_values(const OperatorTable& table, const ContractInput& input,
                                                std::size_t dimension, ContractFindings& findings) {
  Object given;
  for (const auto& [name, value] : input.parameters) given.push_back({name, {}, value});
  ParameterValues result;
  for (const ParameterSpec& parameter : table.parameters) {
    const std::string name(parameter.name);
    if (!parameter.initial.empty() || is_given(given, name)) continue;
    std::optional<Value> value = made_up_value(parameter);
    if (!value) {
      findings.not_run("parameters/" + name, "",
                       "its parameter '" + name + "' has no default, and no value can be made up for it.");
      return std::nullopt;
    }
    result.made_up.push_back(name + " = " + write_json(*value, JsonLayout::one_line));
    given.push_back({name, {}, *std::move(value)});
  }
  const Value size(static_cast<std::int64_t>(dimension));
  const compiler::ConstantNames names = names_of(size);
  const std::string owner(table.name);
  Diagnostics wrong;
  auto values = compiler::resolve_parameters(compiler::parameter_rules(table.parameters), given, {names, names},
                                             {"operator '" + owner + "'", owner, {}}, wrong);
  if (!values) {
    findings.not_run("", "", wrong.items().front().message);
    return std::nullopt;
  }
  result.values = *std::move(values);
  return result;
}

}  // namespace skein
