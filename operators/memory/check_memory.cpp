#include "operators/memory/all.hpp"
#include "operators/memory/measure_again.hpp"
#include "operators/memory/ports.hpp"
#include "skein/run_memory.hpp"

namespace skein {
namespace {

/// The level of this reading, with an alert when a higher one is entered; clean_up <- whether memory is short and a
/// cleanup is due; emergency <- whether that is one for an emergency; release <- whether scratch memory is to be
/// released, for a cleanup or because it was not for long.
///
/// A cleanup is due when a level is entered, when `cleanup_frequency` iterations have passed since the last one, and
/// always at the limit. In a process that the run goes on in, base, limit and levels are measured anew. When memory is
/// enough again, evaluation batches that became smaller grow: `evaluation_rows` doubles with each check that is
/// `cleanup_frequency` iterations after the last cleanup. Cost: below 1 µs.
struct CheckMemory {
  static constexpr std::string_view name = "check_memory";
  static constexpr std::string_view summary = "finds how short memory is, and whether to clean up";

  struct Ports {
    In<std::int64_t> resident, address_space, iterations;
    InOutObject<MemoryState> memory;
    Out<std::uint8_t> clean_up, emergency, release;
  };
  static constexpr auto ports =
      std::tuple{resident_port(&Ports::resident),
                 address_space_port(&Ports::address_space),
                 memory_iterations_port(&Ports::iterations),
                 memory_port(&Ports::memory),
                 out("clean_up", &Ports::clean_up, "boolean", "whether to clean up"),
                 out("emergency", &Ports::emergency, "boolean", "whether that is an emergency"),
                 out("release", &Ports::release, "boolean", "whether to release scratch memory")};

  static void run(const Ports& io, StepContext& context) noexcept {
    MemoryDemand demand;
    if (io.memory->configured()) {
      measure_again(io, context);
      demand = io.memory->check(reading_of(io), moment_of(io, context));
      // A run that goes on from a checkpoint goes on with small batches.
      context.memory().limit_evaluation_rows(io.memory->evaluation_rows());
    }
    io.clean_up.value() = demand.clean_up ? 1 : 0;
    io.emergency.value() = demand.emergency ? 1 : 0;
    io.release.value() = demand.release ? 1 : 0;
  }
};

}  // namespace

const OperatorTable& check_memory_operator() { return operator_table<CheckMemory>(); }

}  // namespace skein
