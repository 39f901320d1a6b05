// What the operators of the role particle_updater work on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "skein/context.hpp"
#include "skein/view.hpp"

namespace skein {

/// The default of limits, as document text: a limit of this size is none.
inline constexpr std::string_view no_limit = "1e300";

struct UpdaterPorts {
  InOut<double> position, velocity;
  In<double> personal_best;
  In<std::uint32_t> neighbor_best;
  In<double> inertia, personal_best_attraction, neighbor_best_attraction;
  In<double> velocity_limit, component_limits;

  /// The row of a particle's best informant: its own one where neighbor_best points at none.
  [[nodiscard]] std::size_t informant(std::size_t row) const noexcept {
    const std::size_t other = neighbor_best.value(row);
    return other < personal_best.rows() ? other : row;
  }

  [[nodiscard]] bool limits_velocities() const noexcept { return limits(velocity_limit.value()); }

  /// One number for all dimensions is looked at, a list always limits.
  [[nodiscard]] bool limits_components() const noexcept {
    return component_limits.element_stride() != 0 || limits(component_limits.value());
  }

 private:
  static bool limits(double limit) noexcept { return !(limit >= 1e300); }
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
