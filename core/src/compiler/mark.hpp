// Marks: which nodes, graphs and loops the steps of a plan come from. Set only where a picture of the graph is wanted.
#pragma once

#include <cstddef>
#include <string>

#include "skein/graph.hpp"

namespace skein::compiler {

/// A bracket around steps: what is opened here is closed by the `close` that belongs to it.
struct Mark {
  enum class Kind { node, graph, loop, condition, close };
  Kind kind = Kind::close;
  std::size_t step = 0;  ///< the first one after the mark
  std::string path = {};
  const GraphSlot* slot = nullptr;  ///< node: the slot that it is
  const Graph* graph = nullptr;     ///< graph
  const FlowItem* item = nullptr;   ///< loop, condition
};

}  // namespace skein::compiler
