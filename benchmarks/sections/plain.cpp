#include <algorithm>
#include <cstdio>

#include "benchmarks/contenders/bare.hpp"
#include "benchmarks/contenders/pagmo.hpp"
#include "benchmarks/contenders/skein.hpp"
#include "benchmarks/measure/table.hpp"
#include "benchmarks/sections/sections.hpp"

namespace skein::bench {
namespace {

std::vector<std::string> row_of(Bench& bench, const Size& size, Objective objective) {
  SkeinSetup setup;
  setup.problem = plain_problem(objective);
  bench.progress(to_text(size) + " " + setup.problem);
  const bool with_pagmo = *pagmo_version() != '\0';
  std::vector<Contender> contenders = {bare_contender(objective, size), skein_contender(setup, size)};
  if (with_pagmo) {
    contenders.push_back(pagmo_contender(PagmoAlgorithm::pso, Statement::plain, objective, size));
    contenders.push_back(pagmo_contender(PagmoAlgorithm::pso_gen, Statement::plain, objective, size));
  }
  const std::vector<Samples> samples = interleave(contenders, size.repetitions);
  const std::string function(facts_of(objective).name);
  const std::string where = to_text(size) + " " + function;
  const Samples beyond = differences(samples[1], samples[0]);
  bench.at_most("a plain objective as a lambda, in cache: time beyond the objective", 1.5, " ns", beyond.median(),
                where);
  std::vector<std::string> row = {to_text(size), function, to_text(samples[0]), to_text(beyond)};
  if (with_pagmo) {
    const Samples pso = differences(samples[2], samples[0]);
    const Samples pso_gen = differences(samples[3], samples[0]);
    row.push_back(to_text(pso));
    row.push_back(to_text(pso_gen));
    bench.at_most("the same, against pagmo2's time beyond the objective", 0.1, " ×",
                  beyond.median() / std::min(pso.median(), pso_gen.median()), where);
  }
  return row;
}

}  // namespace

void measure_plain(Bench& bench) {
  std::vector<std::string> heading = {"size", "function", "objective alone, ns", "`particle_swarm` beyond it, ns"};
  if (*pagmo_version() != '\0') {
    heading.emplace_back("`pso` beyond it, ns");
    heading.emplace_back("`pso_gen` beyond it, ns");
  }
  Table table(heading);
  for (Size size : standard_sizes(bench.smoke())) {
    if (!size.in_cache) continue;
    size.iterations = std::max<std::size_t>(2, size.iterations / 2);
    for (const Objective objective : {Objective::sphere, Objective::rastrigin}) {
      table.add(row_of(bench, size, objective));
    }
  }
  std::puts(
      "Nanoseconds per particle and dimension, one thread; everybody calls `double f(const double*, std::size_t)`.");
  table.print();
}

}  // namespace skein::bench
