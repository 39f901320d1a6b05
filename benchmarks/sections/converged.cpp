#include <cstdio>

#include "benchmarks/contenders/skein.hpp"
#include "benchmarks/measure/table.hpp"
#include "benchmarks/sections/sections.hpp"

namespace skein::bench {
namespace {

/// Microseconds per iteration, from the end of iteration `first` to the end of iteration `last`.
Contender between(const SkeinSetup& setup, std::size_t first, std::size_t last) {
  return [first, last, job = skein_job(setup, last)] {
    return seconds_after(job, static_cast<std::int64_t>(first), 1, Clock::processor) * 1e6 /
           static_cast<double>(last - first);
  };
}

}  // namespace

void measure_converged(Bench& bench) {
  const std::size_t half = bench.smoke() ? 1000 : 100'000;
  Table table({"what", "first 1000, µs", "second half, µs", "×"});
  for (const std::string algorithm : {"particle_swarm", "particle_swarm_elementary"}) {
    SkeinSetup setup;
    setup.algorithm = algorithm;
    const std::vector<Samples> samples =
        interleave({between(setup, 1, 1001), between(setup, half, 2 * half)}, bench.smoke() ? 1 : 3);
    const Samples times = ratios(samples[1], samples[0]);
    table.add({"`" + algorithm + "`, sphere, 50 × 30", to_text(samples[0]), to_text(samples[1]), to_text(times)});
    if (algorithm == "particle_swarm") {
      bench.at_most("converged swarm against a fresh one, per iteration", 1.2, " ×", times.median(), "50 × 30 sphere");
    }
  }
  std::printf("Time of an iteration, in a run of %zu.\n", 2 * half);
  table.print();
}

}  // namespace skein::bench
