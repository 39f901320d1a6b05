#include "../particle_swarm/plugin.cpp"
