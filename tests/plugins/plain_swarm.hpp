// A plain scalar particle swarm, written from the papers with another generator: what the shipped one is compared with.
#pragma once

#include <cstddef>
#include <functional>
#include <random>
#include <vector>

namespace skein::tests {

struct PlainSettings {
  std::size_t particles = 50;
  std::size_t dimension = 30;
  std::size_t iterations = 2000;
  double bound = 5.12;  ///< the box is [-bound, bound] in every dimension
};

/// The best value after the iterations. Classic inertia weight (Shi and Eberhart 1998) with the coefficients of Clerc
/// and Kennedy (2002), synchronous updates, the whole swarm as neighbourhood; what leaves the box stops on its wall.
inline double plain_swarm(const std::function<double(const std::vector<double>&)>& objective,
                          const PlainSettings& settings, unsigned seed) {
  std::mt19937_64 generator(seed);
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  struct Particle {
    std::vector<double> position, velocity, best;
    double best_value = 0;
  };
  std::vector<Particle> swarm(settings.particles);
  for (Particle& particle : swarm) {
    particle.velocity.assign(settings.dimension, 0.0);
    for (std::size_t i = 0; i < settings.dimension; ++i) {
      particle.position.push_back(settings.bound * (2.0 * uniform(generator) - 1.0));
    }
    particle.best = particle.position;
    particle.best_value = objective(particle.position);
  }
  std::size_t leader = 0;
  const auto find_leader = [&] {
    for (std::size_t k = 0; k < swarm.size(); ++k) {
      if (swarm[k].best_value < swarm[leader].best_value) leader = k;
    }
  };
  find_leader();
  for (std::size_t iteration = 0; iteration < settings.iterations; ++iteration) {
    const std::vector<double> target = swarm[leader].best;
    for (Particle& particle : swarm) {
      for (std::size_t i = 0; i < settings.dimension; ++i) {
        double& x = particle.position[i];
        double& v = particle.velocity[i];
        v = 0.7298 * v + 1.49618 * uniform(generator) * (particle.best[i] - x) +
            1.49618 * uniform(generator) * (target[i] - x);
        x += v;
        if (x < -settings.bound || x > settings.bound) {
          x = x < 0 ? -settings.bound : settings.bound;
          v = 0.0;
        }
      }
      const double value = objective(particle.position);
      if (value < particle.best_value) {
        particle.best_value = value;
        particle.best = particle.position;
      }
    }
    find_leader();
  }
  return swarm[leader].best_value;
}

}  // namespace skein::tests
