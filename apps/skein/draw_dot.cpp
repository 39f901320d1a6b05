#include <string_view>

#include "apps/skein/drawing.hpp"

namespace skein::tool {
namespace {

/// In double quotes; "\n" in dot is the end of a centred line.
std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char character : text) {
    if (character == '"' || character == '\\') out += '\\';
    if (character == '\n') {
      out += "\\n";
    } else {
      out += character;
    }
  }
  return out + "\"";
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
  return text;
}

std::string id(std::size_t node) { return "n" + std::to_string(node); }

/// Shape and style; a dashed border marks a slot.
std::string look(const ViewNode& node) {
  switch (node.kind) {
    case ViewNode::Kind::start:
    case ViewNode::Kind::end:
      return ", shape=circle, style=filled, fillcolor=\"#e8e8e8\"";
    case ViewNode::Kind::condition:
      return ", shape=diamond, style=filled, fillcolor=\"#fff3d6\"";
    case ViewNode::Kind::open_slot:
      return ", style=\"rounded,dashed\"";
    case ViewNode::Kind::nothing:
      return ", style=dotted";
    case ViewNode::Kind::operation:
      break;
  }
  return node.slot.empty() ? "" : ", style=\"rounded,filled,dashed\"";
}

class DotDrawing {
 public:
  explicit DotDrawing(const GraphView& view) : view_(view), contents_(contents_of_boxes(view)) {}

  std::string draw() {
    text_ = "digraph " + in_quotes(view_.name) + " {\n";
    text_ +=
        "  graph [label=" + in_quotes(box_title(view_.boxes.front())) + ", labelloc=t, fontname=\"sans-serif\"];\n";
    text_ += "  node [shape=box, style=\"rounded,filled\", fillcolor=\"#e4eefb\", fontname=\"sans-serif\"];\n";
    text_ += "  edge [fontname=\"sans-serif\", fontsize=10];\n";
    add_contents(0, "  ");
    for (const ViewEdge& edge : view_.edges) add_edge(edge);
    return text_ + "}\n";
  }

 private:
  void add_contents(std::size_t box, const std::string& indent) {
    for (const std::size_t node : contents_[box].nodes) {
      const ViewNode& drawn = view_.nodes[node];
      text_ += indent + id(node) + " [label=" + in_quotes(joined(node_lines(drawn))) + look(drawn) + "];\n";
    }
    for (const std::size_t inner : contents_[box].boxes) {
      const ViewBox& drawn = view_.boxes[inner];
      const bool is_loop = drawn.kind == ViewBox::Kind::loop;
      text_ += indent + "subgraph \"cluster_" + std::to_string(inner) + "\" {\n";
      text_ += indent + "  graph [label=" + in_quotes(box_title(drawn)) + ", labeljust=l";
      text_ += is_loop              ? ", style=rounded, color=\"#c08a1e\""
               : drawn.slot.empty() ? ", style=solid, color=\"#606060\""
                                    : ", style=dashed, color=\"#606060\"";
      text_ += "];\n";
      add_contents(inner, indent + "  ");
      text_ += indent + "}\n";
    }
  }

  /// Data edges are thin and do not move the nodes.
  void add_edge(const ViewEdge& edge) {
    text_ += "  " + id(edge.from) + " -> " + id(edge.to);
    if (edge.kind == ViewEdge::Kind::data) {
      text_ += " [label=" + in_quotes(joined(edge.variables)) +
               ", style=dashed, color=\"#4a7ebb\", fontcolor=\"#4a7ebb\", constraint=false]";
    } else if (edge.way != ViewEdge::Way::always) {
      text_ += " [label=" + in_quotes(way_text(edge.way)) + ", penwidth=1.5]";
    } else {
      text_ += " [penwidth=1.5]";
    }
    text_ += ";\n";
  }

  const GraphView& view_;
  std::vector<BoxContents> contents_;
  std::string text_;
};

}  // namespace

std::string draw_dot(const GraphView& view) { return DotDrawing(view).draw(); }

}  // namespace skein::tool
