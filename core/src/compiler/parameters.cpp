#include "compiler/parameters.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

#include "documents/joined.hpp"
#include "skein/json.hpp"

namespace skein::compiler {

namespace {

std::vector<std::string> split_choices(std::string_view text) {
  std::vector<std::string> choices;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('|'), text.size());
    choices.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return choices;
}

std::string_view type_phrase(ParameterType type) {
  switch (type) {
    case ParameterType::boolean:
      return "true or false";
    case ParameterType::integer:
      return "an integer";
    case ParameterType::real:
      return "a number";
    case ParameterType::text:
      return "a text";
    case ParameterType::choice:
      return "one of the choices";
    case ParameterType::reals:
      return "a number or a list of numbers";
    case ParameterType::any:
      break;
  }
  return "any value";
}

std::string range_text(const ParameterRule& rule) {
  const bool low = std::isfinite(rule.minimum);
  const bool high = std::isfinite(rule.maximum);
  const auto number = [&](double value) {
    const bool whole = rule.type == ParameterType::integer && std::abs(value) < 9e15;
    return write_json(whole ? Value(static_cast<std::int64_t>(value)) : Value(value), JsonLayout::one_line);
  };
  if (low && rule.minimum == rule.maximum) return number(rule.minimum);
  std::string least = (rule.exclusive_minimum ? "greater than " : "at least ") + number(rule.minimum);
  if (low && high) return least + " and at most " + number(rule.maximum);
  if (low) return least;
  return high ? "at most " + number(rule.maximum) : "a finite number";
}

class Checker {
 public:
  Checker(const ParameterRule& rule, const ParameterOwner& owner, Diagnostics& diagnostics)
      : rule_(rule), owner_(owner), diagnostics_(diagnostics) {}

  std::optional<Value> check(Value value) {
    if (!value.where.is_known()) value.where = owner_.where;
    if (!has_type(value)) {
      report(
          "wrong-type", value,
          "Parameter '" + rule_.name + "' of " + owner_.text + " takes " + std::string(type_phrase(rule_.type)) + ".",
          std::string(type_phrase(rule_.type)));
      return std::nullopt;
    }
    if (rule_.type == ParameterType::choice) return check_choice(std::move(value));
    if (rule_.type == ParameterType::reals && value.is_list()) {
      for (const Value& element : value.list()) {
        if (!in_range(element)) return std::nullopt;
      }
      return value;
    }
    if (value.is_number() && rule_.type != ParameterType::any && !in_range(value)) return std::nullopt;
    return value;
  }

 private:
  [[nodiscard]] bool has_type(const Value& value) const {
    switch (rule_.type) {
      case ParameterType::boolean:
        return value.is_boolean();
      case ParameterType::integer:
        return value.is_integer();
      case ParameterType::real:
        return value.is_number();
      case ParameterType::text:
      case ParameterType::choice:
        return value.is_text();
      case ParameterType::reals:
        return value.is_number() ||
               (value.is_list() && std::ranges::all_of(value.list(), [](const Value& v) { return v.is_number(); }));
      case ParameterType::any:
        break;
    }
    return true;
  }

  std::optional<Value> check_choice(Value value) {
    if (std::ranges::find(rule_.choices, value.text()) != rule_.choices.end()) return value;
    report("out-of-range", value,
           "Parameter '" + rule_.name + "' of " + owner_.text + " has no choice '" + value.text() + "'.",
           joined(rule_.choices), nearest_name(value.text(), rule_.choices));
    return std::nullopt;
  }

  bool in_range(const Value& value) {
    const bool too_large_an_integer =
        rule_.type == ParameterType::integer && std::holds_alternative<std::uint64_t>(value.data);
    const double number = value.number();
    const bool above = rule_.exclusive_minimum ? number > rule_.minimum : number >= rule_.minimum;
    if (std::isfinite(number) && above && number <= rule_.maximum && !too_large_an_integer) return true;
    report("out-of-range", value,
           "Parameter '" + rule_.name + "' of " + owner_.text + " must be " + range_text(rule_) + ".",
           range_text(rule_));
    return false;
  }

  void report(std::string code, const Value& value, std::string message, std::string expected,
              std::string suggestion = "") {
    std::string found = write_json(value, JsonLayout::one_line);
    if (found.size() > 80) found = std::string(value.kind_name());
    diagnostics_.add({std::move(code), Severity::error, value.where, owner_.path + "/parameters/" + rule_.name,
                      std::move(message), std::move(expected), std::move(found), std::move(suggestion)});
  }

  const ParameterRule& rule_;
  const ParameterOwner& owner_;
  Diagnostics& diagnostics_;
};

void report_unknown(std::span<const ParameterRule> rules, const Object& given, const ParameterOwner& owner,
                    Diagnostics& diagnostics) {
  std::vector<std::string> names;
  for (const ParameterRule& rule : rules) names.push_back(rule.name);
  for (const Member& member : given) {
    if (std::ranges::find(names, member.key) != names.end()) continue;
    diagnostics.add(
        {"unknown-parameter", Severity::error, member.key_where.is_known() ? member.key_where : owner.where,
         owner.path + "/parameters/" + member.key, "There is no parameter '" + member.key + "' of " + owner.text + ".",
         names.empty() ? "no parameters" : joined(names), "'" + member.key + "'", nearest_name(member.key, names)});
  }
}

const Value* find_given(const Object& given, const std::string& name) {
  const auto found = std::ranges::find(given, name, &Member::key);
  return found == given.end() ? nullptr : &found->value;
}

/// What a default may use: the parameters before it, then the names around.
ConstantNames with_earlier(std::span<const ParameterRule> rules, const std::vector<std::optional<Value>>& values,
                           const ConstantNames& around) {
  const auto position = [rules](std::string_view name) {
    return static_cast<std::size_t>(std::ranges::find(rules, name, &ParameterRule::name) - rules.begin());
  };
  ConstantNames names = around;
  for (std::size_t i = 0; i < values.size(); ++i) names.known.push_back(rules[i].name);
  names.find = [&values, &around, position](std::string_view name) -> const Value* {
    const std::size_t i = position(name);
    return i < values.size() && values[i] ? &*values[i] : around.find(name);
  };
  names.explain = [&values, &around, rules, position](std::string_view name) -> std::optional<NameProblem> {
    const std::size_t i = position(name);
    if (i < values.size() && !values[i]) return NameProblem{true, ""};
    if (i < values.size()) {
      return NameProblem{false, "Parameter '" + std::string(name) + "' is " + std::string(values[i]->kind_name()) +
                                    "; an expression takes single numbers and booleans."};
    }
    if (i == rules.size()) return around.explain ? around.explain(name) : std::nullopt;
    return NameProblem{false,
                       "Parameter '" + std::string(name) +
                           "' is not known here yet: a default uses only parameters that are declared before it."};
  };
  return names;
}

/// A default that is declared in C++ has no place of its own.
std::optional<Value> evaluate_default(const Value& expression, const ConstantNames& names, const std::string& path,
                                      const ParameterOwner& owner, Diagnostics& diagnostics) {
  Diagnostics found;
  auto value = evaluate_constant(expression, names, path, found);
  for (Diagnostic diagnostic : found.items()) {
    if (!diagnostic.where.is_known()) diagnostic.where = owner.where;
    diagnostics.add(std::move(diagnostic));
  }
  return value;
}

}  // namespace

Value declared_value(ParameterType type, std::string_view text) {
  const bool literal = type == ParameterType::text || type == ParameterType::choice || text.starts_with('=');
  if (literal) return {std::string(text)};
  Diagnostics ignored;
  return parse_json(text, "", ignored).value_or(Value());
}

std::vector<ParameterRule> parameter_rules(std::span<const ParameterSpec> specs) {
  std::vector<ParameterRule> rules;
  for (const ParameterSpec& spec : specs) {
    ParameterRule rule{
        std::string(spec.name),      spec.type, std::nullopt, spec.minimum, spec.maximum, spec.exclusive_minimum,
        split_choices(spec.choices), false};
    if (!spec.initial.empty()) rule.initial = declared_value(spec.type, spec.initial);
    rules.push_back(std::move(rule));
  }
  return rules;
}

std::vector<ParameterRule> parameter_rules(std::span<const GraphParameter> parameters) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  std::vector<ParameterRule> rules;
  for (const GraphParameter& parameter : parameters) {
    rules.push_back({parameter.name, parameter.type, parameter.initial, parameter.minimum.value_or(-infinity),
                     parameter.maximum.value_or(infinity), false, parameter.choices, parameter.faulty});
  }
  return rules;
}

std::vector<std::optional<Value>> resolve_each_parameter(std::span<const ParameterRule> rules, const Object& given,
                                                         const ParameterNames& names, const ParameterOwner& owner,
                                                         Diagnostics& diagnostics) {
  report_unknown(rules, given, owner, diagnostics);
  std::vector<std::optional<Value>> values;
  for (const ParameterRule& rule : rules) {
    const std::string path = owner.path + "/parameters/" + rule.name;
    const Value* from_document = find_given(given, rule.name);
    std::optional<Value> value;
    if (rule.faulty) {
      values.emplace_back();
      continue;
    }
    if (from_document != nullptr) {
      value = is_expression(*from_document) ? evaluate_constant(*from_document, names.given, path, diagnostics)
                                            : unwrap_text(*from_document);
    } else if (rule.initial) {
      const ConstantNames earlier = with_earlier(rules, values, names.defaults);
      value = is_expression(*rule.initial) ? evaluate_default(*rule.initial, earlier, path, owner, diagnostics)
                                           : unwrap_text(*rule.initial);
    } else if (!owner.faulty) {
      diagnostics.add({"missing-parameter", Severity::error, owner.where, path,
                       "Parameter '" + rule.name + "' of " + owner.text + " must be given.",
                       std::string(type_phrase(rule.type)), "", ""});
    }
    if (value) value = Checker(rule, owner, diagnostics).check(*std::move(value));
    values.push_back(std::move(value));
  }
  return values;
}

std::optional<std::vector<Value>> resolve_parameters(std::span<const ParameterRule> rules, const Object& given,
                                                     const ParameterNames& names, const ParameterOwner& owner,
                                                     Diagnostics& diagnostics) {
  const std::size_t errors_before = diagnostics.error_count();
  auto each = resolve_each_parameter(rules, given, names, owner, diagnostics);
  std::vector<Value> values;
  for (std::optional<Value>& value : each) {
    if (!value) return std::nullopt;
    values.push_back(*std::move(value));
  }
  if (diagnostics.error_count() != errors_before) return std::nullopt;
  return values;
}

}  // namespace skein::compiler
