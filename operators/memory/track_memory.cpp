#include "operators/memory/all.hpp"
#include "operators/memory/measure_again.hpp"

namespace skein {
namespace {

/// Adds this reading, and the bytes that the run itself holds, to the search for leaks; leak <- whether one was found
/// that was not known before, with an alert; clean_up <- whether that is to be followed by a cleanup: with
/// `enable_automatic_cleanup`, at the earliest `cleanup_frequency` iterations after the last one. A leak, or a step, is
/// known until none of its kind was seen in `leak_window` readings: growth that goes on raises one alert.
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
    Out<std::uint8_t> leak, clean_up;
  };
  static constexpr auto ports = std::tuple{resident_port(&Ports::resident),
                                           address_space_port(&Ports::address_space),
                                           memory_iterations_port(&Ports::iterations),
                                           memory_port(&Ports::memory),
                                           out("leak", &Ports::leak, "boolean", "whether a new leak was found"),
                                           out("clean_up", &Ports::clean_up, "boolean", "whether to clean up for it")};

  static void run(const Ports& io, StepContext& context) noexcept {
    io.leak.value() = 0;
    io.clean_up.value() = 0;
    if (!io.memory->configured()) return;
    measure_again(io, context);
    const RunMemory memory = context.memory();
    MemoryReading reading = reading_of(io);
    if (reading.address_space >= 0) reading.resident -= rows_of_histories(memory);
    const MemoryMoment moment = moment_of(io, context);
    if (!io.memory->track(reading, memory.counted_bytes(), moment)) return;
    io.leak.value() = 1;
    io.clean_up.value() = io.memory->begin_leak_cleanup(moment) ? 1 : 0;
  }
};

}  // namespace

const OperatorTable& track_memory_operator() { return operator_table<TrackMemory>(); }

}  // namespace skein
