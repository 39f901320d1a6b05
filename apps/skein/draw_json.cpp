#include <string_view>
#include <utility>

#include "apps/skein/drawing.hpp"
#include "apps/skein/output.hpp"
#include "skein/json.hpp"

namespace skein::tool {
namespace {

std::string name_of(ViewNode::Kind kind) {
  constexpr std::string_view names[] = {"start", "operator", "open slot", "condition", "nothing", "end"};
  return std::string(names[static_cast<std::size_t>(kind)]);
}

List list_of(const std::vector<std::string>& names) { return {names.begin(), names.end()}; }

void add_text(Object& object, std::string_view key, const std::string& text) {
  add(object, key, text.empty() ? Value() : Value(text));
}

Object box_object(const ViewBox& box, std::size_t index) {
  Object object;
  add(object, "id", std::uint64_t{index});
  add(object, "kind", box.kind == ViewBox::Kind::graph ? "graph" : "loop");
  add(object, "name", box.name);
  add(object, "path", box.path);
  add(object, "graph", box.graph);
  add_text(object, "slot", box.slot);
  add(object, "parent", box.parent == ViewBox::none ? Value() : Value(std::uint64_t{box.parent}));
  return object;
}

Object node_object(const ViewNode& node, std::size_t index) {
  Object object;
  add(object, "id", std::uint64_t{index});
  add(object, "kind", name_of(node.kind));
  add(object, "name", node.name);
  add(object, "path", node.path);
  add(object, "box", std::uint64_t{node.box});
  add_text(object, "operator", node.operation);
  add_text(object, "slot", node.slot);
  if (!node.slot.empty()) {
    add(object, "role", node.role);
    add(object, "optional", node.optional);
    add(object, "many", node.many);
  }
  add(object, "reads", list_of(node.reads));
  add(object, "writes", list_of(node.writes));
  return object;
}

Object edge_object(const ViewEdge& edge) {
  const bool is_data = edge.kind == ViewEdge::Kind::data;
  Object object;
  add(object, "kind", is_data ? "data" : "control");
  add(object, "from", std::uint64_t{edge.from});
  add(object, "to", std::uint64_t{edge.to});
  if (is_data) {
    add(object, "variables", list_of(edge.variables));
  } else {
    add_text(object, "way", way_text(edge.way));
  }
  return object;
}

}  // namespace

std::string draw_json(const GraphView& view) {
  List boxes;
  for (std::size_t i = 0; i < view.boxes.size(); ++i) boxes.emplace_back(box_object(view.boxes[i], i));
  List nodes;
  for (std::size_t i = 0; i < view.nodes.size(); ++i) nodes.emplace_back(node_object(view.nodes[i], i));
  List edges;
  for (const ViewEdge& edge : view.edges) edges.emplace_back(edge_object(edge));
  Object object;
  add(object, "name", view.name);
  add(object, "summary", view.summary);
  add(object, "boxes", std::move(boxes));
  add(object, "nodes", std::move(nodes));
  add(object, "edges", std::move(edges));
  return write_json(object);
}

}  // namespace skein::tool
