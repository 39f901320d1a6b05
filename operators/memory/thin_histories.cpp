#include "operators/memory/all.hpp"
#include "operators/memory/ports.hpp"
#include "skein/run_memory.hpp"

namespace skein {
namespace {

/// All histories of the run hold half as many rows, at least 8: every second row is given up.
///
/// What was freed is noted in memory. Cost: a pass over the histories.
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

  static void run(const Ports& io, StepContext& context) {
    const std::uint64_t freed = context.memory().reduce_objects("history");
    if (freed != 0) io.memory->note_action(MemoryActionKind::thin_histories, moment_of(io, context), freed);
  }
};

}  // namespace

const OperatorTable& thin_histories_operator() { return operator_table<ThinHistories>(); }

}  // namespace skein
