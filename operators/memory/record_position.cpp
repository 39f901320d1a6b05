#include "operators/analysis/solution_rows.hpp"
#include "operators/memory/all.hpp"
#include "operators/memory/ports.hpp"

namespace skein {
namespace {

/// A row of history: the best objective of the run so far and the solution that has it, element by element, thinned to
/// `max_position_history` rows of memory's config. Cost: a copy of one solution.
struct RecordPosition {
  static constexpr std::string_view name = "record_position";
  static constexpr std::string_view summary = "records the best solution so far, in bounded memory";
  static constexpr bool strong_guarantee = true;

  struct Ports {
    InBundle best;
    InFitness best_fitness;
    In<std::int64_t> iterations;
    InObject<MemoryState> memory;
    InOutObject<BoundedHistory> history;
  };
  static constexpr auto ports =
      std::tuple{in("best", &Ports::best, "solution", "best solution of the run so far"),
                 in("best_fitness", &Ports::best_fitness, "fitness", "fitness of `best`"),
                 memory_iterations_port(&Ports::iterations),
                 in("memory", &Ports::memory, "memory", "whose config says how long the history gets"),
                 inout("history", &Ports::history, "history", "what was seen")};

  enum class Held { exact, single };
  struct Parameters {
    Held precision = Held::exact;
  };
  static constexpr auto parameters =
      std::tuple{parameter("precision", &Parameters::precision, "exact",
                           "how the elements of older solutions are held: with all their bits, or 7 digits")
                     .choices("exact|single")};

  static void run(const Ports& io, const Parameters& chosen, StepContext&) {
    if (!io.history->started()) {
      HistoryBudget budget;
      budget.rows = static_cast<std::size_t>(io.memory->config().max_position_history);
      budget.compressed = io.memory->config().enable_history_compression;
      io.history->limit(budget.rows, budget.compressed);
      start_solutions(*io.history.object, io.best,
                      chosen.precision == Held::single ? Precision::single : Precision::exact, budget);
    }
    append_solution(*io.history.object, io.iterations.value(), io.best_fitness[0], io.best);
  }
};

}  // namespace

const OperatorTable& record_position_operator() { return operator_table<RecordPosition>(); }

}  // namespace skein
