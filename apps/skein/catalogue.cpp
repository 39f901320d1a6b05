#include "apps/skein/catalogue.hpp"

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

std::string_view name_of(OperatorKind kind) {
  constexpr std::string_view names[] = {"row", "reducing", "step"};
  return names[static_cast<std::size_t>(kind)];
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

List choices(std::string_view text) {
  List list;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('|'), text.size());
    list.emplace_back(text_of(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return list;
}

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
  add(object, "variadic", spec.variadic);
  add(object, "default", literal(spec.initial));
  if (!spec.unit.empty()) add(object, "unit", text_of(spec.unit));
  return object;
}

Object port(const GraphPort& given) {
  Object object;
  add(object, "name", given.name);
  add(object, "direction", text_of(name_of(given.direction)));
  add(object, "type", to_text(given.type));
  add(object, "summary", given.summary);
  add(object, "default", given.initial.value_or(Value()));
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

Object offer(const Offer& given) {
  Object object;
  add(object, "role", given.role);
  add(object, "name", given.name);
  return object;
}

template <class Range, class Make>
List list_of(const Range& range, Make make) {
  List list;
  for (const auto& item : range) list.emplace_back(make(item));
  return list;
}

/// An entry with the members that all categories have.
CatalogueEntry entry(std::string_view category, std::string name, std::string plugin, std::string summary) {
  CatalogueEntry made{std::move(name), std::move(summary), std::move(plugin), {}};
  add(made.details, "name", made.name);
  add(made.details, "plugin", made.plugin);
  add(made.details, "category", text_of(category));
  add(made.details, "summary", made.summary);
  return made;
}

CatalogueEntry operator_entry(const Registered<const OperatorTable*>& registered) {
  const OperatorTable& table = *registered.content;
  auto made = entry("operator", registered.name, registered.plugin, text_of(table.summary));
  add(made.details, "kind", text_of(name_of(table.kind)));
  add(made.details, "source", text_of(table.source));
  add(made.details, "revision", std::uint64_t{table.revision});
  add(made.details, "roles", list_of(table.roles, text_of));
  std::vector<PortSpec> bound;
  std::ranges::copy_if(table.ports, std::back_inserter(bound),
                       [](const PortSpec& spec) { return spec.kind == PortKind::bound; });
  add(made.details, "ports", list_of(bound, [](const PortSpec& spec) { return port(spec); }));
  add(made.details, "parameters", list_of(table.parameters, [](const ParameterSpec& spec) { return parameter(spec); }));
  add(made.details, "streams", list_of(table.streams, [](const StreamSpec& spec) { return text_of(spec.name); }));
  add(made.details, "can_fail", table.can_fail);
  add(made.details, "thread_safe", table.thread_safe);
  return made;
}

CatalogueEntry graph_entry(std::string_view category, const Registered<std::shared_ptr<const Graph>>& registered) {
  const Graph& graph = *registered.content;
  auto made = entry(category, registered.name, registered.plugin, graph.summary);
  add(made.details, "kind", "graph");
  add(made.details, "revision", std::uint64_t{graph.revision});
  add(made.details, "ports", list_of(graph.ports, [](const GraphPort& given) { return port(given); }));
  add(made.details, "parameters",
      list_of(graph.parameters, [](const GraphParameter& given) { return parameter(given); }));
  add(made.details, "slots", list_of(graph.slots, slot));
  return made;
}

/// Whether a graph can be run by itself: it hands out what it found and needs nothing from outside.
bool is_algorithm(const Graph& graph) {
  const auto has_output = [&graph](std::string_view name) {
    return std::ranges::any_of(graph.ports, [name](const GraphPort& given) {
      return given.direction == Direction::out && given.name == name;
    });
  };
  const auto needs_input = [](const GraphPort& given) {
    return given.direction == Direction::inout || (given.direction == Direction::in && !given.initial);
  };
  return has_output("best") && has_output("best_fitness") && std::ranges::none_of(graph.ports, needs_input);
}

CatalogueSection operators(const Registry& registry) {
  CatalogueSection section{"operators", {}};
  for (const auto& registered : registry.operators()) section.entries.push_back(operator_entry(registered));
  for (const auto& registered : registry.graphs()) {
    if (!is_algorithm(*registered.content)) section.entries.push_back(graph_entry("operator", registered));
  }
  return section;
}

CatalogueSection roles(const Registry& registry) {
  CatalogueSection section{"roles", {}};
  for (const auto& registered : registry.roles()) {
    auto made = entry("role", registered.name, registered.plugin, registered.content->summary);
    add(made.details, "ports", list_of(registered.content->ports, [](const RolePort& given) { return port(given); }));
    section.entries.push_back(std::move(made));
  }
  return section;
}

CatalogueSection encodings(const Registry& registry) {
  CatalogueSection section{"encodings", {}};
  for (const auto& registered : registry.encodings()) {
    auto made = entry("encoding", registered.name, registered.plugin, registered.content->summary);
    add(made.details, "solution", registered.content->solution);
    add(made.details, "offers", list_of(registered.content->offers, offer));
    section.entries.push_back(std::move(made));
  }
  return section;
}

CatalogueSection problems(const Registry& registry) {
  CatalogueSection section{"problems", {}};
  for (const auto& registered : registry.problems()) {
    const ProblemSpec& spec = *registered.content;
    auto made = entry("problem", registered.name, registered.plugin, spec.summary);
    add(made.details, "source", spec.source);
    add(made.details, "encoding", spec.encoding);
    add(made.details, "parameters",
        list_of(spec.parameters, [](const ParameterSpec& item) { return parameter(item); }));
    section.entries.push_back(std::move(made));
  }
  return section;
}

CatalogueSection algorithms(const Registry& registry) {
  CatalogueSection section{"algorithms", {}};
  for (const auto& registered : registry.graphs()) {
    if (is_algorithm(*registered.content)) section.entries.push_back(graph_entry("algorithm", registered));
  }
  return section;
}

CatalogueSection plugins(const Registry& registry, const std::vector<CatalogueSection>& others) {
  CatalogueSection section{"plugins", {}};
  for (const std::string& plugin : registry.plugins()) {
    std::string summary;
    Object contents;
    for (const CatalogueSection& other : others) {
      List names;
      for (const CatalogueEntry& item : other.entries) {
        if (item.plugin == plugin) names.emplace_back(item.name);
      }
      if (names.empty()) continue;
      const std::string noun = other.name.substr(0, other.name.size() - 1);
      summary += (summary.empty() ? "" : ", ") + counted(names.size(), noun);
      add(contents, other.name, std::move(names));
    }
    if (contents.empty()) continue;
    auto made = entry("plugin", plugin, plugin, summary);
    std::ranges::move(contents, std::back_inserter(made.details));
    section.entries.push_back(std::move(made));
  }
  return section;
}

}  // namespace

std::vector<CatalogueSection> catalogue(const Registry& registry) {
  std::vector<CatalogueSection> sections;
  sections.push_back(operators(registry));
  sections.push_back(roles(registry));
  sections.push_back(encodings(registry));
  sections.push_back(problems(registry));
  sections.push_back(algorithms(registry));
  sections.push_back(plugins(registry, sections));
  return sections;
}

}  // namespace skein::tool
