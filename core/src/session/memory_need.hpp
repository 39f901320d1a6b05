// Memory need: what a run of a plan will reserve, compared with what the machine has.
#pragma once

#include <cstdint>

#include "plan/plan.hpp"
#include "skein/diagnostic.hpp"

namespace skein {

/// Bytes of all columns, with their capacity and the shadows of what can fail. Saturates instead of overflowing.
[[nodiscard]] std::uint64_t memory_need(const Plan& plan);

/// Bytes that a run of the plan has in use before its first evaluation is over: the rows that populations begin with,
/// the shadows of what can fail and, where Skein's own bytes are counted, objects. Never more than it will be.
[[nodiscard]] std::uint64_t memory_from_the_start(const Plan& plan, bool with_objects);

/// Reports `too-large` when a run of the plan needs more than the machine's memory.
void check_memory(const Plan& plan, const SourceLocation& where, Diagnostics& diagnostics);

}  // namespace skein
