#include "operators/memory/all.hpp"
#include "operators/memory/ports.hpp"
#include "skein/history.hpp"
#include "skein/memory_limit.hpp"
#include "skein/run_memory.hpp"

namespace skein {
namespace {

/// memory <- the given bounds, with this reading as the base; monitored <- whether memory is to be read;
/// check_frequency <- iterations from one check to the next. Histories of analyzers get their limit.
///
/// Belongs behind the first evaluation. Where no limit is given, it is that of the process's control group, otherwise
/// what is in use and what the machine has available; readings without address space are counted bytes, which have no
/// limit but a given one. Fails when the base leaves no room below the limit.
struct ConfigureMemory {
  static constexpr std::string_view name = "configure_memory";
  static constexpr std::string_view summary = "sets the bounds within which a run keeps its memory";
  static constexpr auto roles = std::array<std::string_view, 1>{"memory_configuration"};
  static constexpr bool strong_guarantee = true;

  struct Ports {
    In<std::int64_t> resident, address_space, iterations;
    InOutObject<MemoryState> memory;
    Out<std::uint8_t> monitored;
    Out<std::int64_t> check_frequency;
  };
  static constexpr auto ports =
      std::tuple{resident_port(&Ports::resident),
                 address_space_port(&Ports::address_space),
                 memory_iterations_port(&Ports::iterations),
                 memory_port(&Ports::memory),
                 out("monitored", &Ports::monitored, "boolean", "whether memory is to be read"),
                 out("check_frequency", &Ports::check_frequency, "integer", "iterations from check to check")};

  using Parameters = MemoryConfig;
  static constexpr auto parameters = memory_config_fields;

  static bool check(const Parameters& config, const PrepareInput& input, Diagnostics& diagnostics) {
    const auto found = violations(config);
    for (const MemoryViolation& violation : found) {
      diagnostics.add(input.refusal("memory-config", "parameters/" + std::string(violation.field), violation.message,
                                    violation.expected, violation.found));
    }
    return found.empty();
  }

  static void run(const Ports& io, const Parameters& config, StepContext& context) {
    const MemoryReading reading = reading_of(io);
    const MemoryLimit limit = reading.address_space < 0 ? MemoryLimit() : find_memory_limit(reading.resident);
    io.memory->configure(config, reading, limit, moment_of(io, context));
    context.memory().for_each_object([&](std::string_view, ObjectVariable& object) {
      if (object.type_name() != BoundedHistory::type) return;
      static_cast<BoundedHistory&>(object).limit(static_cast<std::size_t>(config.max_metrics_history),
                                                 config.enable_history_compression);
    });
    io.monitored.value() = config.enable_memory_monitoring ? 1 : 0;
    io.check_frequency.value() = config.memory_check_frequency;
  }
};

}  // namespace

const OperatorTable& configure_memory_operator() { return operator_table<ConfigureMemory>(); }

}  // namespace skein
