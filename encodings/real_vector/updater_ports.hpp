// What the operators of the role particle_updater work on.
#pragma once

#include <cstddef>
#include <cstdint>

#include "skein/context.hpp"
#include "skein/view.hpp"

namespace skein {

struct UpdaterPorts {
  InOut<double> position, velocity;
  In<double> personal_best;
  In<std::uint32_t> neighbor_best;
  In<double> inertia, personal_best_attraction, neighbor_best_attraction;
  In<double> maximum_velocity;
  In<double> lower, upper;

  /// The row of a particle's best informant: its own one where neighbor_best points at none.
  [[nodiscard]] std::size_t informant(std::size_t row) const noexcept {
    const std::size_t other = neighbor_best.value(row);
    return other < personal_best.rows() ? other : row;
  }
};

/// A part of some rows, and the random numbers for it, row by row.
struct UpdaterStrip {
  Rows rows;
  std::size_t first;  ///< element of each row
  std::size_t count;  ///< of elements of each row
  const double* cognitive;
  const double* social;
};

}  // namespace skein
