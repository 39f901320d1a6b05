#include "apps/skein/drawing.hpp"

namespace skein::tool {

std::vector<std::string> node_lines(const ViewNode& node) {
  std::vector<std::string> lines = {node.name};
  if (node.kind == ViewNode::Kind::operation) {
    if (node.operation != node.name) lines.push_back(node.operation);
    if (!node.slot.empty()) lines.push_back("in slot " + node.slot);
  }
  if (node.kind == ViewNode::Kind::open_slot) {
    lines.push_back("open slot " + node.slot);
    if (node.role != node.slot) lines.push_back("role " + node.role);
    if (node.optional) lines.emplace_back("optional");
    if (node.many) lines.emplace_back("any number");
  }
  return lines;
}

std::string box_title(const ViewBox& box) {
  if (box.kind == ViewBox::Kind::loop) return "loop " + box.name;
  if (box.parent == ViewBox::none) return box.name;
  return box.name + ": " + box.graph + (box.slot.empty() ? "" : ", in slot " + box.slot);
}

std::string way_text(ViewEdge::Way way) {
  if (way == ViewEdge::Way::always) return "";
  return way == ViewEdge::Way::yes ? "yes" : "no";
}

std::vector<BoxContents> contents_of_boxes(const GraphView& view) {
  std::vector<BoxContents> contents(view.boxes.size());
  for (std::size_t i = 1; i < view.boxes.size(); ++i) contents[view.boxes[i].parent].boxes.push_back(i);
  for (std::size_t i = 0; i < view.nodes.size(); ++i) contents[view.nodes[i].box].nodes.push_back(i);
  return contents;
}

}  // namespace skein::tool
