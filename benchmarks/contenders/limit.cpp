#include "benchmarks/contenders/limit.hpp"

#include <memory>

#include "benchmarks/measure/stopwatch.hpp"

namespace skein::bench {

Contender limit_contender(LimitKernel kernel, Objective objective, Topology topology, const Size& size) {
  const auto swarm = std::make_shared<LimitSwarm>(objective, topology, size.particles, size.dimension);
  return [=] {
    swarm->restart();
    kernel(*swarm, 1);
    const Stopwatch stopwatch(Clock::processor);
    kernel(*swarm, size.iterations);
    return stopwatch.seconds() * 1e9 / size.components();
  };
}

}  // namespace skein::bench
