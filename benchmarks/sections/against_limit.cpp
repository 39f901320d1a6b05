#include "benchmarks/sections/compare.hpp"
#include "benchmarks/sections/sections.hpp"

namespace skein::bench {

void measure_whole(Bench& bench) {
  Comparison comparison;
  comparison.algorithms = {{"particle_swarm", 1.5}, {"particle_swarm_elementary", 3.0, false}};
  compare_with_limit(bench, comparison, standard_sizes(bench.smoke()));
}

void measure_ring(Bench& bench) {
  Comparison comparison;
  comparison.topology = Topology::ring;
  comparison.algorithms = {{"particle_swarm", 1.5}, {"particle_swarm_elementary", 3.0, false}};
  std::vector<Size> sizes = many_particles(bench.smoke());
  for (const Size& size : standard_sizes(bench.smoke())) {
    if (size.dimension != 10) sizes.push_back(size);
  }
  compare_with_limit(bench, comparison, sizes);
}

void measure_spso(Bench& bench) {
  Comparison comparison;
  comparison.kernel = &advance_spso_2011;
  comparison.algorithms = {{"spso_2011", 1.5}};
  compare_with_limit(bench, comparison, standard_sizes(bench.smoke()));
}

}  // namespace skein::bench
