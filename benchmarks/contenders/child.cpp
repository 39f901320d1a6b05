#include "benchmarks/contenders/child.hpp"

#include <cstdio>
#include <filesystem>
#include <stdexcept>

namespace skein::bench {

ChildReport run_in_child(const SkeinSetup& setup, std::size_t iterations) {
  const auto program = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "bench_child";
  const std::string command = "'" + program.string() + "' " + setup.algorithm + " " + setup.problem +
                              (setup.topology == Topology::ring ? " ring " : " whole ") +
                              std::to_string(setup.particles) + " " + std::to_string(setup.dimension) + " " +
                              std::to_string(iterations) + " " + std::to_string(setup.threads);
  std::FILE* output = popen(command.c_str(), "r");
  if (output == nullptr) throw std::runtime_error("could not start bench_child");
  ChildReport report;
  const int numbers = std::fscanf(output, "%ld %ld", &report.peak_bytes, &report.allocations);
  if (pclose(output) != 0 || numbers != 2) throw std::runtime_error("failed: " + command);
  return report;
}

}  // namespace skein::bench
