// What a run's memory manager has to report.
#pragma once

#include "skein/run.hpp"
#include "skein/value.hpp"

namespace skein {

/// Statistics, alerts and actions of the first `memory` object of the run; null when it has none that is configured.
[[nodiscard]] Value memory_report(const Run& run);

}  // namespace skein
