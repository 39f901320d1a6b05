// Graphs that a document takes from other documents: {"graph": {"file": "…"}}.
#pragma once

#include "skein/diagnostic.hpp"
#include "skein/graph.hpp"
#include "skein/run_document.hpp"

namespace skein {

/// Reads the graphs that components of the graph name by file, and those that these name in turn; file names are
/// relative to the document in which they stand. Reports files that cannot be read, what is wrong in them, and files
/// that include each other (`graph-cycle`). A component whose file is wrong becomes faulty.
void load_included_graphs(Graph& graph, Diagnostics& diagnostics);
void load_included_graphs(RunDocument& document, Diagnostics& diagnostics);

}  // namespace skein
