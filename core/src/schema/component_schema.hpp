// The schema of components: nodes of graphs, and what fills slots.
#pragma once

#include "skein/graph.hpp"
#include "skein/registry.hpp"
#include "skein/value.hpp"

namespace skein::schema {

/// Names of a catalogue entry: the qualified one, and the short one.
template <class Entry>
std::vector<std::string> names_of(const Entry& entry) {
  return {entry.name, entry.qualified_name()};
}

/// An operator, a graph or a slot, with what belongs to it.
[[nodiscard]] Value component_schema(const Registry& registry);

/// What fills any slot: a name, a component, null, or named fillers.
[[nodiscard]] Value filler_schema(const Registry& registry);

/// The slots of a graph, each with the names that fulfil its role.
[[nodiscard]] Value slots_schema(const Registry& registry, const Graph& graph);

}  // namespace skein::schema
