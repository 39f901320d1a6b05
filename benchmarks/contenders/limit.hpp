// The hand-written kernels as contenders.
#pragma once

#include "benchmarks/limit/swarm.hpp"
#include "benchmarks/measure/samples.hpp"
#include "benchmarks/measure/sizes.hpp"

namespace skein::bench {

using LimitKernel = void (*)(LimitSwarm& swarm, std::size_t iterations);

/// Nanoseconds per particle and dimension of the iterations after the first.
[[nodiscard]] Contender limit_contender(LimitKernel kernel, Objective objective, Topology topology, const Size& size);

}  // namespace skein::bench
