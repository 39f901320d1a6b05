#include "schema/schema_values.hpp"

#include <cmath>
#include <optional>
#include <utility>

#include "compiler/parameters.hpp"
#include "documents/object_writer.hpp"

namespace skein::schema {

namespace {

List texts(const std::vector<std::string>& words) {
  List list;
  for (const std::string& word : words) list.emplace_back(word);
  return list;
}

/// JSON's word for what a literal looks like; the keywords for numbers do not apply to expressions, which are texts.
Object literal_schema(const compiler::ParameterRule& rule) {
  Object schema;
  switch (rule.type) {
    case ParameterType::boolean:
      put(schema, "type", Value(texts({"boolean", "string"})));
      break;
    case ParameterType::integer:
      put(schema, "type", Value(texts({"integer", "string"})));
      break;
    case ParameterType::real:
      put(schema, "type", Value(texts({"number", "string"})));
      break;
    case ParameterType::reals:
      put(schema, "type", Value(texts({"number", "array", "string"})));
      put(schema, "items", Value(Object{{"type", {}, Value("number")}}));
      break;
    case ParameterType::text:
      put(schema, "type", Value(texts({"string", "object"})));
      return schema;
    case ParameterType::choice:
      put(schema, "anyOf",
          Value(List{Value(Object{{"enum", {}, Value(texts(rule.choices))}}), reference("expression")}));
      return schema;
    case ParameterType::any:
      return schema;
  }
  put(schema, "pattern", Value("^="));
  if (std::isfinite(rule.minimum)) {
    put(schema, rule.exclusive_minimum ? "exclusiveMinimum" : "minimum", written_number(rule.minimum));
  }
  if (std::isfinite(rule.maximum)) put(schema, "maximum", written_number(rule.maximum));
  return schema;
}

Value parameter_schema(const compiler::ParameterRule& rule, std::string_view summary, std::string_view unit) {
  Object schema;
  put_text(schema, "description", std::string(summary) + (unit.empty() ? "" : " [" + std::string(unit) + "]"));
  for (Member& member : literal_schema(rule)) schema.push_back(std::move(member));
  if (rule.initial) put(schema, "default", written_value(*rule.initial));
  return schema;
}

template <class Parameter>
Value all_parameters(std::span<const Parameter> parameters) {
  const auto rules = compiler::parameter_rules(parameters);
  Object properties;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    std::string_view unit;
    if constexpr (std::is_same_v<Parameter, ParameterSpec>) unit = parameters[i].unit;
    put(properties, rules[i].name, parameter_schema(rules[i], parameters[i].summary, unit));
  }
  return closed_object(std::move(properties), required_names(parameters));
}

template <class Parameter>
std::vector<std::string> names_without_default(std::span<const Parameter> parameters) {
  std::vector<std::string> names;
  for (const auto& rule : compiler::parameter_rules(parameters)) {
    if (!rule.initial) names.push_back(rule.name);
  }
  return names;
}

}  // namespace

Object only_keys(const Object& properties) {
  List keys;
  for (const Member& member : properties) keys.emplace_back(member.key);
  return {{"propertyNames", {}, Value(Object{{"enum", {}, Value(std::move(keys))}})}};
}

Value reference(std::string_view definition) {
  return Object{{"$ref", {}, Value("#/definitions/" + std::string(definition))}};
}

Value closed_object(Object properties, const std::vector<std::string>& required) {
  Object condition = only_keys(properties);
  Object schema;
  put(schema, "type", Value("object"));
  put(schema, "properties", Value(std::move(properties)));
  if (!required.empty()) {
    put(schema, "if", Value(std::move(condition)));
    put(schema, "then", Value(Object{{"required", {}, Value(texts(required))}}));
  }
  put(schema, "additionalProperties", Value(false));
  return schema;
}

Value one_of_names(const std::vector<std::string>& names, std::string description) {
  Object schema;
  put_text(schema, "description", std::move(description));
  put(schema, "type", Value("string"));
  put(schema, "anyOf",
      Value(List{Value(Object{{"enum", {}, Value(texts(names))}}), Value(Object{{"pattern", {}, Value(":")}})}));
  return schema;
}

Value when_named(std::string_view key, const std::vector<std::string>& names, Object properties,
                 const std::vector<std::string>& required) {
  Object condition;
  put(condition, "properties", Value(Object{{std::string(key), {}, Value(Object{{"enum", {}, Value(texts(names))}})}}));
  put(condition, "required", Value(List{Value(std::string(key))}));
  Object consequence;
  put(consequence, "properties", Value(std::move(properties)));
  if (!required.empty()) put(consequence, "required", Value(texts(required)));
  Object schema;
  put(schema, "if", Value(std::move(condition)));
  put(schema, "then", Value(std::move(consequence)));
  return schema;
}

Value any_of(List alternatives) { return Object{{"anyOf", {}, Value(std::move(alternatives))}}; }

Value with_description(Value schema, std::string_view description) {
  auto& members = std::get<Object>(schema.data);
  members.insert(members.begin(), {"description", {}, Value(std::string(description))});
  return schema;
}

Value parameters_schema(std::span<const ParameterSpec> parameters) { return all_parameters(parameters); }
Value parameters_schema(std::span<const GraphParameter> parameters) { return all_parameters(parameters); }

std::vector<std::string> required_names(std::span<const ParameterSpec> parameters) {
  return names_without_default(parameters);
}
std::vector<std::string> required_names(std::span<const GraphParameter> parameters) {
  return names_without_default(parameters);
}

}  // namespace skein::schema
