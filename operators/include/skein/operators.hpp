// Operators and roles that know no encoding, no problem and no algorithm.
#pragma once

namespace skein {

class Registry;

/// Adds the operators and roles of this layer to the catalogue, under the plugin that was begun last.
void register_operators(Registry& registry);

/// The same of what keeps runs within their memory.
void register_memory_operators(Registry& registry);

}  // namespace skein
