// Trying a plugin where it can do no harm.
#pragma once

#include "plugin/candidate.hpp"

namespace skein::plugin {

/// Loads and registers the candidate's file in a child process: what throws while it is loaded, crashes, hangs or calls
/// exit would end this one. What the child finds wrong refuses the candidate, so that nothing of a plugin that does not
/// fit ever runs here.
void try_in_child(Candidate& candidate, double seconds);

}  // namespace skein::plugin
