#include "operators/memory/all.hpp"
#include "operators/memory/ports.hpp"
#include "skein/run_memory.hpp"

namespace skein {
namespace {

/// Gives pages of scratch memory, and what the allocator keeps free, back to the system.
///
/// Noted in memory while memory is short, or when it is at least 1 MiB. Changes no results. Cost: some 10 µs, and the
/// pages that are used again.
struct ReleaseMemory {
  static constexpr std::string_view name = "release_memory";
  static constexpr std::string_view summary = "returns memory that is not in use to the system";
  static constexpr auto roles = std::array<std::string_view, 1>{"memory_reducer"};

  struct Ports {
    In<std::int64_t> iterations;
    InOutObject<MemoryState> memory;
  };
  static constexpr auto ports = std::tuple{memory_iterations_port(&Ports::iterations), memory_port(&Ports::memory)};

  static void run(const Ports& io, StepContext& context) noexcept {
    const std::uint64_t freed = context.memory().release();
    if (io.memory->level() == MemoryLevel::normal && static_cast<double>(freed) < mebibyte) return;
    io.memory->note_action(MemoryActionKind::release_memory, moment_of(io, context), freed);
  }
};

}  // namespace

const OperatorTable& release_memory_operator() { return operator_table<ReleaseMemory>(); }

}  // namespace skein
