// pagmo2's particle swarms as contenders, where pagmo2 is installed.
#pragma once

#include "benchmarks/measure/samples.hpp"
#include "benchmarks/measure/sizes.hpp"
#include "benchmarks/objectives/objective.hpp"
#include "benchmarks/objectives/shifted.hpp"

namespace skein::bench {

enum class PagmoAlgorithm {
  pso,          ///< as it comes: constriction, ring with 4 neighbours
  pso_whole,    ///< inertia weight and the whole swarm, as Skein's `inertia_weight`
  pso_gen,      ///< as it comes
  pso_informed  ///< fully informed on a von Neumann grid: the best of its swarms
};

enum class Statement {
  natural,  ///< as pagmo's users state an objective: pagmo's own problems, vectors in and out
  plain     ///< calls the plain function
};

/// Version of pagmo2, empty where it is not installed: then there are no contenders.
[[nodiscard]] const char* pagmo_version();

/// Nanoseconds per particle and dimension of the generations after the first: evolving one generation more than the
/// size says, less evolving one. The population is created and evaluated before.
[[nodiscard]] Contender pagmo_contender(PagmoAlgorithm algorithm, Statement statement, Objective objective,
                                        const Size& size);

/// The best values that swarms find in the initial and `generations` further generations, one per seed from 1 on.
[[nodiscard]] std::vector<double> pagmo_values(PagmoAlgorithm algorithm, const ShiftedObjective& objective,
                                               std::size_t particles, std::size_t generations, std::size_t seeds);

}  // namespace skein::bench
