#include <memory>
#include <utility>

#include "skein/graph_builder.hpp"

namespace skein {
namespace {

std::vector<FlowItem> items_of(const std::vector<FlowPart>& parts) {
  std::vector<FlowItem> items;
  items.reserve(parts.size());
  for (const FlowPart& part : parts) items.push_back(part.item());
  return items;
}

FlowPart make_part(FlowItem::Kind kind, const std::vector<FlowPart>& body) {
  FlowItem item;
  item.kind = kind;
  item.body = items_of(body);
  return FlowPart(std::move(item));
}

}  // namespace

ComponentBuilder::ComponentBuilder(Component::Kind kind, std::string name) {
  component_.kind = kind;
  component_.name = std::move(name);
}

ComponentBuilder::ComponentBuilder(Graph graph) {
  component_.kind = Component::Kind::graph;
  component_.inline_graph = std::make_shared<const Graph>(std::move(graph));
}

ComponentBuilder& ComponentBuilder::in(std::string port, Value value) {
  return bind(std::move(port), Direction::in, std::move(value));
}

ComponentBuilder& ComponentBuilder::out(std::string port, Value value) {
  return bind(std::move(port), Direction::out, std::move(value));
}

ComponentBuilder& ComponentBuilder::inout(std::string port, Value value) {
  return bind(std::move(port), Direction::inout, std::move(value));
}

ComponentBuilder& ComponentBuilder::bind(std::string port, Direction direction, Value value) {
  component_.bindings.push_back({std::move(port), direction, std::move(value), {}});
  return *this;
}

ComponentBuilder& ComponentBuilder::parameter(std::string name, Value value) {
  component_.parameters.push_back({std::move(name), {}, std::move(value)});
  return *this;
}

ComponentBuilder& ComponentBuilder::stream(std::string text) { return stream("", std::move(text)); }

ComponentBuilder& ComponentBuilder::stream(std::string name, std::string text) {
  component_.streams.emplace_back(std::move(name), std::move(text));
  return *this;
}

ComponentBuilder& ComponentBuilder::fill(std::string slot, Component filler) {
  component_.slots.push_back(skein::fill(std::move(slot), std::move(filler)));
  return *this;
}

ComponentBuilder& ComponentBuilder::fill_many(std::string slot, std::vector<Node> fillers) {
  component_.slots.push_back(skein::fill_many(std::move(slot), std::move(fillers)));
  return *this;
}

ComponentBuilder operation(std::string name) { return {Component::Kind::operation, std::move(name)}; }
ComponentBuilder subgraph(std::string name) { return {Component::Kind::graph, std::move(name)}; }
ComponentBuilder subgraph(Graph graph) { return ComponentBuilder(std::move(graph)); }
ComponentBuilder slot(std::string name) { return {Component::Kind::slot, std::move(name)}; }
Component nothing() { return {}; }

SlotFilling fill(std::string slot, Component filler) {
  SlotFilling filling;
  filling.fillers.push_back({slot, std::move(filler)});
  filling.slot = std::move(slot);
  return filling;
}

SlotFilling fill_many(std::string slot, std::vector<Node> fillers) {
  SlotFilling filling;
  filling.slot = std::move(slot);
  filling.fillers = std::move(fillers);
  filling.many = true;
  return filling;
}

FlowPart::FlowPart(std::string node) { item_.node = std::move(node); }

FlowPart::FlowPart(FlowItem item) : item_(std::move(item)) {}

FlowPart& FlowPart::repeat_while(std::string condition) {
  item_.condition = std::move(condition);
  item_.until = false;
  return *this;
}

FlowPart& FlowPart::until(std::string condition) {
  item_.condition = std::move(condition);
  item_.until = true;
  return *this;
}

FlowPart& FlowPart::otherwise(const std::vector<FlowPart>& parts) {
  item_.otherwise = items_of(parts);
  return *this;
}

FlowPart sequence(const std::vector<FlowPart>& parts) { return make_part(FlowItem::Kind::sequence, parts); }

FlowPart loop(const std::vector<FlowPart>& body) { return make_part(FlowItem::Kind::loop, body); }

FlowPart for_each_row(std::string population, const std::vector<FlowPart>& body, bool in_random_order) {
  FlowItem item = make_part(FlowItem::Kind::rows, body).item();
  item.node = std::move(population);
  item.random_order = in_random_order;
  return FlowPart(std::move(item));
}

FlowPart in_frames(std::string frames, const std::vector<FlowPart>& body) {
  FlowItem item = make_part(FlowItem::Kind::frames, body).item();
  item.node = std::move(frames);
  return FlowPart(std::move(item));
}

FlowPart in_new_frames(std::string frames, const std::vector<FlowPart>& body) {
  FlowItem item = in_frames(std::move(frames), body).item();
  item.restart = true;
  return FlowPart(std::move(item));
}

FlowPart branch(std::string condition, const std::vector<FlowPart>& then) {
  FlowItem item = make_part(FlowItem::Kind::branch, then).item();
  item.condition = std::move(condition);
  return FlowPart(std::move(item));
}

}  // namespace skein
