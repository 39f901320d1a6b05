// Components in documents: what a node is, and what fills a slot.
#pragma once

#include <string>
#include <vector>

#include "skein/diagnostic.hpp"
#include "skein/graph.hpp"
#include "skein/value.hpp"

namespace skein {

/// Components of flow: "nodes". Names are checked; what was wrong is in `diagnostics`.
[[nodiscard]] std::vector<Node> read_nodes(const Value* section, const std::string& path, Diagnostics& diagnostics);

/// What fills a slot: an object, a text (the name of an operator or graph) or null.
[[nodiscard]] Component read_filler(const Value& value, const std::string& path, Diagnostics& diagnostics);

/// "slots" of a component or algorithm: one component each, or an object of named ones.
[[nodiscard]] std::vector<SlotFilling> read_slot_fillings(const Value* section, const std::string& path,
                                                          Diagnostics& diagnostics);

}  // namespace skein
