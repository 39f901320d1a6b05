#include "operators/analysis/solution_rows.hpp"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace skein {
namespace {

double element(const ColumnView& part, std::size_t i) noexcept {
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

}  // namespace

std::size_t solution_columns(const InBundle& solution) noexcept {
  std::size_t columns = 2;
  for (std::size_t i = 0; i < solution.part_count(); ++i) columns += solution.parts()[i].width;
  return columns;
}

void start_solutions(BoundedHistory& history, const InBundle& solution, Precision precision,
                     const HistoryBudget& budget) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i + 2 < solution_columns(solution); ++i) names.push_back("x[" + std::to_string(i) + "]");
  std::vector<HistoryColumn> columns = {{"iteration"}, {"best_so_far", true}};
  for (const std::string& name : names) columns.push_back({name, false, precision});
  history.start(columns, budget);
}

void append_solution(BoundedHistory& history, std::int64_t iteration, FitnessRow fitness,
                     const InBundle& solution) noexcept {
  const std::span<double> row = history.append();
  const double objective = fitness.objective();
  row[0] = static_cast<double>(iteration);
  row[1] = std::isfinite(objective) ? objective : std::numeric_limits<double>::quiet_NaN();
  std::size_t column = 2;
  for (std::size_t part = 0; part < solution.part_count(); ++part) {
    const ColumnView& view = solution.parts()[part];
    for (std::size_t i = 0; i < view.width; ++i) row[column++] = element(view, i);
  }
}

}  // namespace skein
