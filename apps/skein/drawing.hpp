// Drawings of a graph: one text form each.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "skein/diagnostic.hpp"
#include "skein/graph_view.hpp"
#include "skein/plan_view.hpp"

namespace skein::tool {

[[nodiscard]] std::string draw_dot(const GraphView& view);
[[nodiscard]] std::string draw_mermaid(const GraphView& view);
[[nodiscard]] std::string draw_json(const GraphView& view);

/// How a plan runs: its steps one by one, and which of them share a pipeline and why.
[[nodiscard]] std::string draw_plan(const PlanView& view);
[[nodiscard]] std::string draw_plan_json(const PlanView& view);

/// A drawing in dot as SVG, by the program `dot` of Graphviz. Reports `no-graphviz` when it is not installed and
/// `graphviz-failed` when it fails.
[[nodiscard]] std::optional<std::string> svg_of(const std::string& dot, Diagnostics& diagnostics);

/// What stands in a node, line by line.
[[nodiscard]] std::vector<std::string> node_lines(const ViewNode& node);

/// What stands at the edge of a box.
[[nodiscard]] std::string box_title(const ViewBox& box);

/// "yes", "no" or nothing.
[[nodiscard]] std::string way_text(ViewEdge::Way way);

/// What each box holds directly, in order: indices of its nodes and of the boxes inside.
struct BoxContents {
  std::vector<std::size_t> nodes;
  std::vector<std::size_t> boxes;
};

[[nodiscard]] std::vector<BoxContents> contents_of_boxes(const GraphView& view);

}  // namespace skein::tool
