// Atom clusters: arrangements of atoms with as little energy as possible.
#pragma once

namespace skein {

class Registry;

/// Adds the problem to the catalogue, under the plugin that was begun last.
void register_atom_clusters(Registry& registry);

}  // namespace skein
