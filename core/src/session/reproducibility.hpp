// Which tier of reproducibility a prepared run has.
#pragma once

#include "plan/plan.hpp"
#include "skein/registry.hpp"
#include "skein/reproducibility.hpp"
#include "skein/run_document.hpp"

namespace skein {

/// The lowest tier of what takes part: the plugins of operators and problem, and limits that depend on the clock.
[[nodiscard]] ReproducibilityReport reproducibility_of(const Registry& registry, const Plan& plan,
                                                       const RunDocument& document);

}  // namespace skein
