#include "apps/skein/catalogue.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <utility>

#include "apps/skein/declarations.hpp"
#include "apps/skein/output.hpp"
#include "skein/document.hpp"
#include "skein/reproducibility.hpp"
#include "skein/transform.hpp"
#include "skein/type.hpp"

namespace skein::tool {
namespace {

std::string text_of(std::string_view text) { return std::string(text); }

std::string_view name_of(OperatorKind kind) {
  constexpr std::string_view names[] = {"row", "reducing", "step"};
  return names[static_cast<std::size_t>(kind)];
}

Object offer(const Offer& given) {
  Object object;
  add(object, "role", given.role);
  add(object, "name", given.name);
  return object;
}

Object stream(const StreamSpec& spec) {
  Object object;
  add(object, "name", text_of(spec.name));
  add(object, "summary", text_of(spec.summary));
  return object;
}

Object bundle_part(const BundlePart& part) {
  Object object;
  add(object, "name", part.name);
  add(object, "element", text_of(element_name(part.element)));
  add(object, "per_dimension", part.per_dimension);
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
  std::vector<PortSpec> called;
  std::ranges::copy_if(table.ports, std::back_inserter(called),
                       [](const PortSpec& spec) { return spec.kind == PortKind::callable; });
  add(made.details, "calls", list_of(called, callable));
  add(made.details, "parameters", list_of(table.parameters, [](const ParameterSpec& spec) { return parameter(spec); }));
  add(made.details, "streams", list_of(table.streams, stream));
  add(made.details, "can_fail", table.can_fail);
  add(made.details, "thread_safe", table.thread_safe);
  add(made.details, "strong_guarantee", table.strong_guarantee);
  return made;
}

CatalogueEntry graph_entry(std::string_view category, const Registered<std::shared_ptr<const Graph>>& registered) {
  const Graph& graph = *registered.content;
  auto made = entry(category, registered.name, registered.plugin, graph.summary);
  add(made.details, "kind", "graph");
  add(made.details, "revision", std::uint64_t{graph.revision});
  add(made.details, "roles", list_of(graph.roles, [](const GraphRole& role) { return role.name; }));
  add(made.details, "ports", list_of(graph.ports, [](const GraphPort& given) { return port(given); }));
  add(made.details, "parameters",
      list_of(graph.parameters, [](const GraphParameter& given) { return parameter(given); }));
  add(made.details, "slots", list_of(graph.slots, slot));
  add(made.details, "document", write_graph(graph));
  return made;
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
    add(made.details, "fulfilled_by", list_of(registry.fillers(registered.name), text_of));
    section.entries.push_back(std::move(made));
  }
  return section;
}

CatalogueSection encodings(const Registry& registry) {
  CatalogueSection section{"encodings", {}};
  for (const auto& registered : registry.encodings()) {
    auto made = entry("encoding", registered.name, registered.plugin, registered.content->summary);
    add(made.details, "solution", registered.content->solution);
    add(made.details, "parts", list_of(registered.content->parts, bundle_part));
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

CatalogueSection transforms() {
  CatalogueSection section{"transforms", {}};
  for (const TransformSpec& spec : transform_specs()) {
    auto made = entry("transform", text_of(spec.name), "core", text_of(spec.summary));
    add(made.details, "source", text_of(spec.source));
    add(made.details, "works_on", spec.moves_solutions ? "problems whose solutions are real[d]" : "all problems");
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

/// Graphs that are no algorithms count as operators.
void add_contents(Object& details, const PluginContent& adds) {
  std::vector<std::string> operators = adds.operators;
  operators.insert(operators.end(), adds.graphs.begin(), adds.graphs.end());
  const auto add_names = [&details](std::string_view key, const std::vector<std::string>& names) {
    if (!names.empty()) add(details, key, List(names.begin(), names.end()));
  };
  add_names("operators", operators);
  add_names("roles", adds.roles);
  add_names("encodings", adds.encodings);
  add_names("problems", adds.problems);
  add_names("object_types", adds.object_types);
  add_names("algorithms", adds.algorithms);
}

CatalogueSection plugins(const Registry& registry) {
  CatalogueSection section{"plugins", {}};
  for (const PluginReport& report : registry.plugin_reports()) section.entries.push_back(plugin_entry(report));
  return section;
}

}  // namespace

CatalogueEntry plugin_entry(const PluginReport& report) {
  const std::string name = report.name.empty() ? std::filesystem::path(report.file).filename().string() : report.name;
  auto made = entry("plugin", name, name, report.summary);
  add(made.details, "state", report.state == PluginState::loaded ? "loaded" : "refused");
  add(made.details, "version", report.version);
  add(made.details, "licence", report.licence);
  add(made.details, "file", report.file);
  add(made.details, "dependencies", report.dependencies);
  add(made.details, "numbers", text_of(describe(report.reproducibility)));
  add_contents(made.details, report.adds);
  add(made.details, "findings", to_value(report.findings));
  return made;
}

std::vector<CatalogueSection> catalogue(const Registry& registry) {
  std::vector<CatalogueSection> sections;
  sections.push_back(operators(registry));
  sections.push_back(roles(registry));
  sections.push_back(encodings(registry));
  sections.push_back(problems(registry));
  sections.push_back(transforms());
  sections.push_back(algorithms(registry));
  sections.push_back(plugins(registry));
  return sections;
}

}  // namespace skein::tool
