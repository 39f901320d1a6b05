// What HeuristicLab's updaters work on: what the shipped ones do, and their source of random numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <tuple>

#include "skein/operator.hpp"
#include "tests/heuristiclab/particle_updates.hpp"
#include "tests/heuristiclab/shared_random.hpp"

namespace skein::heuristiclab {

struct UpdaterPorts {
  InOut<double> position, velocity;
  In<double> personal_best;
  In<std::uint32_t> neighbor_best;
  In<double> inertia, personal_best_attraction, neighbor_best_attraction, velocity_limit;
  InOutObject<SharedRandom> random;

  [[nodiscard]] Coefficients coefficients() const noexcept {
    return {inertia.value(), personal_best_attraction.value(), neighbor_best_attraction.value(),
            velocity_limit.value()};
  }

  [[nodiscard]] Particle particle(std::size_t row) const noexcept {
    const std::size_t width = position.width();
    return {{position.row(row), width},
            {velocity.row(row), width},
            {personal_best.row(row), width},
            {personal_best.row(neighbor_best.value(row)), width}};
  }
};

template <class Ports>
constexpr auto updater_ports() {
  return std::tuple{
      inout("position", &Ports::position, "real[n,d]", "where the particles are").whole(),
      inout("velocity", &Ports::velocity, "real[n,d]", "how they moved last").whole(),
      in("personal_best", &Ports::personal_best, "real[n,d]", "best position of each particle").whole(),
      in("neighbor_best", &Ports::neighbor_best, "index<n>[n]", "row of the best informant").whole(),
      in("inertia", &Ports::inertia, "real", "weight of the old velocity"),
      in("personal_best_attraction", &Ports::personal_best_attraction, "real", "strength of the pull to the own best"),
      in("neighbor_best_attraction", &Ports::neighbor_best_attraction, "real",
         "strength of the pull to the best informant's best"),
      in("velocity_limit", &Ports::velocity_limit, "real", "largest length of the velocity"),
      inout("random", &Ports::random, SharedRandom::type, "where all random numbers come from")};
}

}  // namespace skein::heuristiclab
