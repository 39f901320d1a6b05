// Memory need: what a run of a plan will reserve, compared with what the machine has.
#pragma once

#include <cstdint>

#include "plan/plan.hpp"
#include "skein/diagnostic.hpp"

namespace skein {

/// Bytes of all columns, with their capacity and the shadows of what can fail. Saturates instead of overflowing.
[[nodiscard]] std::uint64_t memory_need(const Plan& plan);

/// Reports `too-large` when a run of the plan needs more than the machine's memory.
void check_memory(const Plan& plan, const SourceLocation& where, Diagnostics& diagnostics);

}  // namespace skein
