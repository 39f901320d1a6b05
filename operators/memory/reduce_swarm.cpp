#include <algorithm>
#include <numeric>
#include <vector>

#include "operators/memory/all.hpp"
#include "operators/memory/ports.hpp"
#include "skein/run_memory.hpp"

namespace skein {
namespace {

/// Drops the quarter of the particles with the worst personal bests; of equally good ones the last. At least
/// `minimum_swarm_size` stay, in their order. reduced <- whether any was dropped: neighbourhoods and what is known of
/// neighbours have to be made anew then.
///
/// The bytes of their rows are noted in memory. Nothing is dropped, and reduced is false, without
/// `memory_pressure_adaptation`, and while this reading is below where the emergency is entered, though it may not be
/// over yet. Cost: O(n log n) comparisons, a copy of the swarm.
struct ReduceSwarm {
  static constexpr std::string_view name = "reduce_swarm";
  static constexpr std::string_view summary = "drops the particles with the worst personal bests";
  static constexpr bool strong_guarantee = true;

  struct Ports {
    In<std::int64_t> iterations, resident, address_space;
    InOutPopulation swarm;
    InFitness personal_best_fitness;
    InOutObject<MemoryState> memory;
    Out<std::uint8_t> reduced;
  };
  static constexpr auto ports = std::tuple{
      memory_iterations_port(&Ports::iterations),
      resident_port(&Ports::resident),
      address_space_port(&Ports::address_space),
      inout("swarm", &Ports::swarm, "population", "the particles"),
      in("personal_best_fitness", &Ports::personal_best_fitness, "fitness[n]", "a column of the swarm").whole(),
      memory_port(&Ports::memory),
      out("reduced", &Ports::reduced, "boolean", "whether particles were dropped")};

  static void run(const Ports& io, StepContext& context) {
    io.reduced.value() = 0;
    if (!io.memory->configured() || !io.memory->config().memory_pressure_adaptation) return;
    io.memory->read_again(reading_of(io));
    if (!io.memory->reaches(MemoryLevel::emergency)) return;
    const std::size_t rows = io.swarm.view.rows;
    const std::size_t least = static_cast<std::size_t>(io.memory->config().minimum_swarm_size);
    const std::size_t left = std::max(rows - std::max<std::size_t>(rows / 4, 1), least);
    if (left >= rows) return;
    std::vector<std::uint32_t> kept(rows);
    std::iota(kept.begin(), kept.end(), 0U);
    std::stable_sort(kept.begin(), kept.end(), [&](std::uint32_t a, std::uint32_t b) {
      return better(io.personal_best_fitness[a], io.personal_best_fitness[b]);
    });
    kept.resize(left);
    std::sort(kept.begin(), kept.end());
    context.resize(io.swarm, kept);
    io.reduced.value() = 1;
    io.memory->note_action(MemoryActionKind::reduce_swarm, moment_of(io, context),
                           (rows - left) * context.memory().row_bytes(io.swarm.view), static_cast<std::int64_t>(left));
  }
};

}  // namespace

const OperatorTable& reduce_swarm_operator() { return operator_table<ReduceSwarm>(); }

}  // namespace skein
