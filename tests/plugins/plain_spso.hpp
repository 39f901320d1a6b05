// Plain scalar versions of Standard PSO 2007 and 2011, written from Clerc (2012) with another generator: what the
// shipped ones are compared with.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <random>
#include <vector>

namespace skein::tests {

struct PlainSpsoSettings {
  bool ball = true;  ///< 2011: a point of a ball; 2007: every dimension for itself
  std::size_t particles = 40;
  std::size_t dimension = 30;
  std::size_t iterations = 1000;
  double bound = 5.12;  ///< the box is [-bound, bound] in every dimension
};

/// The best value after the iterations, with synchronous updates and the whole swarm as neighbourhood.
inline double plain_spso(const std::function<double(const std::vector<double>&)>& objective,
                         const PlainSpsoSettings& settings, unsigned seed) {
  constexpr double w = 0.721;
  constexpr double c = 1.193;
  std::mt19937_64 generator(seed);
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  std::normal_distribution<double> normal(0.0, 1.0);
  struct Particle {
    std::vector<double> position, velocity, best;
    double best_value = 0;
  };
  std::vector<Particle> swarm(settings.particles);
  for (Particle& particle : swarm) {
    for (std::size_t i = 0; i < settings.dimension; ++i) {
      const double x = settings.bound * (2.0 * uniform(generator) - 1.0);
      const double aim = settings.bound * (2.0 * uniform(generator) - 1.0);
      particle.position.push_back(x);
      particle.velocity.push_back(settings.ball ? aim - x : (aim - x) / 2.0);
    }
    particle.best = particle.position;
    particle.best_value = objective(particle.position);
  }
  for (std::size_t iteration = 0; iteration < settings.iterations; ++iteration) {
    const auto by_value = [](const Particle& a, const Particle& b) { return a.best_value < b.best_value; };
    const auto leader = std::size_t(std::ranges::min_element(swarm, by_value) - swarm.begin());
    const std::vector<double> target = swarm[leader].best;
    for (std::size_t k = 0; k < swarm.size(); ++k) {
      std::vector<double>& x = swarm[k].position;
      std::vector<double>& v = swarm[k].velocity;
      const std::vector<double>& p = swarm[k].best;
      std::vector<double> centre, offset;
      double squared_radius = 0, squared_length = 0;
      for (std::size_t i = 0; i < x.size(); ++i) {
        const double own = x[i] + c * (p[i] - x[i]);
        const double informant = x[i] + c * (target[i] - x[i]);
        centre.push_back(k == leader ? (x[i] + own) / 2.0 : (x[i] + own + informant) / 3.0);
        offset.push_back(normal(generator));
        squared_radius += (centre[i] - x[i]) * (centre[i] - x[i]);
        squared_length += offset[i] * offset[i];
      }
      const double scale = uniform(generator) * std::sqrt(squared_radius) / std::sqrt(squared_length);
      for (std::size_t i = 0; i < x.size(); ++i) {
        if (settings.ball) {
          v[i] = w * v[i] + (centre[i] + scale * offset[i]) - x[i];
        } else {
          const double own = c * uniform(generator) * (p[i] - x[i]);
          const double informant = c * uniform(generator) * (target[i] - x[i]);
          v[i] = w * v[i] + own + (k == leader ? 0.0 : informant);
        }
        x[i] += v[i];
        if (x[i] < -settings.bound || x[i] > settings.bound) {
          x[i] = x[i] < 0 ? -settings.bound : settings.bound;
          v[i] *= settings.ball ? -0.5 : 0.0;
        }
      }
      const double value = objective(x);
      if (value < swarm[k].best_value) {
        swarm[k].best_value = value;
        swarm[k].best = x;
      }
    }
  }
  return std::ranges::min_element(swarm, {}, &Particle::best_value)->best_value;
}

}  // namespace skein::tests
