// BestRow: the best of some rows, as a partial result that combines in row order.
#pragma once

#include <cstddef>
#include <limits>

#include "skein/context.hpp"
#include "skein/fitness.hpp"
#include "skein/view.hpp"

namespace skein {

/// Whether a fitness is still what the engine initialises it with: nothing has been stored there yet.
inline bool is_initial(FitnessRow fitness) noexcept {
  for (std::size_t i = 0; i < fitness.width; ++i) {
    if (fitness.data[i] != std::numeric_limits<double>::infinity()) return false;
  }
  return true;
}

/// Whether the fitness `a` is certainly not better than `b`, both being a violation and one objective: the quick answer
/// to what is asked most. false says nothing.
inline bool is_no_better(const double* a, const double* b) noexcept {
  return a[0] > b[0] || (a[0] == b[0] && a[1] >= b[1]);
}

/// The best row so far, the lowest of equally good ones. `fitness.data` is null before the first row.
struct BestRow {
  FitnessRow fitness;
  std::size_t row = 0;

  /// Rows must come in ascending order.
  void consider(FitnessRow candidate, std::size_t candidate_row) noexcept {
    if (fitness.data != nullptr && !better(candidate, fitness)) return;
    fitness = candidate;
    row = candidate_row;
  }

  /// consider() for a row whose fitness is a violation and one objective.
  void consider_pair(const double* candidate, std::size_t candidate_row) noexcept {
    if (fitness.data == nullptr || !is_no_better(candidate, fitness.data)) consider({candidate, 2}, candidate_row);
  }

  void consider_rows(const InFitness& candidates, Rows rows) noexcept {
    if (candidates.width() == 2) {
      for (std::size_t i = rows.first; i < rows.last; ++i) consider_pair(candidates.row(i), i);
    } else {
      for (std::size_t i = rows.first; i < rows.last; ++i) consider(candidates[i], i);
    }
  }

  /// Takes the best of later rows into account.
  void combine(const BestRow& later) noexcept {
    if (later.fitness.data != nullptr) consider(later.fitness, later.row);
  }
};

}  // namespace skein
