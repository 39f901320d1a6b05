#include <string_view>
#include <utility>

#include "apps/skein/drawing.hpp"

namespace skein::tool {
namespace {

/// In double quotes; what Mermaid or HTML would read as marks is written as an entity.
std::string in_quotes(std::string_view text) {
  constexpr std::string_view marks = "\"#&<>`\\";
  std::string out = "\"";
  for (const char character : text) {
    if (character == '\n') {
      out += "<br>";
    } else if (marks.find(character) != std::string_view::npos) {
      out += "#" + std::to_string(static_cast<int>(character)) + ";";
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

/// The text in the brackets of its shape; a class marks a slot.
std::string shape(const ViewNode& node) {
  const std::string text = in_quotes(joined(node_lines(node)));
  switch (node.kind) {
    case ViewNode::Kind::start:
    case ViewNode::Kind::end:
      return "((" + text + "))";
    case ViewNode::Kind::condition:
      return "{" + text + "}";
    case ViewNode::Kind::open_slot:
      return "(" + text + "):::open";
    case ViewNode::Kind::nothing:
      return "[" + text + "]";
    case ViewNode::Kind::operation:
      break;
  }
  return "(" + text + ")" + (node.slot.empty() ? "" : ":::slot");
}

class MermaidDrawing {
 public:
  explicit MermaidDrawing(const GraphView& view) : view_(view), contents_(contents_of_boxes(view)) {}

  std::string draw() {
    text_ = "flowchart TD\n";
    add_contents(0, "  ");
    for (const ViewEdge& edge : view_.edges) add_edge(edge);
    text_ += "  classDef slot stroke-dasharray: 5 5\n";
    text_ += "  classDef open stroke-dasharray: 5 5,fill:none\n";
    return std::move(text_);
  }

 private:
  void add_contents(std::size_t box, const std::string& indent) {
    for (const std::size_t node : contents_[box].nodes) text_ += indent + id(node) + shape(view_.nodes[node]) + "\n";
    for (const std::size_t inner : contents_[box].boxes) {
      text_ += indent + "subgraph b" + std::to_string(inner) + "[" + in_quotes(box_title(view_.boxes[inner])) + "]\n";
      add_contents(inner, indent + "  ");
      text_ += indent + "end\n";
    }
  }

  /// Data edges are dotted.
  void add_edge(const ViewEdge& edge) {
    const bool is_data = edge.kind == ViewEdge::Kind::data;
    const std::string label = is_data ? joined(edge.variables) : way_text(edge.way);
    text_ += "  " + id(edge.from) + (is_data ? " -.->" : " -->");
    text_ += (label.empty() ? "" : "|" + in_quotes(label) + "|") + " " + id(edge.to) + "\n";
  }

  const GraphView& view_;
  std::vector<BoxContents> contents_;
  std::string text_;
};

}  // namespace

std::string draw_mermaid(const GraphView& view) { return MermaidDrawing(view).draw(); }

}  // namespace skein::tool
