#include "benchmarks/contenders/limit.hpp"

#include "benchmarks/measure/stopwatch.hpp"

namespace skein::bench {

Contender limit_contender(LimitKernel kernel, Objective objective, Topology topology, const Size& size) {
  return [=] {
    LimitSwarm swarm(objective, topology, size.particles, size.dimension);
    kernel(swarm, 1);
    const Stopwatch stopwatch;
    kernel(swarm, size.iterations);
    return stopwatch.seconds() * 1e9 / size.components();
  };
}

}  // namespace skein::bench
