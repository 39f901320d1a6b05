// A shared object that has been loaded, and its two symbols.
#pragma once

#include "plugin/candidate.hpp"

namespace skein::plugin {

/// Loads the candidate's file for good, and reads its descriptor: it is never unloaded, because tables, exceptions and
/// texts from it may live anywhere. The candidate is refused when it cannot be loaded or does not fit, and warned of
/// when it changed the floating-point state, which was put back.
void load_module(Candidate& candidate);

}  // namespace skein::plugin
