// Run documents that do with the shipped particle swarm what HeuristicLab does.
#pragma once

#include <map>
#include <string>

#include "tests/heuristiclab/recorded_results.hpp"

namespace skein::heuristiclab {

/// What fills the slots of the shipped graph `particle_swarm`, as JSON.
using Slots = std::map<std::string, std::string>;

Slots slots(const PlainSettings& settings);

/// The shipped graph `particle_swarm` with these slots, inside a graph that holds the source of random numbers and
/// nothing else.
std::string run_document(const RecordedResult& recorded, const Slots& slots);

}  // namespace skein::heuristiclab
