#include "documents/component_writer.hpp"

#include <string>
#include <utility>

#include "documents/graph_writer.hpp"
#include "documents/object_writer.hpp"

namespace skein {
namespace {

Object write_bindings(const Component& component, Direction direction) {
  Object members;
  for (const PortBinding& binding : component.bindings) {
    if (binding.direction == direction) put(members, binding.port, written_value(binding.value));
  }
  return members;
}

void put_streams(Object& object, const Component& component) {
  if (component.streams.size() == 1 && component.streams.front().first.empty()) {
    put(object, "streams", Value(component.streams.front().second));
    return;
  }
  Object members;
  for (const auto& [stream, text] : component.streams) put(members, stream, Value(text));
  put_object(object, "streams", std::move(members));
}

Value write_graph_of(const Component& component) {
  if (!component.file.empty()) return Value(Object{{"file", {}, Value(component.file)}});
  if (component.inline_graph) return write_graph_object(*component.inline_graph, GraphPlace::in_place);
  return Value(component.name);
}

void put_kind(Object& object, const Component& component) {
  switch (component.kind) {
    case Component::Kind::operation:
      put(object, "operator", Value(component.name));
      break;
    case Component::Kind::graph:
      put(object, "graph", write_graph_of(component));
      break;
    case Component::Kind::slot:
      put(object, "slot", Value(component.name));
      break;
    case Component::Kind::empty:
      break;
  }
}

Value write_flow_item(const FlowItem& item) {
  Object object;
  switch (item.kind) {
    case FlowItem::Kind::node:
      return Value(item.node);
    case FlowItem::Kind::sequence:
      return Value(write_flow(item.body));
    case FlowItem::Kind::loop:
      put(object, "loop", Value(write_flow(item.body)));
      put(object, item.until ? "until" : "while", Value(item.condition));
      break;
    case FlowItem::Kind::rows:
      put(object, "for_each", Value(item.node));
      if (item.random_order) put(object, "order", Value("random"));
      put(object, "do", Value(write_flow(item.body)));
      break;
    case FlowItem::Kind::frames:
      put(object, item.restart ? "repeat" : "parallel", Value(item.node));
      put(object, "do", Value(write_flow(item.body)));
      break;
    case FlowItem::Kind::faulty:
      return {};
    case FlowItem::Kind::branch:
      put(object, "if", Value(item.condition));
      put(object, "then", Value(write_flow(item.body)));
      if (!item.otherwise.empty()) put(object, "else", Value(write_flow(item.otherwise)));
      break;
  }
  return Value(std::move(object));
}

}  // namespace

Value write_component(const Component& component) {
  if (component.kind == Component::Kind::empty) return Value();
  Object object;
  put_kind(object, component);
  if (component.revision) put(object, "revision", Value(std::int64_t{*component.revision}));
  put_object(object, "parameters", written_members(component.parameters));
  put_object(object, "in", write_bindings(component, Direction::in));
  put_object(object, "out", write_bindings(component, Direction::out));
  put_object(object, "inout", write_bindings(component, Direction::inout));
  put_streams(object, component);
  put_object(object, "slots", write_slot_fillings(component.slots));
  return Value(std::move(object));
}

Value write_filler(const Component& component) {
  Value written = write_component(component);
  const bool is_plain = component.kind == Component::Kind::operation && written.object().size() == 1;
  return is_plain ? Value(component.name) : written;
}

Object write_slot_fillings(const std::vector<SlotFilling>& fillings) {
  Object members;
  for (const SlotFilling& filling : fillings) {
    if (!filling.many) {
      put(members, filling.slot, filling.fillers.empty() ? Value() : write_filler(filling.fillers.front().component));
      continue;
    }
    Object entries;
    for (const Node& filler : filling.fillers) put(entries, filler.name, write_filler(filler.component));
    put(members, filling.slot, Value(std::move(entries)));
  }
  return members;
}

List write_flow(const std::vector<FlowItem>& items) {
  List list;
  for (const FlowItem& item : items) list.push_back(write_flow_item(item));
  return list;
}

}  // namespace skein
