// Whether a plugin fits this engine, by what its descriptor says.
#pragma once

#include "plugin/candidate.hpp"

namespace skein::plugin {

/// Takes over what the descriptor says, after checking that it can be read and used: its size, API version and ABI tag,
/// then name, version and dependencies. Runs no code of the plugin.
void read_descriptor(Candidate& candidate);

}  // namespace skein::plugin
