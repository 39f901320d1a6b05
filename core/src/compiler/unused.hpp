// What a run document gives in vain: values and fillers that influence nothing of what a result shows.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "compiler/compiler.hpp"
#include "compiler/draft.hpp"

namespace skein::compiler {

/// The draft of an input; nothing when an error was found, which is reported.
using Drafting = std::function<std::unique_ptr<Draft>(const CompilerInput&, Diagnostics&)>;

/// Reports as warnings `unused-parameter` and `unused-slot` what the document itself gives for the algorithm and what
/// then influences nothing. A result shows the out-ports `best` and `best_fitness`, all objects but neighbourhoods
/// (histories, archives), when the run ends, and those further out-ports that depend on the particles: one that is a
/// setting, such as the current inertia, is not looked for but set.
///
/// What flows where is read from the steps, without their order; so nothing is reported that might be used. Whether a
/// parameter does anything is seen by compiling with other values of it: one compilation for a parameter that is used,
/// some more for one that seems not to be. Parameters that are texts or lists are taken for used.
void check_unused(const Draft& draft, const CompilerInput& input, const Drafting& drafting, Diagnostics& diagnostics);

}  // namespace skein::compiler
