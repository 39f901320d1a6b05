// What tests add to a catalogue to do as HeuristicLab does: its random numbers, in its order, and its test functions.
#pragma once

#include "skein/operator_table.hpp"
#include "skein/registry.hpp"

namespace skein::heuristiclab {

const OperatorTable& creator_operator();
const OperatorTable& updater_2007_operator();
const OperatorTable& updater_2011_operator();
const OperatorTable& random_topology_operator();
const OperatorTable& lagging_adaptive_random_operator();

/// The problems `heuristiclab_rastrigin`, `_schwefel`, `_ackley` and `_sphere`, with HeuristicLab's bounds.
void register_problems(Registry& registry);

void register_everything(Registry& registry);

}  // namespace skein::heuristiclab
