// Whole runs of Skein as contenders: run documents, prepared and run as a host program does it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "benchmarks/limit/swarm.hpp"
#include "benchmarks/measure/samples.hpp"
#include "benchmarks/measure/sizes.hpp"
#include "benchmarks/measure/stopwatch.hpp"
#include "skein/session.hpp"

namespace skein::bench {

/// What is run.
struct SkeinSetup {
  std::string algorithm = "particle_swarm";
  std::string problem = "sphere";
  Topology topology = Topology::whole;
  std::size_t particles = 50;
  std::size_t dimension = 30;
  std::size_t threads = 1;
  bool is_built_in = false;  ///< whether the shipped plugins are those of this program, or shared objects
};

/// The name of the problem whose objective is the plain function, given as a lambda.
[[nodiscard]] std::string plain_problem(Objective objective);

/// A host's own problem, for `skein_job`: its objective is a function of one point, within -1 ... 1.
inline constexpr const char* host_problem = "host";
using HostFunction = double (*)(std::span<const double> point);
void set_host_function(HostFunction function);

/// The run document.
[[nodiscard]] std::string skein_document(const SkeinSetup& setup, std::size_t iterations);

/// A session with the shipped plugins and the problems above.
[[nodiscard]] Session full_session(bool is_built_in = false);

/// Throws std::runtime_error with all findings when there is an error.
[[nodiscard]] Job skein_job(const SkeinSetup& setup, std::size_t iterations);

/// Time of a run from the end of iteration `first` to its end; before that it pauses after every step or pipeline.
/// Throws when the run fails.
[[nodiscard]] double seconds_after(const Job& job, std::int64_t first, std::size_t threads, Clock clock);

/// Nanoseconds per particle and dimension of the iterations after the first: neither creation nor first evaluation nor
/// first touch of memory counts.
[[nodiscard]] Contender skein_contender(const SkeinSetup& setup, const Size& size, Clock clock = Clock::processor);

}  // namespace skein::bench
