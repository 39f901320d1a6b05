#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "operators/all.hpp"
#include "operators/analysis/recording.hpp"

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
    InOutObject<History> history;
  };
  static constexpr auto ports =
      std::tuple{in("best", &Ports::best, "solution", "best solution of the run so far"),
                 in("best_fitness", &Ports::best_fitness, "fitness", "fitness of `best`"),
                 iterations_port(&Ports::iterations), stop_port(&Ports::stop), history_port(&Ports::history)};

  using Parameters = AnalyzerParameters;
  static constexpr auto parameters = std::tuple{interval_parameter(&Parameters::interval)};

  static double element(const ColumnView& part, std::size_t i) noexcept {
    const PortView port{true, &part, 1, 1, nullptr, {}, nullptr, 0};
    switch (part.element) {
      case Element::real:
        return In<double>(port).row(0)[i];
      case Element::integer:
        return static_cast<double>(In<std::int64_t>(port).row(0)[i]);
      case Element::index:
        return static_cast<double>(In<std::uint32_t>(port).row(0)[i]);
      case Element::binary:
      case Element::boolean:
        break;
    }
    return static_cast<double>(In<std::uint8_t>(port).row(0)[i]);
  }

  static void start(History& history, std::size_t elements) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < elements; ++i) names.push_back("x[" + std::to_string(i) + "]");
    std::vector<HistoryColumn> columns = {{"iteration"}, {"best_so_far", true}};
    for (const std::string& element_name : names) columns.push_back({element_name});
    history.start(columns, std::clamp<std::size_t>(65536 / columns.size(), 8, History::default_capacity));
  }

  static void run(const Ports& io, const Parameters& chosen, StepContext&) {
    if (!is_due(io, chosen.interval)) return;
    std::size_t elements = 0;
    for (std::size_t i = 0; i < io.best.part_count(); ++i) elements += io.best.parts()[i].width;
    if (!io.history->started()) start(*io.history.object, elements);
    const std::span<double> row = io.history->append();
    const double objective = io.best_fitness[0].objective();
    row[0] = static_cast<double>(io.iterations.value());
    row[1] = std::isfinite(objective) ? objective : std::numeric_limits<double>::quiet_NaN();
    std::size_t column = 2;
    for (std::size_t part = 0; part < io.best.part_count(); ++part) {
      const ColumnView& view = io.best.parts()[part];
      for (std::size_t i = 0; i < view.width; ++i) row[column++] = element(view, i);
    }
  }
};

}  // namespace

const OperatorTable& best_solution_operator() { return operator_table<BestSolution>(); }

}  // namespace skein
