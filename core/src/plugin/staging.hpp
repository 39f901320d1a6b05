// What a plugin registers, kept apart until it is known to be right.
#pragma once

#include "plugin/candidate.hpp"

namespace skein::plugin {

/// Lets the plugin register into a registry of its own, and refuses it for what is wrong there.
void stage(Candidate& candidate);

}  // namespace skein::plugin
