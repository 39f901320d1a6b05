// Runs one document in a process of its own and prints what only a process of its own can tell: peak memory, and how
// often the heap is asked for something.
//
//   bench_child ALGORITHM PROBLEM whole|ring PARTICLES DIMENSION ITERATIONS THREADS
//
// Prints two numbers: by how many bytes the run raised the peak of the resident memory, and how many allocations
// `advance` made.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <string>
#include <string_view>

#include "benchmarks/contenders/skein.hpp"
#include "tests/support/allocation_count.hpp"

namespace {

/// Peak resident memory of this process so far, in bytes.
long peak_bytes() {
  std::ifstream status("/proc/self/status");
  std::string word;
  while (status >> word) {
    long kilobytes = 0;
    if (word == "VmHWM:" && status >> kilobytes) return kilobytes * 1024;
  }
  return 0;
}

void run(char** arguments) {
  skein::bench::SkeinSetup setup;
  setup.algorithm = arguments[1];
  setup.problem = arguments[2];
  setup.topology =
      std::string_view(arguments[3]) == "ring" ? skein::bench::Topology::ring : skein::bench::Topology::whole;
  setup.particles = std::strtoul(arguments[4], nullptr, 10);
  setup.dimension = std::strtoul(arguments[5], nullptr, 10);
  const skein::Job job = skein::bench::skein_job(setup, std::strtoul(arguments[6], nullptr, 10));
  skein::RunOptions options = job.options;
  options.threads = std::strtoul(arguments[7], nullptr, 10);

  const long before = peak_bytes();
  skein::Run run(job.plan, options);
  const skein::tests::AllocationCount count;
  run.advance();
  const std::size_t allocations = count.allocations();
  std::printf("%ld %zu\n", peak_bytes() - before, allocations);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 8) return 2;
  try {
    run(arguments);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_child: %s\n", error.what());
    return 1;
  }
}
