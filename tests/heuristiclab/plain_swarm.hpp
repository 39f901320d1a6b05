// HeuristicLab's particle swarm of 2017 and later, without Skein's engine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "tests/heuristiclab/particle_updates.hpp"

namespace skein::heuristiclab {

enum class Version : std::uint8_t { spso_2007, spso_2011 };  ///< of updates and of the velocities at the start
enum class Topology : std::uint8_t { complete, ring, adaptive_random };

struct PlainSettings {
  std::function<double(std::span<const double>)> objective;
  double bound = 1;  ///< [-bound, bound] in every dimension
  std::size_t dimension = 2;
  std::size_t particles = 40;
  std::size_t iterations = 200;
  Version version = Version::spso_2011;
  Topology topology = Topology::adaptive_random;
  double final_inertia = Coefficients{}.inertia;  ///< where it goes in equal steps
};

/// What HeuristicLab shows of a run: of the final population, but for the best.
struct Outcome {
  double best = 0;
  double average = 0;
  double worst = 0;
  std::size_t evaluations = 0;
  bool operator==(const Outcome&) const = default;
};

struct PlainRun {
  Outcome outcome;
  std::vector<double> positions, velocities, personal_bests;  ///< in the end, particle by particle
};

/// Runs with the seed 0.
PlainRun run_plainly(const PlainSettings& settings);

/// The outcome of a run that ends with these qualities.
Outcome outcome(double best, std::span<const double> qualities, std::size_t evaluations);

}  // namespace skein::heuristiclab
