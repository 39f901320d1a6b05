// What a run's memory manager has to report.
#pragma once

#include <cstdint>

#include "skein/run.hpp"
#include "skein/value.hpp"

namespace skein {

/// Statistics, alerts and actions of the first `memory` object of the run; null when it has none that is
/// configured. `iterations`: of the run.
[[nodiscard]] Value memory_report(const Run& run, std::int64_t iterations);

}  // namespace skein
