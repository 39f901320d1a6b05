// DE/rand/1/bin as Storn and Price (1997) write it down, one number after another, with the standard library's
// generator.
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <random>
#include <vector>

namespace skein::tests {

struct PlainDifferentialEvolution {
  std::size_t rows = 30, dimension = 10, generations = 100;
  double scale_factor = 0.5, crossover_rate = 0.9, lower = -5, upper = 5;
};

/// The best value. Mutants are put on the bounds.
template <class Objective>
double plain_differential_evolution(Objective objective, const PlainDifferentialEvolution& settings, unsigned seed) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> uniform(0, 1);
  const auto below = [&](std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
  };
  std::vector<std::vector<double>> x(settings.rows, std::vector<double>(settings.dimension));
  std::vector<double> value(settings.rows);
  for (std::size_t i = 0; i < settings.rows; ++i) {
    for (double& component : x[i]) component = settings.lower + uniform(random) * (settings.upper - settings.lower);
    value[i] = objective(x[i]);
  }
  for (std::size_t generation = 0; generation < settings.generations; ++generation) {
    std::vector<std::vector<double>> trials = x;
    for (std::size_t i = 0; i < settings.rows; ++i) {
      std::size_t a = 0;
      std::size_t b = 0;
      std::size_t c = 0;
      do a = below(settings.rows);
      while (a == i);
      do b = below(settings.rows);
      while (b == i || b == a);
      do c = below(settings.rows);
      while (c == i || c == a || c == b);
      const std::size_t certain = below(settings.dimension);
      for (std::size_t k = 0; k < settings.dimension; ++k) {
        if (k != certain && uniform(random) >= settings.crossover_rate) continue;
        trials[i][k] =
            std::clamp(x[a][k] + settings.scale_factor * (x[b][k] - x[c][k]), settings.lower, settings.upper);
      }
    }
    for (std::size_t i = 0; i < settings.rows; ++i) {
      const double trial = objective(trials[i]);
      if (trial > value[i]) continue;
      x[i] = trials[i];
      value[i] = trial;
    }
  }
  return *std::ranges::min_element(value);
}

}  // namespace skein::tests
