// Particle swarm plugin: the algorithm `particle_swarm` and its main loop, as graphs.
#pragma once

#include "skein/registry.hpp"

namespace skein {

/// Adds the graphs `particle_swarm` and `particle_swarm_main_loop`. They need the operators of the operators layer.
void register_particle_swarm(Registry& registry);

}  // namespace skein
