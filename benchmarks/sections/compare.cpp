#include "benchmarks/sections/compare.hpp"

#include <cstdio>

#include "benchmarks/measure/table.hpp"

namespace skein::bench {
namespace {

bool left_out(const Comparison::Against& against, const Size& size, Objective objective) {
  return !against.all_functions && !size.in_cache && objective != Objective::sphere &&
         objective != Objective::rastrigin;
}

std::vector<std::string> row_of(Bench& bench, const Comparison& comparison, const Size& size, Objective objective) {
  const std::string name(facts_of(objective).name);
  bench.progress(to_text(size) + " " + name);
  std::vector<Contender> contenders = {limit_contender(comparison.kernel, objective, comparison.topology, size)};
  for (const Comparison::Against& against : comparison.algorithms) {
    if (left_out(against, size, objective)) continue;
    SkeinSetup setup;
    setup.algorithm = against.algorithm;
    setup.problem = name;
    setup.topology = comparison.topology;
    contenders.push_back(skein_contender(setup, size));
  }
  const std::vector<Samples> samples = interleave(contenders, size.repetitions);
  std::vector<std::string> row = {to_text(size), name, to_text(samples[0])};
  std::size_t contender = 0;
  for (const Comparison::Against& against : comparison.algorithms) {
    if (left_out(against, size, objective)) {
      row.insert(row.end(), {"–", "–"});
      continue;
    }
    const Samples& skein = samples[++contender];
    const Samples times = ratios(skein, samples[0]);
    row.push_back(to_text(skein));
    row.push_back(to_text(times));
    bench.at_most("`" + against.algorithm + "` on a " +
                      (comparison.topology == Topology::ring ? "ring" : "whole swarm") + " against its limit",
                  against.goal, " ×", times.median(), to_text(size) + " " + name);
  }
  return row;
}

}  // namespace

void compare_with_limit(Bench& bench, const Comparison& comparison, const std::vector<Size>& sizes) {
  std::vector<std::string> heading = {"size", "function", "limit, ns"};
  for (const Comparison::Against& against : comparison.algorithms) {
    heading.push_back("`" + against.algorithm + "`, ns");
    heading.push_back("× limit");
  }
  Table table(heading);
  for (const Size& size : sizes) {
    for (const Objective objective : all_objectives) table.add(row_of(bench, comparison, size, objective));
  }
  std::printf("Nanoseconds per particle and dimension, one thread; kernels for %s.\n", limit_target());
  table.print();
}

}  // namespace skein::bench
