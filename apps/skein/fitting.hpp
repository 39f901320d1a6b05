// What fits the slots of an algorithm on a problem, as a value that describe shows.
#pragma once

#include <string>

#include "skein/session.hpp"
#include "skein/value.hpp"

namespace skein::tool {

/// A list with an object per slot: `slot`, `role`, `optional`, `many`, `default` (null: nothing), `fits` (names, in the
/// order in which they are offered) and `does_not_fit` (objects with `name` and `findings`). A problem whose parameters
/// have no defaults gets those of its example. Null after all that is
/// wrong with the problem was added to `diagnostics`.
Value fitting_value(const Session& session, const std::string& algorithm, const std::string& problem,
                    Diagnostics& diagnostics);

}  // namespace skein::tool
