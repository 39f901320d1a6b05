// The objective alone.
#pragma once

#include "benchmarks/measure/samples.hpp"
#include "benchmarks/measure/sizes.hpp"
#include "benchmarks/objectives/objective.hpp"

namespace skein::bench {

/// Nanoseconds per particle and dimension of the plain function at the points that a swarm of that size visits in the
/// iterations that are timed: points that do not recur, as a branch predictor would notice.
[[nodiscard]] Contender bare_contender(Objective objective, const Size& size);

}  // namespace skein::bench
