#include "plugins/particle_swarm/plugin.cpp"
