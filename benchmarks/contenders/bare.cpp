#include "benchmarks/contenders/bare.hpp"

#include "benchmarks/limit/swarm.hpp"
#include "benchmarks/measure/stopwatch.hpp"

namespace skein::bench {

Contender bare_contender(Objective objective, const Size& size) {
  return [=] {
    LimitSwarm swarm(objective, Topology::whole, size.particles, size.dimension);
    const PlainFunction plain = facts_of(objective).plain;
    advance_inertia_weight(swarm, 1);
    double seconds = 0;
    volatile double sum = 0;
    for (std::size_t i = 0; i < size.iterations; ++i) {
      advance_inertia_weight(swarm, 1);
      const Stopwatch stopwatch;
      double values = 0;
      for (std::size_t row = 0; row < swarm.particles; ++row) {
        values += plain(swarm.position.data() + row * swarm.stride, swarm.dimension);
      }
      seconds += stopwatch.seconds();
      sum = sum + values;
    }
    return seconds * 1e9 / size.components();
  };
}

}  // namespace skein::bench
