#include "apps/skein/declarations.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "apps/skein/output.hpp"
#include "skein/json.hpp"
#include "skein/type.hpp"

namespace skein::tool {
namespace {

std::string text_of(std::string_view text) { return std::string(text); }

/// The value of a text in a declaration: JSON, or the text itself.
Value literal(std::string_view text) {
  if (text.empty()) return {};
  Diagnostics ignored;
  auto value = parse_json(text, "", ignored);
  return value ? *std::move(value) : Value(text_of(text));
}

std::string_view name_of(Direction direction) {
  constexpr std::string_view names[] = {"in", "out", "inout"};
  return names[static_cast<std::size_t>(direction)];
}

std::string_view name_of(Access access) {
  constexpr std::string_view names[] = {"own", "any", "whole"};
  return names[static_cast<std::size_t>(access)];
}

std::string_view name_of(ParameterType type) {
  constexpr std::string_view names[] = {"boolean", "integer", "real", "text", "choice", "reals", "any"};
  return names[static_cast<std::size_t>(type)];
}

/// A limit of a range; integers as integers, null for none.
Value limit(double number, ParameterType type) {
  constexpr double exactly_held = 9007199254740992.0;  // 2^53
  if (!std::isfinite(number)) return {};
  if (type == ParameterType::integer && std::abs(number) <= exactly_held) return static_cast<std::int64_t>(number);
  return number;
}

/// The numbers that a port is meant for, where these are not all.
void add_domain(Object& object, const PortSpec& spec) {
  const bool has_minimum = std::isfinite(spec.minimum);
  if (has_minimum) add(object, "minimum", spec.minimum);
  if (std::isfinite(spec.maximum)) add(object, "maximum", spec.maximum);
  if (has_minimum && spec.exclusive_minimum) add(object, "exclusive_minimum", true);
}

List choices(std::string_view text) {
  List list;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('|'), text.size());
    list.emplace_back(text_of(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return list;
}

}  // namespace

Object parameter(const ParameterSpec& spec) {
  Object object;
  add(object, "name", text_of(spec.name));
  add(object, "type", text_of(name_of(spec.type)));
  add(object, "summary", text_of(spec.summary));
  add(object, "default", literal(spec.initial));
  add(object, "minimum", limit(spec.minimum, spec.type));
  add(object, "maximum", limit(spec.maximum, spec.type));
  add(object, "exclusive_minimum", spec.exclusive_minimum);
  if (!spec.choices.empty()) add(object, "choices", choices(spec.choices));
  if (!spec.unit.empty()) add(object, "unit", text_of(spec.unit));
  return object;
}

Object parameter(const GraphParameter& given) {
  Object object;
  add(object, "name", given.name);
  add(object, "type", text_of(name_of(given.type)));
  add(object, "summary", given.summary);
  add(object, "default", given.initial.value_or(Value()));
  add(object, "minimum", given.minimum ? limit(*given.minimum, given.type) : Value());
  add(object, "maximum", given.maximum ? limit(*given.maximum, given.type) : Value());
  if (!given.choices.empty()) add(object, "choices", List(given.choices.begin(), given.choices.end()));
  return object;
}

Object port(const PortSpec& spec) {
  Object object;
  add(object, "name", text_of(spec.name));
  add(object, "direction", text_of(name_of(spec.direction)));
  add(object, "type", text_of(spec.type));
  add(object, "summary", text_of(spec.summary));
  add(object, "access", text_of(name_of(spec.access)));
  add(object, "optional", spec.optional);
  add(object, "broadcast", spec.broadcast);
  add(object, "variadic", spec.variadic);
  add(object, "accepts_unwritten", spec.accepts_unwritten);
  add(object, "default", literal(spec.initial));
  add_domain(object, spec);
  if (!spec.unit.empty()) add(object, "unit", text_of(spec.unit));
  return object;
}

Object callable(const PortSpec& spec) {
  Object object;
  add(object, "name", text_of(spec.name));
  add(object, "role", text_of(spec.type));
  add(object, "summary", text_of(spec.summary));
  return object;
}

Object port(const GraphPort& given) {
  Object object;
  add(object, "name", given.name);
  add(object, "direction", text_of(name_of(given.direction)));
  add(object, "type", to_text(given.type));
  add(object, "summary", given.summary);
  add(object, "default", given.initial.value_or(Value()));
  if (given.columns.empty()) return object;
  List columns;
  for (const GraphVariable& column : given.columns) {
    Object item;
    add(item, "name", column.name);
    add(item, "type", to_text(column.type));
    add(item, "summary", column.summary);
    columns.emplace_back(std::move(item));
  }
  add(object, "columns", std::move(columns));
  return object;
}

Object port(const RolePort& given) {
  Object object;
  add(object, "name", given.name);
  add(object, "direction", text_of(name_of(given.direction)));
  add(object, "type", given.type);
  add(object, "summary", given.summary);
  add(object, "required", given.required);
  return object;
}

Object slot(const GraphSlot& given) {
  Object object;
  add(object, "name", given.name);
  add(object, "role", given.role);
  add(object, "summary", given.summary);
  add(object, "optional", given.optional);
  add(object, "many", given.many);
  const Value filler = given.initial && !given.initial->name.empty() ? Value(given.initial->name) : Value();
  add(object, "default", filler);
  return object;
}

}  // namespace skein::tool
