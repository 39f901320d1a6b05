// Components and flow as documents write them.
#pragma once

#include <vector>

#include "skein/graph.hpp"
#include "skein/value.hpp"

namespace skein {

/// A node: an object with "operator", "graph" or "slot".
[[nodiscard]] Value write_component(const Component& component);

/// What fills a slot: a text or null where that says all.
[[nodiscard]] Value write_filler(const Component& component);

[[nodiscard]] Object write_slot_fillings(const std::vector<SlotFilling>& fillings);

[[nodiscard]] List write_flow(const std::vector<FlowItem>& items);

}  // namespace skein
