#include "operators/memory/all.hpp"
#include "operators/memory/ports.hpp"
#include "skein/run_memory.hpp"

namespace skein {
namespace {

/// All archives of the run give up what they can do without best (Archive::reduce_memory): large objects that entries
/// point at, entries that others nearly dominate, then, by clustering, half of what there was room for; the room is
/// halved, too, down to that for 10 entries.
///
/// What was freed is noted in memory. Does nothing where no archive exists. Cost: O(entries^2).
struct ReduceArchives {
  static constexpr std::string_view name = "reduce_archives";
  static constexpr std::string_view summary = "lets archives give up what they can do without";
  static constexpr auto roles = std::array<std::string_view, 1>{"memory_reducer"};
  static constexpr bool strong_guarantee = true;

  struct Ports {
    In<std::int64_t> iterations;
    InOutObject<MemoryState> memory;
  };
  static constexpr auto ports = std::tuple{memory_iterations_port(&Ports::iterations), memory_port(&Ports::memory)};

  static void run(const Ports& io, StepContext& context) {
    const std::uint64_t freed = context.memory().reduce_objects("archive");
    if (freed != 0) io.memory->note_action(MemoryActionKind::reduce_archive, moment_of(io, context), freed);
  }
};

}  // namespace

const OperatorTable& reduce_archives_operator() { return operator_table<ReduceArchives>(); }

}  // namespace skein
