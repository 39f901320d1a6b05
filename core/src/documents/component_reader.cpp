#include "documents/component_reader.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <utility>

#include "documents/findings.hpp"
#include "documents/graph_reader.hpp"
#include "documents/names.hpp"
#include "documents/object_reader.hpp"
#include "documents/utf8.hpp"

namespace skein {
namespace {

const std::array<std::string, 3> kind_keys = {"operator", "graph", "slot"};

bool says_its_kind(const Value& value) {
  return std::any_of(kind_keys.begin(), kind_keys.end(), [&](const auto& key) { return value.find(key) != nullptr; });
}

/// Reports an object that is neither operator, graph nor slot, unless a misspelled key explains it.
void report_missing_kind(const Value& value, const std::string& path, Diagnostics& diagnostics) {
  for (const Member& member : value.object()) {
    if (!nearest_name(member.key, kind_keys).empty() && member.key != "slots") return;
  }
  Diagnostic diagnostic =
      finding("missing-key", value.where, path, "nothing says which operator, graph or slot this is");
  diagnostic.expected = R"(one of the keys "operator", "graph" and "slot")";
  diagnostics.add(std::move(diagnostic));
}

void report_two_kinds(const Value& value, const std::string& path, Diagnostics& diagnostics) {
  refuse_both(value, "operator", "graph", path, diagnostics);
  refuse_both(value, "operator", "slot", path, diagnostics);
  if (value.find("operator") == nullptr) refuse_both(value, "graph", "slot", path, diagnostics);
}

/// {"file": "…"} in the place of a graph.
bool names_a_file(const Value& graph) {
  return graph.find("file") != nullptr && graph.find("nodes") == nullptr && graph.find("flow") == nullptr;
}

std::string read_graph_file(const Value& graph, const std::string& path, Diagnostics& diagnostics) {
  ObjectReader reader(graph, path, diagnostics);
  std::string file = reader.text("file").value_or("");
  const Value* value = reader.optional("file");
  if (file.empty() && value->is_text()) {
    Diagnostic diagnostic =
        finding("out-of-range", value->where, reader.path_to("file"), "the name of a file must not be empty");
    diagnostic.expected = "the name of a graph document";
    diagnostics.add(std::move(diagnostic));
  }
  reader.finish();
  return file;
}

void read_revision(ObjectReader& reader, Component& component, Diagnostics& diagnostics) {
  constexpr std::int64_t largest = std::numeric_limits<std::uint32_t>::max();
  const Value* value = reader.optional("revision");
  if (value == nullptr) return;
  if (const auto revision = read_integer(*value, reader.path_to("revision"), diagnostics, 1, largest)) {
    component.revision = static_cast<std::uint32_t>(*revision);
  }
}

void read_kind(ObjectReader& reader, Component& component, Diagnostics& diagnostics) {
  if (const Value* operation = reader.optional("operator")) {
    component.kind = Component::Kind::operation;
    component.name_where = operation->where;
    component.name = read_reference(*operation, reader.path_to("operator"), diagnostics);
  }
  if (const Value* graph = reader.optional("graph")) {
    const std::string path = reader.path_to("graph");
    component.kind = Component::Kind::graph;
    component.name_where = names_a_file(*graph) ? graph->find("file")->where : graph->where;
    if (names_a_file(*graph)) {
      component.file = read_graph_file(*graph, path, diagnostics);
    } else if (graph->is_object()) {
      component.inline_graph =
          std::make_shared<const Graph>(read_graph_object(*graph, path, GraphPlace::in_place, diagnostics));
    } else {
      component.name = read_reference(*graph, path, diagnostics);
    }
  }
  if (const Value* slot = reader.optional("slot")) {
    component.kind = Component::Kind::slot;
    component.name_where = slot->where;
    component.name = read_reference(*slot, reader.path_to("slot"), diagnostics);
  }
}

/// Whether the value can be bound to a port: a name, a constant or an expression; to an output only a name.
bool check_bound_value(const Value& value, Direction direction, const std::string& path, Diagnostics& diagnostics) {
  const bool is_name_text = value.is_text() && !value.text().empty() && !is_expression(value);
  if (is_name_text) return true;
  if (direction != Direction::in) {
    diagnostics.add(wrong_type_finding(value, path, "what an operator writes", "the name of a variable"));
    return false;
  }
  if (is_expression(value) || value.is_boolean() || value.is_number()) return true;
  diagnostics.add(
      wrong_type_finding(value, path, "a binding",
                         R"(a name, a number, a boolean, an expression that starts with "=", or a list of those)"));
  return false;
}

bool check_binding(const Value& value, Direction direction, const std::string& path, Diagnostics& diagnostics) {
  if (!value.is_list()) return check_bound_value(value, direction, path, diagnostics);
  bool fine = true;
  for (std::size_t i = 0; i < value.list().size(); ++i) {
    fine = check_bound_value(value.list()[i], direction, join_path(path, i), diagnostics) && fine;
  }
  return fine;
}

void read_bindings(ObjectReader& reader, Component& component, Diagnostics& diagnostics) {
  NameTable ports("ports of a node");
  for (const auto& [key, direction] :
       {std::pair{"in", Direction::in}, std::pair{"out", Direction::out}, std::pair{"inout", Direction::inout}}) {
    const std::string path = reader.path_to(key);
    for (const Member& member : members_of(reader.optional(key), path, diagnostics)) {
      const std::string member_path = join_path(path, member.key);
      ports.add(member.key, member.key_where, member_path, diagnostics);
      if (!check_binding(member.value, direction, member_path, diagnostics)) continue;
      component.bindings.push_back({member.key, direction, member.value, member.key_where});
    }
  }
}

void read_stream(const std::string& stream, const Value& value, const std::string& path, Component& component,
                 Diagnostics& diagnostics) {
  const std::optional<std::string> text = read_text(value, path, diagnostics);
  if (!text) return;
  if (text->empty()) {
    Diagnostic diagnostic = finding("bad-name", value.where, path, "the name of a stream must not be empty");
    diagnostic.expected = "a text that is not empty";
    diagnostics.add(std::move(diagnostic));
  }
  component.streams.emplace_back(stream, *text);
}

void read_streams(ObjectReader& reader, Component& component, Diagnostics& diagnostics) {
  const Value* streams = reader.optional("streams");
  if (streams == nullptr) return;
  const std::string path = reader.path_to("streams");
  if (streams->is_text()) {
    read_stream("", *streams, path, component, diagnostics);
    return;
  }
  if (!streams->is_object()) {
    diagnostics.add(
        wrong_type_finding(*streams, path, R"("streams")", "a text, or an object of stream names and texts"));
    return;
  }
  for (const Member& member : streams->object()) {
    read_stream(member.key, member.value, join_path(path, member.key), component, diagnostics);
  }
}

void read_slots(ObjectReader& reader, Component& component, Diagnostics& diagnostics) {
  const Value* slots = reader.optional("slots");
  if (slots == nullptr) return;
  const std::string path = reader.path_to("slots");
  component.slots = read_slot_fillings(slots, path, diagnostics);
  if (component.kind == Component::Kind::graph || component.kind == Component::Kind::empty) return;
  Diagnostic diagnostic =
      finding("misplaced-key", slots->where, path, "only a graph has slots that can be filled here");
  diagnostic.expected = R"("slots" beside "graph")";
  diagnostic.found =
      component.kind == Component::Kind::slot ? R"("slots" beside "slot")" : R"("slots" beside "operator")";
  diagnostics.add(std::move(diagnostic));
}

Component read_component(const Value& value, const std::string& path, Diagnostics& diagnostics) {
  Component component;
  component.where = value.where;
  component.faulty = true;  // until all is found right
  const std::size_t errors_before = diagnostics.error_count();
  if (!value.is_object()) {
    Diagnostic diagnostic = wrong_type_finding(value, path, "a node", "an object");
    if (value.is_text()) diagnostic.suggestion = R"({"operator": )" + in_quotes(value.text()) + "}";
    diagnostics.add(std::move(diagnostic));
    return component;
  }
  ObjectReader reader(value, path, diagnostics);
  if (!says_its_kind(value)) report_missing_kind(value, path, diagnostics);
  report_two_kinds(value, path, diagnostics);
  read_kind(reader, component, diagnostics);
  read_revision(reader, component, diagnostics);
  component.parameters = members_of(reader.optional("parameters"), reader.path_to("parameters"), diagnostics);
  read_bindings(reader, component, diagnostics);
  read_streams(reader, component, diagnostics);
  read_slots(reader, component, diagnostics);
  reader.finish();
  component.faulty = diagnostics.error_count() != errors_before;
  return component;
}

/// An object of which no key is that of a component holds named entries. Misspelled components are recognised by the
/// other keys of one.
bool holds_named_entries(const Value& value) {
  const std::array<std::string_view, 6> component_keys = {"parameters", "in", "out", "inout", "streams", "slots"};
  const auto is_present = [&value](std::string_view key) { return value.find(key) != nullptr; };
  return value.is_object() && !says_its_kind(value) &&
         std::none_of(component_keys.begin(), component_keys.end(), is_present);
}

SlotFilling read_slot_filling(const Member& member, const std::string& path, Diagnostics& diagnostics) {
  SlotFilling filling;
  filling.slot = member.key;
  filling.where = member.key_where;
  filling.many = holds_named_entries(member.value);
  if (!filling.many) {
    filling.fillers.push_back({member.key, read_filler(member.value, path, diagnostics)});
    return filling;
  }
  for (const Member& entry : member.value.object()) {
    const std::string entry_path = join_path(path, entry.key);
    check_node_name(entry.key, entry.key_where, entry_path, diagnostics);
    filling.fillers.push_back({entry.key, read_filler(entry.value, entry_path, diagnostics)});
  }
  return filling;
}

}  // namespace

std::vector<Node> read_nodes(const Value* section, const std::string& path, Diagnostics& diagnostics) {
  std::vector<Node> nodes;
  for (const Member& member : members_of(section, path, diagnostics)) {
    const std::string member_path = join_path(path, member.key);
    check_node_name(member.key, member.key_where, member_path, diagnostics);
    nodes.push_back({member.key, read_component(member.value, member_path, diagnostics)});
  }
  return nodes;
}

Component read_filler(const Value& value, const std::string& path, Diagnostics& diagnostics) {
  if (value.is_object()) return read_component(value, path, diagnostics);
  Component component;
  component.where = value.where;
  component.name_where = value.where;
  if (value.is_text()) {
    component.kind = Component::Kind::operation;
    component.name = read_reference(value, path, diagnostics);
    component.faulty = component.name.empty();
  } else if (!value.is_null()) {
    Diagnostic diagnostic = wrong_type_finding(value, path, "what fills a slot", "a name, an object or null");
    if (value.is_list()) diagnostic.suggestion = R"(several fillers are an object of named entries: {"first": "…"})";
    diagnostics.add(std::move(diagnostic));
    component.faulty = true;
  }
  return component;
}

std::vector<SlotFilling> read_slot_fillings(const Value* section, const std::string& path, Diagnostics& diagnostics) {
  std::vector<SlotFilling> fillings;
  for (const Member& member : members_of(section, path, diagnostics)) {
    const std::string member_path = join_path(path, member.key);
    check_name(member.key, member.key_where, member_path, diagnostics);
    fillings.push_back(read_slot_filling(member, member_path, diagnostics));
  }
  return fillings;
}

}  // namespace skein
