// Frame plans: the last stage. What is done in frames becomes a plan of its own, which the plan around it enters.
#pragma once

#include "compiler/draft.hpp"
#include "plan/plan.hpp"

namespace skein::compiler {

/// The plan of the draft, which is left empty: steps and variables of frames in child plans, everything else linked to
/// what is around them, and pipelines formed. Cost: O(sets · (steps + variables)).
[[nodiscard]] Plan complete_plan(Draft& draft);

}  // namespace skein::compiler
