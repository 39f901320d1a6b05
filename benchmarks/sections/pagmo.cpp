#include <algorithm>
#include <cstdio>

#include "benchmarks/contenders/limit.hpp"
#include "benchmarks/contenders/pagmo.hpp"
#include "benchmarks/contenders/skein.hpp"
#include "benchmarks/measure/table.hpp"
#include "benchmarks/sections/sections.hpp"

namespace skein::bench {
namespace {

/// pagmo2 takes long: fewer iterations and repetitions do.
Size shortened(Size size) {
  if (size.in_cache) size.iterations = std::max<std::size_t>(1, size.iterations / 2);
  size.repetitions = std::min<std::size_t>(size.repetitions, size.in_cache ? 3 : 2);
  return size;
}

void note_goals(Bench& bench, const Size& size, const std::string& where, const Samples& pso, const Samples& pso_gen,
                const Samples& skein, const Samples& limit) {
  const double fastest = std::min(ratios(pso, skein).median(), ratios(pso_gen, skein).median());
  if (size.in_cache) {
    bench.at_least("`particle_swarm` against the faster of pagmo2's, natural objectives, in cache", 18, " ×", fastest,
                   where);
    return;
  }
  const double reachable = std::min(ratios(pso, limit).median(), ratios(pso_gen, limit).median());
  bench.at_least("the same from memory, as part of what the limit reaches", 0.5, "", fastest / reachable, where);
}

}  // namespace

void measure_pagmo(Bench& bench) {
  if (*pagmo_version() == '\0') {
    std::puts("pagmo2 is not installed.\n");
    return;
  }
  Table table({"size", "function", "limit, ns", "`particle_swarm`, ns", "`pso`, ns", "`pso`, inertia, whole, ns",
               "`pso_gen`, ns", "`pso` / Skein", "`pso_gen` / Skein"});
  for (const Size& standard : standard_sizes(bench.smoke())) {
    const Size size = shortened(standard);
    for (const Objective objective : {Objective::sphere, Objective::rastrigin}) {
      SkeinSetup setup;
      setup.problem = facts_of(objective).name;
      bench.progress(to_text(size) + " " + setup.problem);
      const std::vector<Samples> samples = interleave(
          {limit_contender(&advance_inertia_weight, objective, Topology::whole, size), skein_contender(setup, size),
           pagmo_contender(PagmoAlgorithm::pso, Statement::natural, objective, size),
           pagmo_contender(PagmoAlgorithm::pso_whole, Statement::natural, objective, size),
           pagmo_contender(PagmoAlgorithm::pso_gen, Statement::natural, objective, size)},
          size.repetitions);
      std::vector<std::string> row = {to_text(size), setup.problem};
      for (const Samples& sample : samples) row.push_back(to_text(sample));
      row.push_back(to_text(ratios(samples[2], samples[1])));
      row.push_back(to_text(ratios(samples[4], samples[1])));
      table.add(row);
      note_goals(bench, size, to_text(size) + " " + setup.problem, samples[2], samples[4], samples[1], samples[0]);
    }
  }
  std::printf("Nanoseconds per particle and dimension, one thread; pagmo2 %s as Debian packages it.\n",
              pagmo_version());
  table.print();
}

}  // namespace skein::bench
