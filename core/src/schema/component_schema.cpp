#include "schema/component_schema.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "documents/object_writer.hpp"
#include "schema/schema_values.hpp"

namespace skein::schema {

namespace {

std::string_view key_of(Direction direction) {
  return direction == Direction::in ? "in" : direction == Direction::out ? "out" : "inout";
}

enum class Bindings : std::uint8_t { one, list, list_or_frames };

/// A variadic port of a step takes what every frame of a set has, too, under one name.
Bindings bindings_of(const OperatorTable& table, const PortSpec& port) {
  if (!port.variadic) return Bindings::one;
  return table.kind == OperatorKind::step ? Bindings::list_or_frames : Bindings::list;
}

const char* definition_of(bool is_read, Bindings bindings) {
  switch (bindings) {
    case Bindings::list:
      return is_read ? "inputs" : "names";
    case Bindings::list_or_frames:
      return is_read ? "inputs_or_frames" : "names_or_frames";
    case Bindings::one:
      break;
  }
  return is_read ? "input" : "name_of_variable";
}

/// A name, and for what is read a number, a boolean or an expression; a list for a variadic port.
Value bound_value(Direction direction, Bindings bindings, std::string_view description) {
  const char* definition = definition_of(direction == Direction::in, bindings);
  // Siblings of $ref are ignored in draft-07.
  return Object{{"description", {}, Value(std::string(description))},
                {"allOf", {}, Value(List{reference(definition)})}};
}

std::string described(std::string_view summary, std::string_view type, std::string_view unit,
                      std::string_view initial) {
  std::string text = std::string(summary) + " (" + std::string(type) + ")";
  if (!unit.empty()) text += " [" + std::string(unit) + "]";
  if (!initial.empty()) text += "; default " + std::string(initial);
  return text;
}

Object operator_properties(const OperatorTable& table) {
  Object properties;
  put(properties, "parameters", parameters_schema(table.parameters));
  for (const Direction direction : {Direction::in, Direction::out, Direction::inout}) {
    Object ports;
    for (const PortSpec& port : table.ports) {
      if (port.kind != PortKind::bound || port.direction != direction) continue;
      put(ports, std::string(port.name),
          bound_value(direction, bindings_of(table, port),
                      described(port.summary, port.type, port.unit, port.initial)));
    }
    put(properties, std::string(key_of(direction)), closed_object(std::move(ports)));
  }
  Object streams;
  for (const StreamSpec& stream : table.streams) {
    if (!stream.name.empty()) put(streams, std::string(stream.name), reference("name_of_stream"));
  }
  Value all_streams = closed_object(std::move(streams));
  put(properties, "streams",
      table.streams.size() == 1 ? any_of({reference("name_of_stream"), all_streams}) : std::move(all_streams));
  put(properties, "slots", Value(Object{{"not", {}, Value(Object{})}}));
  return properties;
}

Object graph_properties(const Registry& registry, const Graph& graph) {
  Object properties;
  put(properties, "parameters", parameters_schema(graph.parameters));
  for (const Direction direction : {Direction::in, Direction::out, Direction::inout}) {
    Object ports;
    for (const GraphPort& port : graph.ports) {
      if (port.direction != direction) continue;
      put(ports, port.name, bound_value(direction, Bindings::one, described(port.summary, to_text(port.type), "", "")));
    }
    put(properties, std::string(key_of(direction)), closed_object(std::move(ports)));
  }
  put(properties, "slots", slots_schema(registry, graph));
  return properties;
}

std::vector<std::string> if_any(std::string name, const std::vector<std::string>& required) {
  return required.empty() ? std::vector<std::string>{} : std::vector<std::string>{std::move(name)};
}

/// What belongs to each operator and graph.
List details(const Registry& registry) {
  List all;
  for (const auto& entry : registry.operators()) {
    all.push_back(when_named("operator", names_of(entry), operator_properties(*entry.content),
                             if_any("parameters", required_names(entry.content->parameters))));
  }
  for (const auto& entry : registry.graphs()) {
    all.push_back(when_named("graph", names_of(entry), graph_properties(registry, *entry.content),
                             if_any("parameters", required_names(entry.content->parameters))));
  }
  return all;
}

Value required_key(const char* key) { return Object{{"required", {}, Value(List{Value(key)})}}; }

}  // namespace

Value component_schema(const Registry& registry) {
  std::vector<std::string> operators;
  std::vector<std::string> graphs;
  for (const auto& entry : registry.operators()) operators.push_back(entry.name);
  for (const auto& entry : registry.graphs()) graphs.push_back(entry.name);
  Object properties;
  put(properties, "operator", one_of_names(operators, "an operator of the catalogue"));
  put(properties, "graph",
      any_of({one_of_names(graphs, "a graph of the catalogue"),
              closed_object({{"file", {}, Value(Object{{"type", {}, Value("string")}})}}, {"file"}),
              reference("graph_in_place")}));
  put(properties, "slot", with_description(reference("name"), "a slot of the graph around"));
  put(properties, "revision",
      Value(Object{{"description", {}, Value("the revision that this was written for")},
                   {"type", {}, Value("integer")},
                   {"minimum", {}, Value(1)}}));
  for (const char* key : {"parameters", "in", "out", "inout", "slots"}) {
    put(properties, key, Value(Object{{"type", {}, Value("object")}}));
  }
  put(properties, "streams", Value(Object{{"type", {}, Value(List{Value("string"), Value("object")})}}));
  Object condition = only_keys(properties);
  Value schema = closed_object(std::move(properties));
  auto& members = std::get<Object>(schema.data);
  put(members, "if", Value(std::move(condition)));
  put(members, "then", any_of({required_key("operator"), required_key("graph"), required_key("slot")}));
  put(members, "allOf", Value(details(registry)));
  return schema;
}

Value filler_schema(const Registry& registry) {
  std::vector<std::string> names;
  for (const auto& entry : registry.operators()) names.push_back(entry.name);
  for (const auto& entry : registry.graphs()) names.push_back(entry.name);
  return any_of({one_of_names(names, "an operator or graph"), Value(Object{{"type", {}, Value("null")}}),
                 reference("component")});
}

Value slots_schema(const Registry& registry, const Graph& graph) {
  Object properties;
  for (const GraphSlot& slot : graph.slots) {
    Value one = any_of({one_of_names(registry.fillers(slot.role), "fulfils the role " + slot.role),
                        Value(Object{{"type", {}, Value("null")}}), reference("component")});
    if (slot.many) {
      auto& alternatives = std::get<List>(std::get<Object>(one.data).front().value.data);
      alternatives.push_back(Object{{"type", {}, Value("object")}, {"additionalProperties", {}, reference("filler")}});
    }
    put(properties, slot.name,
        with_description(std::move(one), slot.summary.empty() ? "role " + slot.role : slot.summary));
  }
  return closed_object(std::move(properties));
}

}  // namespace skein::schema
