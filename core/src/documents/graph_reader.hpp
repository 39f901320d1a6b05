// A graph inside a document.
#pragma once

#include <string>

#include "skein/diagnostic.hpp"
#include "skein/graph.hpp"
#include "skein/value.hpp"

namespace skein {

/// A document of its own says its format; a graph written in place need not.
enum class GraphPlace { document, in_place };

/// The graph in an object, as far as it could be read: what was wrong is in `diagnostics`, in no order, and marked
/// faulty.
[[nodiscard]] Graph read_graph_object(const Value& value, const std::string& path, GraphPlace place,
                                      Diagnostics& diagnostics);

}  // namespace skein
