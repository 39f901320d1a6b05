#include <cstdio>

#include "benchmarks/contenders/skein.hpp"
#include "benchmarks/measure/stopwatch.hpp"
#include "benchmarks/measure/table.hpp"
#include "benchmarks/sections/sections.hpp"

namespace skein::bench {
namespace {

/// Busy for a millisecond of wall time.
double busy_millisecond(std::span<const double> point) {
  const Stopwatch stopwatch(Clock::wall);
  while (stopwatch.seconds() < 1e-3) {
  }
  return point[0];
}

struct Case {
  std::string what;
  SkeinSetup setup;
  Size size;
  double goal = 0;  ///< 0: none
};

std::vector<Case> cases(bool smoke) {
  std::vector<Case> all;
  Case busy{"evaluation of 1 ms", {}, {smoke ? 4u : 40u, 2, smoke ? 2u : 8u, smoke ? 1u : 5u, true}, 1.95};
  busy.setup.problem = host_problem;
  all.push_back(busy);
  for (const std::string algorithm : {"particle_swarm", "particle_swarm_elementary", "spso_2011"}) {
    for (const Size& size : standard_sizes(smoke)) {
      if (algorithm != "particle_swarm" && !size.in_cache) continue;
      Case one{"`" + algorithm + "`, sphere", {}, size, 0};
      one.setup.algorithm = algorithm;
      if (algorithm == "particle_swarm" && size.particles == 10'000) one.goal = 1.6;
      all.push_back(one);
    }
  }
  return all;
}

}  // namespace

void measure_threads(Bench& bench) {
  set_host_function(&busy_millisecond);
  Table table({"what", "size", "1 thread, ns", "2 threads, ns", "times as fast"});
  for (const Case& one : cases(bench.smoke())) {
    bench.progress(one.what + " " + to_text(one.size));
    SkeinSetup two_threads = one.setup;
    two_threads.threads = 2;
    const std::vector<Samples> samples = interleave(
        {skein_contender(one.setup, one.size, Clock::wall), skein_contender(two_threads, one.size, Clock::wall)},
        one.size.repetitions);
    const Samples gain = ratios(samples[0], samples[1]);
    table.add({one.what, to_text(one.size), to_text(samples[0]), to_text(samples[1]), to_text(gain)});
    if (one.goal > 0) {
      bench.at_least("2 threads against 1: " + one.what, one.goal, " ×", gain.median(), to_text(one.size));
    }
  }
  std::puts("Nanoseconds of wall time per particle and dimension.");
  table.print();
}

}  // namespace skein::bench
