#include <algorithm>
#include <cstdint>

#include "operators/all.hpp"
#include "operators/analysis/recording.hpp"
#include "operators/analysis/solution_rows.hpp"

namespace skein {
namespace {

/// A row of history: the best objective of the run so far and the solution that has it, element by element.
///
/// Elements of all encodings become numbers. Held are at most 512 rows, and fewer of long solutions (65536 numbers, but
/// at least 8 rows). Cost: a copy of one solution.
struct BestSolution {
  static constexpr std::string_view name = "best_solution";
  static constexpr std::string_view summary = "records the best solution so far";
  static constexpr auto roles = std::array<std::string_view, 1>{"analyzer"};
  static constexpr bool strong_guarantee = true;

  struct Ports {
    InBundle best;
    InFitness best_fitness;
    In<std::int64_t> iterations;
    In<std::uint8_t> stop;
    InOutObject<BoundedHistory> history;
  };
  static constexpr auto ports =
      std::tuple{in("best", &Ports::best, "solution", "best solution of the run so far"),
                 in("best_fitness", &Ports::best_fitness, "fitness", "fitness of `best`"),
                 iterations_port(&Ports::iterations), stop_port(&Ports::stop), history_port(&Ports::history)};

  using Parameters = AnalyzerParameters;
  static constexpr auto parameters = std::tuple{interval_parameter(&Parameters::interval)};

  static void run(const Ports& io, const Parameters& chosen, StepContext&) {
    if (!is_due(io, chosen.interval)) return;
    if (!io.history->started()) {
      HistoryBudget budget;
      budget.rows = std::clamp<std::size_t>(65536 / solution_columns(io.best), 8, BoundedHistory::default_rows);
      start_solutions(*io.history.object, io.best, Precision::exact, budget);
    }
    append_solution(*io.history.object, io.iterations.value(), io.best_fitness[0], io.best);
  }
};

}  // namespace

const OperatorTable& best_solution_operator() { return operator_table<BestSolution>(); }

}  // namespace skein
