#include <cstdio>

#include "benchmarks/contenders/child.hpp"
#include "benchmarks/measure/table.hpp"
#include "benchmarks/sections/sections.hpp"

namespace skein::bench {

void measure_memory(Bench& bench) {
  constexpr double mebibyte = 1024.0 * 1024.0;
  Table table({"algorithm", "size", "columns, MiB", "peak, MiB", "×"});
  for (const std::string algorithm : {"particle_swarm", "particle_swarm_elementary", "spso_2011"}) {
    for (const std::size_t threads : {1u, 2u}) {
      SkeinSetup setup;
      setup.algorithm = algorithm;
      setup.particles = bench.smoke() ? 1000 : 10'000;
      setup.dimension = bench.smoke() ? 100 : 1000;
      setup.threads = threads;
      const double columns = 3.0 * static_cast<double>(setup.particles * setup.dimension * sizeof(double));
      const auto peak = static_cast<double>(run_in_child(setup, 3).peak_bytes);
      const std::string size = to_text(Size{setup.particles, setup.dimension}) + ", " + std::to_string(threads) +
                               (threads == 1 ? " thread" : " threads");
      table.add({"`" + algorithm + "`", size, to_text(columns / mebibyte), to_text(peak / mebibyte),
                 to_text(peak / columns)});
      if (algorithm == "particle_swarm") {
        bench.at_most("peak memory against position, velocity and personal best", 1.1, " ×", peak / columns, size);
      }
    }
  }
  if (!bench.smoke()) {
    // What a machine with some GiB can hold of the largest swarms.
    SkeinSetup setup;
    setup.algorithm = "particle_swarm";
    setup.particles = 100'000;
    setup.dimension = 1000;
    setup.threads = 1;
    const double columns = 3.0 * static_cast<double>(setup.particles * setup.dimension * sizeof(double));
    const auto peak = static_cast<double>(run_in_child(setup, 3).peak_bytes);
    const std::string size = to_text(Size{setup.particles, setup.dimension}) + ", 1 thread";
    table.add(
        {"`particle_swarm`", size, to_text(columns / mebibyte), to_text(peak / mebibyte), to_text(peak / columns)});
    bench.at_most("peak memory of 10^5 × 10^3 against its columns", 1.15, " ×", peak / columns, size);
  }
  std::puts("Peak resident memory of a run in a process of its own, less that of the process before it.");
  table.print();
}

void measure_allocations(Bench& bench) {
  constexpr std::size_t few = 100;
  constexpr std::size_t many = 1100;
  Table table({"algorithm", "topology", "threads", "allocations per iteration"});
  for (const std::string algorithm : {"particle_swarm", "particle_swarm_elementary", "spso_2011"}) {
    for (const Topology topology : {Topology::whole, Topology::ring}) {
      for (const std::size_t threads : {1u, 2u}) {
        SkeinSetup setup;
        setup.algorithm = algorithm;
        setup.topology = topology;
        setup.particles = bench.smoke() ? 50 : 2000;
        setup.threads = threads;
        const long first = run_in_child(setup, few).allocations;
        const double each = static_cast<double>(run_in_child(setup, many).allocations - first) / (many - few);
        const std::string shape = topology == Topology::ring ? "ring" : "whole swarm";
        table.add({"`" + algorithm + "`", shape, std::to_string(threads), to_text(each)});
        bench.at_most("heap allocations per iteration", 0, "", each, algorithm + ", " + shape);
      }
    }
  }
  std::printf("Runs of %zu and of %zu iterations, 2000 × 30, sphere; the difference counts.\n", many, few);
  table.print();
}

}  // namespace skein::bench
