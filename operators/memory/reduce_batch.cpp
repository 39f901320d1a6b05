#include <algorithm>

#include "operators/memory/all.hpp"
#include "operators/memory/ports.hpp"
#include "skein/run_memory.hpp"

namespace skein {
namespace {

/// From now on half as many rows are evaluated at a time, at least one: memory that evaluations take for themselves, a
/// trajectory each, is taken less often at once. Beginning with half the swarm; fewer rows than the swarm has are
/// evaluated one batch after another, on one thread.
///
/// Changes no results. When memory is enough again, check_memory doubles their number until it is as it was. Does
/// nothing without `memory_pressure_adaptation`.
struct ReduceBatch {
  static constexpr std::string_view name = "reduce_batch";
  static constexpr std::string_view summary = "evaluates fewer rows at a time";
  static constexpr auto roles = std::array<std::string_view, 1>{"memory_reducer"};

  struct Ports {
    In<std::int64_t> iterations;
    InPopulation swarm;
    InOutObject<MemoryState> memory;
  };
  static constexpr auto ports =
      std::tuple{memory_iterations_port(&Ports::iterations),
                 in("swarm", &Ports::swarm, "population", "what is evaluated"), memory_port(&Ports::memory)};

  static void run(const Ports& io, StepContext& context) noexcept {
    if (!io.memory->configured() || !io.memory->config().memory_pressure_adaptation) return;
    const std::size_t rows = io.swarm.view.rows;
    const std::size_t now = io.memory->evaluation_rows() == 0 ? rows : std::min(rows, io.memory->evaluation_rows());
    if (now <= 1) return;
    const std::size_t fewer = now / 2;
    io.memory->set_evaluation_rows(fewer, rows);
    context.memory().limit_evaluation_rows(fewer);
    io.memory->note_action(MemoryActionKind::reduce_batch, moment_of(io, context), 0, static_cast<std::int64_t>(fewer));
  }
};

}  // namespace

const OperatorTable& reduce_batch_operator() { return operator_table<ReduceBatch>(); }

}  // namespace skein
