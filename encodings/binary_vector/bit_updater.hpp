// What the updaters of bits share: their ports, and the velocity.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <tuple>

#include "operators/random/strips.hpp"
#include "skein/operator.hpp"

namespace skein {

struct BitUpdaterPorts {
  InOut<std::uint8_t> position;
  InOut<double> velocity;
  In<std::uint8_t> personal_best;
  In<std::uint32_t> neighbor_best;
  In<double> inertia, personal_best_attraction, neighbor_best_attraction;
  In<double> limit, component_limits;
};

/// The ports of an updater of bits; the limit of velocities differs.
constexpr auto bit_updater_ports(std::string_view limit) {
  using Ports = BitUpdaterPorts;
  return std::tuple{
      inout("position", &Ports::position, "binary[n,d]", "the bits of the particles"),
      inout("velocity", &Ports::velocity, "real[n,d]", "how likely their bits are to be 1, or to change"),
      in("personal_best", &Ports::personal_best, "binary[n,d]", "best position that each particle has visited").any(),
      in("neighbor_best", &Ports::neighbor_best, "index<n>[n]", "row of the best informant of each particle"),
      in("inertia", &Ports::inertia, "real", "weight of the old velocity").initial("0.7298"),
      in("personal_best_attraction", &Ports::personal_best_attraction, "real", "strength of the pull to the own best")
          .initial("1.49618"),
      in("neighbor_best_attraction", &Ports::neighbor_best_attraction, "real",
         "strength of the pull to the best informant's best")
          .initial("1.49618"),
      in("limit", &Ports::limit, "real[n,d]", "limit of every component of the velocity, >= 0")
          .broadcast()
          .initial(limit)
          .minimum(0),
      in("component_limits", &Ports::component_limits, "real[d]", "a further limit of the components, of the algorithm")
          .broadcast()
          .initial("1e300")
          .minimum(0)};
}

inline constexpr auto bit_updater_streams =
    std::array{StreamSpec{"cognitive", "r1, one number per bit"}, StreamSpec{"social", "r2, one number per bit"},
               StreamSpec{"bits", "u, one number per bit"}};

/// For every bit of some rows: v <- (w v + (c1 r1) (p - x)) + (c2 r2) (g - x), limited to [-l, l] with the
/// smaller one of both limits, then x <- next_bit(x, v, u). Bits count as the numbers 0 and 1.
template <class NextBit>
void update_bits(const BitUpdaterPorts& io, RowContext& context, NextBit next_bit) noexcept {
  LaneGenerator& cognitive = context.random(0);
  LaneGenerator& social = context.random(1);
  LaneGenerator& bits = context.random(2);
  const double inertia = io.inertia.value();
  const double own_attraction = io.personal_best_attraction.value();
  const double informant_attraction = io.neighbor_best_attraction.value();
  for_strips(context.rows(), io.position.width(), [&](Rows rows, std::size_t first, std::size_t count) {
    double r1[strip_length];
    double r2[strip_length];
    double u[strip_length];
    const std::size_t numbers = rows.count() * count;
    cognitive.fill_uniform(r1, numbers);
    social.fill_uniform(r2, numbers);
    bits.fill_uniform(u, numbers);
    std::size_t draw = 0;
    for (std::size_t row = rows.first; row < rows.last; ++row) {
      const std::size_t other = io.neighbor_best.value(row);
      const std::size_t informant = other < io.personal_best.rows() ? other : row;
      std::uint8_t* position = io.position.row(row) + first;
      double* velocity = io.velocity.row(row) + first;
      const std::uint8_t* own = io.personal_best.row(row) + first;
      const std::uint8_t* best = io.personal_best.row(informant) + first;
      for (std::size_t i = 0; i < count; ++i, ++draw) {
        const double x = position[i];
        const double pull_to_own = (own_attraction * r1[draw]) * (own[i] - x);
        const double pull_to_best = (informant_attraction * r2[draw]) * (best[i] - x);
        const double limit = std::min(io.limit(row, first + i), io.component_limits(0, first + i));
        const double v = (inertia * velocity[i] + pull_to_own) + pull_to_best;
        velocity[i] = std::max(-limit, std::min(v, limit));
        position[i] = next_bit(position[i], velocity[i], u[draw]) ? 1 : 0;
      }
    }
  });
}

}  // namespace skein
