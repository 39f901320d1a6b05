#include "benchmarks/contenders/bare.hpp"

#include <algorithm>
#include <memory>
#include <vector>

#include "benchmarks/limit/swarm.hpp"
#include "benchmarks/measure/stopwatch.hpp"

namespace skein::bench {
namespace {

/// As many coordinates are evaluated at a time, so that asking the clock does not count.
constexpr std::size_t least_coordinates = 50'000;

/// Where a swarm was in some iterations in a row.
std::vector<double> visited(LimitSwarm& swarm, std::size_t iterations) {
  std::vector<double> points;
  points.reserve(iterations * swarm.particles * swarm.dimension);
  for (std::size_t i = 0; i < iterations; ++i) {
    advance_inertia_weight(swarm, 1);
    for (std::size_t row = 0; row < swarm.particles; ++row) {
      const double* x = swarm.position.data() + row * swarm.dimension;
      points.insert(points.end(), x, x + swarm.dimension);
    }
  }
  return points;
}

}  // namespace

Contender bare_contender(Objective objective, const Size& size) {
  const auto swarm = std::make_shared<LimitSwarm>(objective, Topology::whole, size.particles, size.dimension);
  const std::size_t at_a_time = least_coordinates / (size.particles * size.dimension) + 1;
  const PlainFunction plain = facts_of(objective).plain;
  return [=] {
    swarm->restart();
    advance_inertia_weight(*swarm, 1);
    double seconds = 0;
    volatile double sum = 0;
    for (std::size_t done = 0; done < size.iterations; done += at_a_time) {
      const std::vector<double> points = visited(*swarm, std::min(at_a_time, size.iterations - done));
      const Stopwatch stopwatch(Clock::processor);
      double values = 0;
      for (std::size_t i = 0; i < points.size(); i += size.dimension) values += plain(&points[i], size.dimension);
      seconds += stopwatch.seconds();
      sum = sum + values;
    }
    return seconds * 1e9 / size.components();
  };
}

}  // namespace skein::bench
