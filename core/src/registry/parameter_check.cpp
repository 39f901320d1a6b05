#include <cmath>
#include <optional>

#include "registry/specification_findings.hpp"
#include "skein/json.hpp"
#include "skein/value.hpp"

namespace skein {
namespace {

std::vector<std::string_view> split_choices(std::string_view choices) {
  std::vector<std::string_view> out;
  while (true) {
    const std::size_t bar = choices.find('|');
    out.push_back(choices.substr(0, bar));
    if (bar == std::string_view::npos) return out;
    choices.remove_prefix(bar + 1);
  }
}

void check_choices(const ParameterSpec& parameter, const std::string& part, SpecificationFindings& findings) {
  if (parameter.type != ParameterType::choice) {
    findings.check(parameter.choices.empty(), part, "only a parameter of the type choice has choices");
    return;
  }
  const std::vector<std::string_view> choices = split_choices(parameter.choices);
  for (auto choice = choices.begin(); choice != choices.end(); ++choice) {
    findings.check(!choice->empty(), part, "a choice is empty");
    findings.check(std::find(choices.begin(), choice, *choice) == choice, part, "a choice is given twice");
  }
  const bool is_known = std::find(choices.begin(), choices.end(), parameter.initial) != choices.end();
  findings.check(parameter.initial.empty() || is_known, part, "the default is not among the choices");
}

bool is_special_real(std::string_view text) { return text == "inf" || text == "-inf" || text == "nan"; }

bool is_in_range(const ParameterSpec& parameter, double number) {
  if (std::isnan(number)) return true;
  if (number < parameter.minimum || number > parameter.maximum) return false;
  return !parameter.exclusive_minimum || number > parameter.minimum;
}

/// Whether one number or boolean is what the parameter takes.
bool fits(const ParameterSpec& parameter, const Value& value) {
  if (parameter.type == ParameterType::boolean) return value.is_boolean();
  if (parameter.type == ParameterType::integer) return value.is_integer() && is_in_range(parameter, value.number());
  return value.is_number() && is_in_range(parameter, value.number());
}

/// Defaults of numbers and booleans; texts are free, expressions are read when a graph is compiled.
void check_initial(const ParameterSpec& parameter, const std::string& part, SpecificationFindings& findings) {
  const bool is_scalar = parameter.type == ParameterType::boolean || parameter.type == ParameterType::integer ||
                         parameter.type == ParameterType::real || parameter.type == ParameterType::reals;
  if (!is_scalar || parameter.initial.empty() || parameter.initial.front() == '=') return;
  if (parameter.type != ParameterType::boolean && is_special_real(parameter.initial)) return;
  Diagnostics unused;
  const std::optional<Value> value = parse_json(parameter.initial, "", unused);
  bool is_good = value.has_value();
  if (is_good && value->is_list() && parameter.type == ParameterType::reals) {
    is_good = std::all_of(value->list().begin(), value->list().end(),
                          [&parameter](const Value& item) { return fits(parameter, item); });
  } else if (is_good) {
    is_good = fits(parameter, *value);
  }
  findings.check(is_good, part, "the default is not of the parameter's type or not in its range");
}

}  // namespace

void check_parameter_specs(std::span<const ParameterSpec> parameters, SpecificationFindings& findings) {
  findings.check_names(parameters, "parameters");
  for (const ParameterSpec& parameter : parameters) {
    const std::string part = "parameters/" + std::string(parameter.name);
    findings.check(parameter.minimum <= parameter.maximum, part, "the minimum is greater than the maximum");
    check_choices(parameter, part, findings);
    check_initial(parameter, part, findings);
  }
}

}  // namespace skein
