// What operators for memory do when a run goes on in another process.
#pragma once

#include <cstdint>
#include <exception>

#include "operators/memory/ports.hpp"
#include "skein/history.hpp"
#include "skein/memory_limit.hpp"
#include "skein/run_memory.hpp"

namespace skein {

/// Bytes that rows of histories have taken up.
inline std::int64_t rows_of_histories(const RunMemory& memory) noexcept {
  std::size_t bytes = 0;
  memory.for_each_object([&](std::string_view, const ObjectVariable& object) {
    if (object.type_name() == BoundedHistory::type) bytes += static_cast<const BoundedHistory&>(object).touched_bytes();
  });
  return static_cast<std::int64_t>(bytes);
}

/// Base and limit of this process, for a run that began in another one; otherwise nothing.
template <class Ports>
void measure_again(const Ports& io, const StepContext& context) noexcept {
  const MemoryReading reading = reading_of(io);
  if (!io.memory->is_of_another_process(reading)) return;
  try {
    const MemoryLimit limit = reading.address_space < 0 ? MemoryLimit() : find_memory_limit(reading.resident);
    io.memory->measure_again(reading, rows_of_histories(context.memory()), limit, moment_of(io, context));
  } catch (const std::exception&) {
    return;  // the next check tries again
  }
}

}  // namespace skein
