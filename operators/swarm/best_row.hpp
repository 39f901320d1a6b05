// BestRow: the best of some rows, as a partial result that combines in row order.
#pragma once

#include <cstddef>

#include "skein/fitness.hpp"

namespace skein {

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

  /// Takes the best of later rows into account.
  void combine(const BestRow& later) noexcept {
    if (later.fitness.data != nullptr) consider(later.fitness, later.row);
  }
};

}  // namespace skein
