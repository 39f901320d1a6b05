// Drawing: from the marked steps of a draft to what a picture shows.
#pragma once

#include <optional>
#include <vector>

#include "compiler/draft.hpp"
#include "skein/diagnostic.hpp"
#include "skein/graph_view.hpp"

namespace skein::compiler {

/// The draft must have kept its marks and be without errors. Reports `too-large` and returns nothing for more nodes
/// than a picture can have.
[[nodiscard]] std::optional<GraphView> draw(const Draft& draft, const Graph& graph, Diagnostics& diagnostics);

/// Boxes and nodes, and for each step of the plan the node that stands for it, or no_index.
struct DrawnNodes {
  std::vector<ViewBox> boxes;
  std::vector<ViewNode> nodes;
  std::vector<std::size_t> node_of_step;
};

[[nodiscard]] DrawnNodes draw_nodes(const Draft& draft, const Graph& graph);

/// Control edges, then data edges. Also says what each node reads and writes.
[[nodiscard]] std::vector<ViewEdge> draw_edges(const Draft& draft, DrawnNodes& drawn);

}  // namespace skein::compiler
