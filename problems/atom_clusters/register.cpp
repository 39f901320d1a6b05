#include "problems/atom_clusters/all.hpp"
#include "skein/problems/atom_clusters.hpp"
#include "skein/registry.hpp"

namespace skein {

void register_atom_clusters(Registry& registry) { registry.add(lennard_jones_problem()); }

}  // namespace skein
