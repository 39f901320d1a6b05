// What can be measured, each by its name on the command line.
#pragma once

#include <array>
#include <string_view>

#include "benchmarks/measure/bench.hpp"

namespace skein::bench {

struct Section {
  std::string_view name;
  std::string_view summary;
  void (*run)(Bench& bench);
};

void check_limit(Bench& bench);
void measure_whole(Bench& bench);
void measure_ring(Bench& bench);
void measure_spso(Bench& bench);
void measure_pagmo(Bench& bench);
void measure_plain(Bench& bench);
void measure_threads(Bench& bench);
void measure_converged(Bench& bench);
void measure_embedding(Bench& bench);
void measure_memory(Bench& bench);
void measure_allocations(Bench& bench);
void measure_long_runs(Bench& bench);
void measure_compiler(Bench& bench);
void measure_plugins(Bench& bench);
void measure_quality(Bench& bench);
void measure_hybrids(Bench& bench);
void check_combinations(Bench& bench);
void measure_tuning(Bench& bench);
void measure_multi_objective(Bench& bench);
void kill_runs(Bench& bench);
void measure_islands(Bench& bench);
void test_random(Bench& bench);

inline constexpr std::array sections = {
    Section{"check", "the hand-written kernels find the values that plain functions find", &check_limit},
    Section{"whole", "whole swarm: limit, particle_swarm, particle_swarm_elementary", &measure_whole},
    Section{"ring", "ring, up to 10^6 particles: limit, particle_swarm", &measure_ring},
    Section{"spso", "SPSO 2011: limit, spso_2011", &measure_spso},
    Section{"pagmo", "whole runs of pagmo2, each framework with its natural way of stating the objective",
            &measure_pagmo},
    Section{"plain", "the same plain objective for all: time beyond the objective", &measure_plain},
    Section{"threads", "two threads against one", &measure_threads},
    Section{"converged", "a converged swarm against a fresh one", &measure_converged},
    Section{"embedding", "what stepping, ask and tell, and a profile cost", &measure_embedding},
    Section{"memory", "peak memory against the size of the columns", &measure_memory},
    Section{"allocations", "heap allocations per iteration", &measure_allocations},
    Section{"long", "resident memory of long runs with histories, and leaks", &measure_long_runs},
    Section{"compiler", "compiling a graph of 100 nodes", &measure_compiler},
    Section{"plugins", "operators of shared objects against built-in ones, and loading", &measure_plugins},
    Section{"quality", "what is found on shifted functions, beside pagmo2", &measure_quality},
    Section{"hybrids", "algorithms with local search, and differential evolution, on shifted functions",
            &measure_hybrids},
    Section{"combinations", "does every combination of choices that is offered run?", &check_combinations},
    Section{"tuning", "tuned controllers of a pendulum: their costs, and the time it takes", &measure_tuning},
    Section{"multi_objective", "hypervolumes of the ZDT problems", &measure_multi_objective},
    Section{"kill", "runs that are killed at random moments and go on from their checkpoint", &kill_runs},
    Section{"islands", "islands against one swarm of the same size", &measure_islands},
    Section{"random", "statistical tests of the random numbers", &test_random}};

}  // namespace skein::bench
