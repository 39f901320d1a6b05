// HeuristicLab's own recorded results, and further ones of a port of it.
#pragma once

#include "tests/heuristiclab/plain_swarm.hpp"
#include "tests/heuristiclab/test_functions.hpp"

namespace skein::heuristiclab {

struct RecordedResult {
  const char* problem;
  PlainSettings settings;
  Outcome outcome;
};

/// The sample that HeuristicLab runs in its own tests.
inline RecordedResult rastrigin_sample() {
  return {"heuristiclab_rastrigin",
          {.objective = rastrigin, .bound = 5.12},
          {0, 3.9649516110677525, 25.566430359483757, 8040}};
}

/// The one that it ran in July 2017.
inline RecordedResult schwefel_sample() {
  return {"heuristiclab_schwefel",
          {.objective = schwefel, .bound = 500},
          {-1.4779288903810084E-12, 189.28837949705971, 1195.4166822158872, 8040}};
}

inline RecordedResult ackley_complete() {
  return {"heuristiclab_ackley",
          {.objective = ackley, .bound = 32.768, .iterations = 1000, .topology = Topology::complete},
          {0, 3.552713678800501e-16, 3.552713678800501e-15, 40040}};
}

inline RecordedResult sphere_2007_ring() {
  return {"heuristiclab_sphere",
          {.objective = sphere,
           .bound = 5.12,
           .dimension = 10,
           .iterations = 500,
           .version = Version::spso_2007,
           .topology = Topology::ring},
          {1.5751186504881168e-19, 4.717141447844177e-19, 1.3267658385389233e-18, 20040}};
}

inline RecordedResult sphere_falling_inertia() {
  return {"heuristiclab_sphere",
          {.objective = sphere,
           .bound = 5.12,
           .dimension = 5,
           .iterations = 100,
           .topology = Topology::complete,
           .final_inertia = 0.7},
          {3.1574300684043844e-12, 5.523725620986289e-08, 1.5014491380734897e-06, 4040}};
}

}  // namespace skein::heuristiclab
