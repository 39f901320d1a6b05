#include "documents/graph_writer.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>

#include "documents/component_writer.hpp"
#include "documents/graph_document.hpp"
#include "documents/object_writer.hpp"
#include "documents/parameter_type_name.hpp"

namespace skein {
namespace {

Value write_type(const TypeName& type) { return Value(to_text(type)); }

/// The type alone where an object says no more.
Value short_form(Object object) {
  return object.size() == 1 ? std::move(object.front().value) : Value(std::move(object));
}

Value write_variable(const GraphVariable& variable) {
  Object object;
  put(object, "type", write_type(variable.type));
  if (variable.initial) put(object, "initial", written_value(*variable.initial));
  put_text(object, "frames", variable.frames);
  put_text(object, "summary", variable.summary);
  return short_form(std::move(object));
}

Object write_variables(const std::vector<GraphVariable>& variables) {
  Object members;
  for (const GraphVariable& variable : variables) put(members, variable.name, write_variable(variable));
  return members;
}

Value write_roles(const std::vector<GraphRole>& roles) {
  List names;
  for (const GraphRole& role : roles) names.emplace_back(role.name);
  return Value(std::move(names));
}

Object write_parameters(const std::vector<GraphParameter>& parameters) {
  Object members;
  for (const GraphParameter& parameter : parameters) put(members, parameter.name, write_parameter(parameter));
  return members;
}

Value write_port(const GraphPort& port) {
  Object object;
  put(object, "type", write_type(port.type));
  if (port.initial) {
    put(object, port.direction == Direction::in ? "default" : "initial", written_value(*port.initial));
  }
  put_object(object, "columns", write_variables(port.columns));
  put_text(object, "summary", port.summary);
  return short_form(std::move(object));
}

Object write_ports(const std::vector<GraphPort>& ports) {
  constexpr std::array<std::pair<const char*, Direction>, 3> groups = {
      {{"in", Direction::in}, {"out", Direction::out}, {"inout", Direction::inout}}};
  Object object;
  for (const auto& [key, direction] : groups) {
    Object members;
    for (const GraphPort& port : ports) {
      if (port.direction == direction) put(members, port.name, write_port(port));
    }
    put_object(object, key, std::move(members));
  }
  return object;
}

Object write_populations(const std::vector<GraphPopulation>& populations) {
  Object members;
  for (const GraphPopulation& population : populations) {
    Object object;
    put(object, "rows", population.rows);
    if (population.capacity) put(object, "capacity", *population.capacity);
    put_text(object, "frames", population.frames);
    put_object(object, "columns", write_variables(population.columns));
    put(members, population.name, Value(std::move(object)));
  }
  return members;
}

Object write_frames(const std::vector<GraphFrames>& sets) {
  Object members;
  for (const GraphFrames& frames : sets) {
    Object object;
    if (frames.count) put(object, "count", *frames.count);
    put_text(object, "summary", frames.summary);
    put(members, frames.name, Value(std::move(object)));
  }
  return members;
}

Object write_slots(const std::vector<GraphSlot>& slots) {
  Object members;
  for (const GraphSlot& slot : slots) put(members, slot.name, write_slot(slot));
  return members;
}

Object write_nodes(const std::vector<Node>& nodes) {
  Object members;
  for (const Node& node : nodes) put(members, node.name, write_component(node.component));
  return members;
}

}  // namespace

Value write_parameter(const GraphParameter& parameter) {
  Object object;
  put(object, "type", Value(std::string(parameter_type_name(parameter.type))));
  if (parameter.initial) put(object, "default", written_value(*parameter.initial));
  if (parameter.minimum && std::isfinite(*parameter.minimum))
    put(object, "minimum", written_number(*parameter.minimum));
  if (parameter.maximum && std::isfinite(*parameter.maximum))
    put(object, "maximum", written_number(*parameter.maximum));
  if (!parameter.choices.empty()) {
    List choices;
    for (const std::string& choice : parameter.choices) choices.emplace_back(choice);
    put(object, "choices", Value(std::move(choices)));
  }
  put_text(object, "summary", parameter.summary);
  return Value(std::move(object));
}

Value write_slot(const GraphSlot& slot) {
  Object object;
  put(object, "role", Value(slot.role));
  if (slot.optional) put(object, "optional", Value(true));
  if (slot.many) put(object, "many", Value(true));
  if (slot.initial) put(object, "default", write_filler(*slot.initial));
  put_text(object, "summary", slot.summary);
  return Value(std::move(object));
}

Value write_graph_object(const Graph& graph, GraphPlace place) {
  Object object;
  if (place == GraphPlace::document) put(object, "format", Value("skein/1"));
  put(object, "graph", Value(graph.name));
  put_text(object, "summary", graph.summary);
  if (graph.revision != 1) put(object, "revision", Value(std::int64_t{graph.revision}));
  put_requirements(object, graph.requirements);
  if (!graph.roles.empty()) put(object, "roles", write_roles(graph.roles));
  put_object(object, "parameters", write_parameters(graph.parameters));
  put_object(object, "ports", write_ports(graph.ports));
  put_object(object, "variables", write_variables(graph.variables));
  put_object(object, "frames", write_frames(graph.frames));
  put_object(object, "populations", write_populations(graph.populations));
  put_object(object, "slots", write_slots(graph.slots));
  put(object, "nodes", Value(write_nodes(graph.nodes)));
  put(object, "flow", Value(write_flow(graph.flow)));
  return Value(std::move(object));
}

Value write_graph(const Graph& graph) { return write_graph_object(graph, GraphPlace::document); }

}  // namespace skein
