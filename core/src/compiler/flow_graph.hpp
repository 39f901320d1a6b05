// Flow graph: control edges between the steps of a plan, and what they show to be wrong.
#pragma once

#include "compiler/draft.hpp"
#include "skein/diagnostic.hpp"

namespace skein::compiler {

/// Reports `used-before-written` (a path from the start reaches a read of a variable without initial value and without
/// a write before it; branches over constants are taken one way only), and as a warning `never-used` (written, but
/// nothing reads it; in a graph that `may_run_again`, what it reads at its start may be what it wrote the last time).
/// Nodes outside the flow are found by whoever reads the document.
void check_flow(const Draft& draft, bool may_run_again, Diagnostics& diagnostics);

}  // namespace skein::compiler
