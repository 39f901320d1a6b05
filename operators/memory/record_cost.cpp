#include <cmath>
#include <limits>

#include "operators/memory/all.hpp"
#include "operators/memory/ports.hpp"
#include "skein/history.hpp"

namespace skein {
namespace {

/// A row of history where the best objective of the run so far changes: the convergence curve, exact until it has more
/// steps than `max_cost_history` of memory's config, and then thinned. Cost: about 10 ns.
struct RecordCost {
  static constexpr std::string_view name = "record_cost";
  static constexpr std::string_view summary = "records each change of the best value so far, in bounded memory";
  static constexpr bool strong_guarantee = true;

  struct Ports {
    InFitness best_fitness;
    In<std::int64_t> iterations;
    InObject<MemoryState> memory;
    InOutObject<BoundedHistory> history;
  };
  static constexpr auto ports =
      std::tuple{in("best_fitness", &Ports::best_fitness, "fitness", "best of the run so far"),
                 memory_iterations_port(&Ports::iterations),
                 in("memory", &Ports::memory, "memory", "whose config says how long the history gets"),
                 inout("history", &Ports::history, "history", "what was seen")};

  static void run(const Ports& io, StepContext&) {
    if (!io.history->started()) {
      HistoryBudget budget;
      budget.rows = static_cast<std::size_t>(io.memory->config().max_cost_history);
      budget.compressed = io.memory->config().enable_history_compression;
      budget.changes_only = true;
      io.history->limit(budget.rows, budget.compressed);
      constexpr HistoryColumn columns[] = {{"iteration"}, {"best_so_far", true}};
      io.history->start(columns, budget);
    }
    const double best = io.best_fitness[0].objective();
    const double row[] = {static_cast<double>(io.iterations.value()),
                          std::isfinite(best) ? best : std::numeric_limits<double>::quiet_NaN()};
    io.history->append(row);
  }
};

}  // namespace

const OperatorTable& record_cost_operator() { return operator_table<RecordCost>(); }

}  // namespace skein
