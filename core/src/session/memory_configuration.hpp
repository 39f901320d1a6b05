// From what a run document says under `memory` to a filler of the slot `memory_configuration`.
#pragma once

#include <vector>

#include "plan/plan.hpp"
#include "skein/diagnostic.hpp"
#include "skein/graph.hpp"
#include "skein/run_document.hpp"

namespace skein {

/// Whether an evaluation without memory is tried again: unless bounds in the plan say otherwise.
[[nodiscard]] bool recovers_from_emergencies(const Plan& plan);

/// Puts the operator `configure_memory` into the slot. Reports `memory-given-twice` when the document also fills the
/// slot itself, and `unused-memory` when the algorithm has no such slot.
void add_memory_configuration(std::vector<SlotFilling>& slots, const Graph& algorithm, const RunDocument& document,
                              Diagnostics& diagnostics);

/// Reports `memory-limit` when the run needs more than bounds in its plan let it have, whatever set them: what it takes
/// from the start and, where resident memory counts, what the process takes already.
void check_memory_bounds(const Plan& plan, const RunDocument& document, Diagnostics& diagnostics);

}  // namespace skein
