#include "skein/graph_builder.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "documents/component_writer.hpp"
#include "documents/findings.hpp"
#include "documents/graph_document.hpp"
#include "documents/graph_writer.hpp"
#include "documents/object_writer.hpp"
#include "documents/utf8.hpp"

namespace skein {
namespace {

Object declare(std::string type, const char* initial_key, std::optional<Value> initial, std::string summary) {
  Object object;
  put(object, "type", Value(std::move(type)));
  if (initial) put(object, initial_key, written_value(*initial));
  put_text(object, "summary", std::move(summary));
  return object;
}

Object declare_columns(std::vector<ColumnDeclaration> columns) {
  Object members;
  for (ColumnDeclaration& column : columns) {
    put(members, std::move(column.name),
        Value(declare(std::move(column.type), "initial", std::move(column.initial), std::move(column.summary))));
  }
  return members;
}

/// In a document the reader of JSON finds these.
void report_repetitions(const Object& members, const std::string& path, Diagnostics& diagnostics) {
  for (auto member = members.begin(); member != members.end(); ++member) {
    const std::string member_path = join_path(path, member->key);
    const bool is_repeated =
        std::any_of(members.begin(), member, [&](const Member& m) { return m.key == member->key; });
    if (is_repeated) {
      diagnostics.add(finding("duplicate-key", {}, member_path, in_quotes(member->key) + " was already given"));
    }
    if (member->value.is_object()) report_repetitions(member->value.object(), member_path, diagnostics);
  }
}

}  // namespace

ColumnDeclaration column(std::string name, std::string type, std::optional<Value> initial, std::string summary) {
  return {std::move(name), std::move(type), std::move(initial), std::move(summary)};
}

GraphBuilder::GraphBuilder(std::string name) {
  put(heading_, "format", Value("skein/1"));
  put(heading_, "graph", Value(std::move(name)));
}

GraphBuilder& GraphBuilder::summary(std::string text) {
  put(heading_, "summary", Value(std::move(text)));
  return *this;
}

GraphBuilder& GraphBuilder::revision(std::uint32_t number) {
  put(heading_, "revision", Value(std::int64_t{number}));
  return *this;
}

GraphBuilder& GraphBuilder::require(std::string plugin, std::string range) {
  put(requirements_, std::move(plugin), Value(std::move(range)));
  return *this;
}

GraphBuilder& GraphBuilder::role(std::string name) {
  roles_.emplace_back(std::move(name));
  return *this;
}

GraphBuilder& GraphBuilder::parameter(std::string name, ParameterType type, std::optional<Value> initial,
                                      std::string summary) {
  GraphParameter declared;
  declared.name = std::move(name);
  declared.type = type;
  declared.initial = std::move(initial);
  declared.summary = std::move(summary);
  return parameter(declared);
}

GraphBuilder& GraphBuilder::parameter(const GraphParameter& parameter) {
  put(parameters_, parameter.name, write_parameter(parameter));
  return *this;
}

GraphBuilder& GraphBuilder::port(Direction direction, std::string name, Object declaration) {
  Object& ports = direction == Direction::in ? in_ports_ : direction == Direction::out ? out_ports_ : inout_ports_;
  put(ports, std::move(name), Value(std::move(declaration)));
  return *this;
}

GraphBuilder& GraphBuilder::in_port(std::string name, std::string type, std::optional<Value> initial,
                                    std::string summary) {
  return port(Direction::in, std::move(name),
              declare(std::move(type), "default", std::move(initial), std::move(summary)));
}

GraphBuilder& GraphBuilder::out_port(std::string name, std::string type, std::optional<Value> initial,
                                     std::string summary) {
  return port(Direction::out, std::move(name),
              declare(std::move(type), "initial", std::move(initial), std::move(summary)));
}

GraphBuilder& GraphBuilder::inout_port(std::string name, std::string type, std::optional<Value> initial,
                                       std::string summary) {
  return port(Direction::inout, std::move(name),
              declare(std::move(type), "initial", std::move(initial), std::move(summary)));
}

GraphBuilder& GraphBuilder::population_port(Direction direction, std::string name,
                                            std::vector<ColumnDeclaration> columns, std::string summary) {
  Object declaration = declare("population", "default", std::nullopt, std::move(summary));
  put_object(declaration, "columns", declare_columns(std::move(columns)));
  return port(direction, std::move(name), std::move(declaration));
}

GraphBuilder& GraphBuilder::variable(std::string name, std::string type, std::optional<Value> initial,
                                     std::string summary) {
  put(variables_, std::move(name), Value(declare(std::move(type), "initial", std::move(initial), std::move(summary))));
  return *this;
}

GraphBuilder& GraphBuilder::frames(std::string name, std::optional<Value> count, std::string summary) {
  Object object;
  if (count) put(object, "count", *std::move(count));
  put_text(object, "summary", std::move(summary));
  put(frames_, std::move(name), Value(std::move(object)));
  return *this;
}

GraphBuilder& GraphBuilder::per_frame(const std::string& frames, const std::vector<std::string>& names) {
  for (Object* section : {&variables_, &populations_}) {
    for (Member& member : *section) {
      if (std::find(names.begin(), names.end(), member.key) == names.end()) continue;
      Object object = member.value.object();
      put(object, "frames", Value(frames));
      member.value = Value(std::move(object));
    }
  }
  return *this;
}

GraphBuilder& GraphBuilder::population(std::string name, Value rows, std::vector<ColumnDeclaration> columns,
                                       std::optional<Value> capacity) {
  Object object;
  put(object, "rows", std::move(rows));
  if (capacity) put(object, "capacity", *std::move(capacity));
  put_object(object, "columns", declare_columns(std::move(columns)));
  put(populations_, std::move(name), Value(std::move(object)));
  return *this;
}

GraphBuilder& GraphBuilder::slot(std::string name, std::string role) {
  GraphSlot declared;
  declared.name = std::move(name);
  declared.role = std::move(role);
  return slot(declared);
}

GraphBuilder& GraphBuilder::optional_slot(std::string name, std::string role) {
  GraphSlot declared;
  declared.name = std::move(name);
  declared.role = std::move(role);
  declared.optional = true;
  return slot(declared);
}

GraphBuilder& GraphBuilder::many_slot(std::string name, std::string role) {
  GraphSlot declared;
  declared.name = std::move(name);
  declared.role = std::move(role);
  declared.many = true;
  return slot(declared);
}

GraphBuilder& GraphBuilder::slot(const GraphSlot& slot) {
  put(slots_, slot.name, write_slot(slot));
  return *this;
}

GraphBuilder& GraphBuilder::node(std::string name, const Component& component) {
  put(nodes_, std::move(name), write_component(component));
  return *this;
}

GraphBuilder& GraphBuilder::flow(const std::vector<FlowPart>& parts) {
  std::vector<FlowItem> items;
  for (const FlowPart& part : parts) items.push_back(part.item());
  List written = write_flow(items);
  flow_.insert(flow_.end(), std::make_move_iterator(written.begin()), std::make_move_iterator(written.end()));
  return *this;
}

Value GraphBuilder::document() const {
  Object document = heading_;
  Object ports;
  put_object(ports, "in", in_ports_);
  put_object(ports, "out", out_ports_);
  put_object(ports, "inout", inout_ports_);
  put_object(document, "requires", requirements_);
  if (!roles_.empty()) put(document, "roles", Value(roles_));
  put_object(document, "parameters", parameters_);
  put_object(document, "ports", std::move(ports));
  put_object(document, "variables", variables_);
  put_object(document, "frames", frames_);
  put_object(document, "populations", populations_);
  put_object(document, "slots", slots_);
  put(document, "nodes", Value(nodes_));
  put(document, "flow", Value(flow_));
  return Value(std::move(document));
}

std::optional<Graph> GraphBuilder::build(Diagnostics& diagnostics) const {
  const Value written = document();
  Diagnostics repetitions;
  report_repetitions(written.object(), "", repetitions);
  if (repetitions.has_errors()) {
    diagnostics.add(std::move(repetitions));
    return std::nullopt;
  }
  return read_graph(written, diagnostics);
}

Graph GraphBuilder::build() const {
  Diagnostics diagnostics;
  std::optional<Graph> graph = build(diagnostics);
  if (graph) return *std::move(graph);
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics.items()) text += (text.empty() ? "" : "\n") + to_text(diagnostic);
  throw std::invalid_argument(text);
}

}  // namespace skein
