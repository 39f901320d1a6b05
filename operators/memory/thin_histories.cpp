#include <algorithm>

#include "operators/memory/all.hpp"
#include "operators/memory/ports.hpp"
#include "skein/history.hpp"
#include "skein/run_memory.hpp"

namespace skein {
namespace {

/// All histories of the run hold half as many rows, at least 8: every second row is given up.
///
/// What that freed is noted in memory: of whole budgets where the run counts its own bytes, otherwise of what rows had
/// taken up, as a budget that nothing was written to does not reside. Cost: a pass over the histories.
struct ThinHistories {
  static constexpr std::string_view name = "thin_histories";
  static constexpr std::string_view summary = "halves what histories hold";
  static constexpr auto roles = std::array<std::string_view, 1>{"memory_reducer"};
  static constexpr bool strong_guarantee = true;

  struct Ports {
    In<std::int64_t> iterations;
    InOutObject<MemoryState> memory;
  };
  static constexpr auto ports = std::tuple{memory_iterations_port(&Ports::iterations), memory_port(&Ports::memory)};

  static std::uint64_t bytes_in_histories(const RunMemory& memory, bool counts_budgets) {
    std::uint64_t bytes = 0;
    memory.for_each_object([&](std::string_view, const ObjectVariable& object) {
      if (object.type_name() != BoundedHistory::type) return;
      const auto& history = static_cast<const BoundedHistory&>(object);
      bytes += counts_budgets ? history.size_in_bytes() : history.bytes_in_use();
    });
    return bytes;
  }

  static void run(const Ports& io, StepContext& context) {
    const RunMemory memory = context.memory();
    const bool counts_budgets = io.memory->newest().is_counted();
    const std::uint64_t before = bytes_in_histories(memory, counts_budgets);
    if (memory.reduce_objects(BoundedHistory::type) == 0) return;
    const std::uint64_t after = bytes_in_histories(memory, counts_budgets);
    io.memory->note_action(MemoryActionKind::thin_histories, moment_of(io, context), before - std::min(before, after));
  }
};

}  // namespace

const OperatorTable& thin_histories_operator() { return operator_table<ThinHistories>(); }

}  // namespace skein
