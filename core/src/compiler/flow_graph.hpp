// Flow graph: control and data edges between the steps of a plan, and what they show to be wrong.
#pragma once

#include <cstddef>
#include <vector>

#include "compiler/draft.hpp"
#include "skein/diagnostic.hpp"

namespace skein::compiler {

/// A value that one step writes and another may read.
struct DataEdge {
  std::size_t writer = 0;
  std::size_t reader = 0;
  std::size_t variable = 0;
};

/// The data edges of a plan: which writes reach which reads over its control edges.
[[nodiscard]] std::vector<DataEdge> data_edges(const Draft& draft);

/// Reports `used-before-written` (a path from the start reaches a read of a variable without initial value and without
/// a write before it; branches over constants are taken one way only), and as a warning `never-used` (written, but
/// nothing reads it). Nodes outside the flow are found by whoever reads the document.
void check_flow(const Draft& draft, Diagnostics& diagnostics);

}  // namespace skein::compiler
