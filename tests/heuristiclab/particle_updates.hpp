// HeuristicLab's updates of one particle, number by number and from left to right.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>

namespace skein::heuristiclab {

struct Coefficients {
  double inertia = 0.721;
  double to_personal_best = 1.193;
  double to_neighbor_best = 1.193;
  double velocity_limit = std::numeric_limits<double>::max();
};

/// What an update works on; all of the same length.
struct Particle {
  std::span<double> position, velocity;
  std::span<const double> personal_best, neighbor_best;
  [[nodiscard]] std::size_t dimension() const { return position.size(); }
};

/// v <- v * (limit / |v|) where |v| > limit, then x <- x + v.
inline void move(const Particle& particle, double velocity_limit) {
  double squares = 0;
  for (const double v : particle.velocity) squares += v * v;
  const double speed = std::sqrt(squares);
  for (std::size_t i = 0; i < particle.dimension(); ++i) {
    if (speed > velocity_limit) particle.velocity[i] *= velocity_limit / speed;
    particle.position[i] += particle.velocity[i];
  }
}

/// Standard PSO 2007: v <- v*w + (p - x)*c1*r1 + (g - x)*c2*r2, then the move. `uniform()` gives r1 and r2 of the first
/// component, then those of the next.
template <class Uniform>
void update_2007(const Particle& particle, const Coefficients& coefficients, Uniform&& uniform) {
  for (std::size_t i = 0; i < particle.dimension(); ++i) {
    const double r1 = uniform();
    const double r2 = uniform();
    const double x = particle.position[i];
    particle.velocity[i] = particle.velocity[i] * coefficients.inertia +
                           (particle.personal_best[i] - x) * coefficients.to_personal_best * r1 +
                           (particle.neighbor_best[i] - x) * coefficients.to_neighbor_best * r2;
  }
  move(particle, coefficients.velocity_limit);
}

/// Standard PSO 2011 without Clerc's centre for a particle that informs itself: G = c + x with
/// c = (c1*p + c2*g - x*(c2 + c1)) / 3, then v <- w*v + s - x for a point s = G + D*r/|D| of the ball around G with the
/// radius |c|, r = u*|c|, then the move. `normal()` gives D component by component, then `uniform()` gives u.
/// `direction` and `centre` are memory for D and G.
template <class Normal, class Uniform>
void update_2011(const Particle& particle, const Coefficients& coefficients, Normal&& normal, Uniform&& uniform,
                 std::span<double> direction, std::span<double> centre) {
  const double c1 = coefficients.to_personal_best;
  const double c2 = coefficients.to_neighbor_best;
  double squared_radius = 0;
  double squared_length = 0;
  for (std::size_t i = 0; i < particle.dimension(); ++i) {
    const double x = particle.position[i];
    const double way = (c1 * particle.personal_best[i] + c2 * particle.neighbor_best[i] - x * (c2 + c1)) / 3;
    centre[i] = way + x;
    direction[i] = normal();
    squared_radius += way * way;
    squared_length += direction[i] * direction[i];
  }
  const double radius = uniform() * std::sqrt(squared_radius);
  const double length = std::sqrt(squared_length);
  for (std::size_t i = 0; i < particle.dimension() && length > 0; ++i) {
    const double point = centre[i] + direction[i] * radius / length;
    particle.velocity[i] = coefficients.inertia * particle.velocity[i] + point - particle.position[i];
  }
  move(particle, coefficients.velocity_limit);
}

}  // namespace skein::heuristiclab
