#include <hwy/targets.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "benchmarks/contenders/limit.hpp"
#include "benchmarks/sections/sections.hpp"

namespace skein::bench {
namespace {

constexpr std::size_t iterations = 30;

/// Whether values agree but for the order of sums and the errors of cosines.
bool agrees(double value, double plain) { return std::abs(value - plain) <= 1e-11 * (1.0 + std::abs(plain)); }

/// What is wrong with a swarm after some iterations; empty: nothing.
std::string fault_of(const LimitSwarm& swarm, double first_best) {
  const ObjectiveFacts& facts = facts_of(swarm.objective);
  for (std::size_t row = 0; row < swarm.particles; ++row) {
    const double* x = swarm.position.data() + row * swarm.dimension;
    const double* p = swarm.personal_best.data() + row * swarm.dimension;
    if (std::any_of(x, x + swarm.dimension, [&](double at) { return !(std::abs(at) <= facts.bound); })) {
      return "a particle is out of bounds";
    }
    if (!agrees(swarm.fitness()[row], facts.plain(p, swarm.dimension))) return "the plain function has another value";
    if (facts.plain(x, swarm.dimension) < swarm.fitness()[row] * (1 - 1e-11) - 1e-11)
      return "a better value is forgotten";
    if (swarm.fitness()[row] < swarm.fitness()[swarm.best]) return "the best row is not the best";
  }
  return swarm.fitness()[swarm.best] < first_best ? "" : "nothing better was found";
}

std::size_t check(Bench& bench, LimitKernel kernel, const char* name, Objective objective, Topology topology,
                  std::size_t particles, std::size_t dimension) {
  LimitSwarm swarm(objective, topology, particles, dimension);
  const double first_best = swarm.fitness()[swarm.best];
  kernel(swarm, iterations);
  const std::string fault = fault_of(swarm, first_best);
  if (!fault.empty()) {
    bench.fail(std::string(limit_target()) + " " + name + (topology == Topology::ring ? " ring " : " whole ") +
               std::string(facts_of(objective).name) + " " + std::to_string(particles) + " x " +
               std::to_string(dimension) + ": " + fault);
  }
  return 1;
}

}  // namespace

void check_limit(Bench& bench) {
  std::size_t count = 0;
  std::string targets;
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    hwy::SetSupportedTargetsForTest(target);
    targets += std::string(targets.empty() ? "" : ", ") + limit_target();
    for (const Objective objective : all_objectives) {
      for (const Topology topology : {Topology::whole, Topology::ring}) {
        for (const std::size_t dimension : {2u, 7u, 10u, 30u, 67u, 300u}) {
          for (const std::size_t particles : {3u, 20u, 41u}) {
            count += check(bench, &advance_inertia_weight, "inertia weight", objective, topology, particles, dimension);
            count += check(bench, &advance_spso_2011, "SPSO 2011", objective, topology, particles, dimension);
          }
        }
      }
    }
  }
  hwy::SetSupportedTargetsForTest(0);
  std::printf("%zu swarms checked on %s.\n\n", count, targets.c_str());
}

}  // namespace skein::bench
