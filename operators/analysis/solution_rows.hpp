// Histories of solutions: a row is an iteration, the objective and the elements of one solution.
#pragma once

#include <cstddef>
#include <cstdint>

#include "skein/fitness.hpp"
#include "skein/history.hpp"
#include "skein/view.hpp"

namespace skein {

/// Columns of a row: `iteration`, `best_so_far` and one per element.
[[nodiscard]] std::size_t solution_columns(const InBundle& solution) noexcept;

void start_solutions(BoundedHistory& history, const InBundle& solution, Precision precision,
                     const HistoryBudget& budget);

/// Elements of all encodings become numbers; an objective that is not finite NaN.
void append_solution(BoundedHistory& history, std::int64_t iteration, FitnessRow fitness,
                     const InBundle& solution) noexcept;

}  // namespace skein
