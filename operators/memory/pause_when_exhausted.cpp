#include "operators/memory/all.hpp"
#include "operators/memory/ports.hpp"

namespace skein {
namespace {

/// Pauses the run with the stop reason `memory` when this reading still is an emergency and the cleanup had nothing
/// left to give up. The host can save the run then, and go on where there is more memory.
struct PauseWhenExhausted {
  static constexpr std::string_view name = "pause_when_exhausted";
  static constexpr std::string_view summary = "pauses a run that can give up no more memory";

  struct Ports {
    In<std::int64_t> iterations, resident, address_space;
    InOutObject<MemoryState> memory;
  };
  static constexpr auto ports = std::tuple{memory_iterations_port(&Ports::iterations), resident_port(&Ports::resident),
                                           address_space_port(&Ports::address_space), memory_port(&Ports::memory)};

  static void run(const Ports& io, StepContext& context) noexcept {
    io.memory->read_again(reading_of(io));
    if (!io.memory->is_exhausted()) return;
    io.memory->note_stop(moment_of(io, context));
    context.pause(StopReason::memory);
  }
};

}  // namespace

const OperatorTable& pause_when_exhausted_operator() { return operator_table<PauseWhenExhausted>(); }

}  // namespace skein
