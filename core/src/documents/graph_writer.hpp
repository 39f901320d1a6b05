// Graphs and their declarations as documents write them.
#pragma once

#include "documents/graph_reader.hpp"
#include "skein/graph.hpp"
#include "skein/value.hpp"

namespace skein {

[[nodiscard]] Value write_graph_object(const Graph& graph, GraphPlace place);

// The values that stand under a declaration's name.
[[nodiscard]] Value write_parameter(const GraphParameter& parameter);
[[nodiscard]] Value write_slot(const GraphSlot& slot);

}  // namespace skein
