#include "documents/graph_reader.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "documents/component_reader.hpp"
#include "documents/declaration_reader.hpp"
#include "documents/findings.hpp"
#include "documents/flow_reader.hpp"
#include "documents/graph_document.hpp"
#include "documents/names.hpp"
#include "documents/object_reader.hpp"
#include "documents/utf8.hpp"
#include "skein/json.hpp"

namespace skein {
namespace {

std::vector<GraphRole> read_roles(const Value* section, const std::string& path, Diagnostics& diagnostics) {
  std::vector<GraphRole> roles;
  const List* items = section == nullptr ? nullptr : read_list(*section, path, diagnostics);
  for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
    const Value& item = (*items)[i];
    const std::string item_path = join_path(path, i);
    const std::string name = read_reference(item, item_path, diagnostics);
    if (name.empty()) continue;
    if (std::ranges::find(roles, name, &GraphRole::name) != roles.end()) {
      diagnostics.add(
          finding("name-given-twice", item.where, item_path, "role " + in_quotes(name) + " was already given"));
      continue;
    }
    roles.push_back({name, item.where});
  }
  return roles;
}

void read_heading(ObjectReader& reader, Graph& graph, Diagnostics& diagnostics) {
  if (const Value* name = reader.required("graph")) {
    const std::string path = reader.path_to("graph");
    graph.name = read_text(*name, path, diagnostics).value_or("");
    if (name->is_text()) check_name(graph.name, name->where, path, diagnostics);
  }
  graph.summary = reader.text("summary", Presence::optional).value_or("");
  constexpr std::int64_t largest_revision = std::numeric_limits<std::uint32_t>::max();
  graph.revision =
      static_cast<std::uint32_t>(reader.integer("revision", 1, largest_revision, Presence::optional).value_or(1));
  graph.requirements = read_requirements(reader, diagnostics);
  graph.roles = read_roles(reader.optional("roles"), reader.path_to("roles"), diagnostics);
}

void read_declarations(ObjectReader& reader, Graph& graph, Diagnostics& diagnostics) {
  NameTable names("parameters, ports, variables, frames and populations of a graph");
  const auto path = [&reader](std::string_view key) { return reader.path_to(key); };
  graph.parameters = read_parameters(reader.optional("parameters"), path("parameters"), names, diagnostics);
  graph.ports = read_ports(reader.optional("ports"), path("ports"), names, diagnostics);
  graph.variables = read_variables(reader.optional("variables"), path("variables"), graph.ports, names, diagnostics);
  graph.frames = read_frames(reader.optional("frames"), path("frames"), names, diagnostics);
  graph.populations = read_populations(reader.optional("populations"), path("populations"), names, diagnostics);
  graph.slots = read_slots(reader.optional("slots"), path("slots"), diagnostics);
  const auto is_no_object = [](const Value* section) { return section != nullptr && !section->is_object(); };
  for (const char* section : {"parameters", "ports", "variables", "frames", "populations", "slots"}) {
    graph.faulty_names = graph.faulty_names || is_no_object(reader.optional(section));
  }
  const Value* ports = reader.optional("ports");
  for (const char* section : {"in", "out", "inout"}) {
    graph.faulty_names = graph.faulty_names || (ports != nullptr && is_no_object(ports->find(section)));
  }
}

void read_nodes_and_flow(ObjectReader& reader, Graph& graph, Diagnostics& diagnostics) {
  const Value* nodes = reader.required("nodes");
  const std::string nodes_path = reader.path_to("nodes");
  graph.nodes = read_nodes(nodes, nodes_path, diagnostics);
  const Value* flow = reader.required("flow");
  graph.faulty_flow = flow == nullptr || !flow->is_list() || nodes == nullptr || !nodes->is_object();
  if (flow == nullptr) return;
  FlowReader flow_reader(graph.nodes, nodes, diagnostics);
  graph.flow = flow_reader.read_items(*flow, reader.path_to("flow"));
  if (flow->is_list()) flow_reader.report_unreachable(nodes_path);
}

bool refuse_run_document(const Value& document, Diagnostics& diagnostics) {
  if (document_kind(document) != DocumentKind::run) return false;
  Diagnostic diagnostic = finding("wrong-document", document.where, "", "this is a run document, not a graph");
  diagnostic.expected = R"(an object with "graph", "nodes" and "flow")";
  diagnostics.add(std::move(diagnostic));
  return true;
}

}  // namespace

Graph read_graph_object(const Value& value, const std::string& path, GraphPlace place, Diagnostics& diagnostics) {
  Graph graph;
  graph.where = value.where;
  graph.faulty = true;  // until all is found right
  const std::size_t errors_before = diagnostics.error_count();
  ObjectReader reader(value, path, diagnostics);
  if (!reader.is_object()) return graph;
  const bool is_document = place == GraphPlace::document;
  if (is_document) (void)reader.optional("$schema");
  read_format(reader, is_document ? Presence::required : Presence::optional, diagnostics);
  read_heading(reader, graph, diagnostics);
  read_declarations(reader, graph, diagnostics);
  read_nodes_and_flow(reader, graph, diagnostics);
  reader.finish();
  graph.faulty = diagnostics.error_count() != errors_before;
  return graph;
}

Graph read_faulty_graph(const Value& document, Diagnostics& diagnostics) {
  Graph nothing;
  nothing.faulty = true;
  if (refuse_run_document(document, diagnostics)) return nothing;
  Diagnostics found;
  Graph graph = read_graph_object(document, "", GraphPlace::document, found);
  diagnostics.add(in_document_order(found));
  return graph;
}

std::optional<Graph> read_graph(const Value& document, Diagnostics& diagnostics) {
  Graph graph = read_faulty_graph(document, diagnostics);
  return graph.faulty ? std::nullopt : std::optional(std::move(graph));
}

std::optional<Graph> read_graph_text(std::string_view text, const std::string& file, Diagnostics& diagnostics) {
  const std::optional<Value> document = parse_json(text, file, diagnostics);
  return document ? read_graph(*document, diagnostics) : std::nullopt;
}

DocumentKind document_kind(const Value& document) noexcept {
  const auto has = [&document](std::string_view key) { return document.find(key) != nullptr; };
  if (has("graph")) return DocumentKind::graph;
  if (has("run")) return DocumentKind::run;
  if (has("nodes") || has("flow")) return DocumentKind::graph;
  return has("algorithm") || has("problem") ? DocumentKind::run : DocumentKind::neither;
}

}  // namespace skein
