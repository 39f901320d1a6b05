#include "operators/memory/all.hpp"
#include "operators/memory/ports.hpp"
#include "skein/history.hpp"
#include "skein/run_memory.hpp"

namespace skein {
namespace {

/// Adds this reading, and the bytes that the run itself holds, to the search for leaks; leak <- whether one was found
/// that was not known before, with an alert.
///
/// A history that takes up its budget for the first time is no leak: of resident memory, what rows of histories have
/// taken up is left out, and counted bytes hold whole budgets from the start.
///
/// A leak is steady growth: over `leak_window` readings the median slope (Theil-Sen) is above `leak_slope_kb` per
/// iteration and the sizes rank with the iterations (Mann-Kendall); or a single step above `leak_step_mb`. The first
/// two readings do not count: then a run touches its memory for the first time. Cost: below 2 µs.
struct TrackMemory {
  static constexpr std::string_view name = "track_memory";
  static constexpr std::string_view summary = "looks for memory that grows from iteration to iteration";
  static constexpr std::string_view source =
      "Sen, Estimates of the regression coefficient based on Kendall's tau (1968)";

  struct Ports {
    In<std::int64_t> resident, address_space, iterations;
    InOutObject<MemoryState> memory;
    Out<std::uint8_t> leak;
  };
  static constexpr auto ports = std::tuple{resident_port(&Ports::resident), address_space_port(&Ports::address_space),
                                           memory_iterations_port(&Ports::iterations), memory_port(&Ports::memory),
                                           out("leak", &Ports::leak, "boolean", "whether a new leak was found")};

  static std::int64_t rows_of_histories(const RunMemory& memory) noexcept {
    std::size_t bytes = 0;
    memory.for_each_object([&](std::string_view, const ObjectVariable& object) {
      if (object.type_name() == BoundedHistory::type)
        bytes += static_cast<const BoundedHistory&>(object).touched_bytes();
    });
    return static_cast<std::int64_t>(bytes);
  }

  static void run(const Ports& io, StepContext& context) noexcept {
    io.leak.value() = 0;
    if (!io.memory->configured()) return;
    const RunMemory memory = context.memory();
    MemoryReading reading = reading_of(io);
    if (reading.address_space >= 0) reading.resident -= rows_of_histories(memory);
    io.leak.value() = io.memory->track(reading, memory.counted_bytes(), moment_of(io, context)) ? 1 : 0;
  }
};

}  // namespace

const OperatorTable& track_memory_operator() { return operator_table<TrackMemory>(); }

}  // namespace skein
