#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>

#include "operators/all.hpp"
#include "operators/topology/random_below.hpp"
#include "skein/neighborhood.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// neighborhood <- `swarms` groups of nearly equal size that are drawn anew after every `period` iterations; within a
/// group everybody informs everybody. Before the first time what the topology initializer said holds.
///
/// A shuffle (Fisher and Yates) that is cut into blocks: group q has the particles from place q * n / swarms on.
/// Memory: two numbers per particle. Cost: about 20 ns per particle, in one of `period` iterations. Liang and
/// Suganthan, Dynamic multi-swarm particle swarm optimizer (2005).
struct MultiSwarm {
  static constexpr std::string_view name = "multi_swarm";
  static constexpr std::string_view summary = "cuts the swarm into groups that are drawn anew every few iterations";
  static constexpr std::string_view source = "Liang and Suganthan, Dynamic multi-swarm particle swarm optimizer (2005)";
  static constexpr auto roles = std::array<std::string_view, 1>{"topology_updater"};
  static constexpr bool strong_guarantee = true;

  struct Ports {
    InPopulation swarm;
    In<std::int64_t> iterations;
    InOutObject<Neighborhood> neighborhood;
  };
  static constexpr auto ports =
      std::tuple{in("swarm", &Ports::swarm, "population", "the particles"),
                 in("iterations", &Ports::iterations, "integer", "iterations so far"),
                 inout("neighborhood", &Ports::neighborhood, "neighborhood", "who informs whom")};

  static constexpr auto streams = std::array{StreamSpec{"", "the order of the particles"}};

  struct Parameters {
    std::int64_t swarms = 3;
    std::int64_t period = 5;
  };
  static constexpr auto parameters =
      std::tuple{parameter("swarms", &Parameters::swarms, "3", "how many groups").range(1, 2147483647),
                 parameter("period", &Parameters::period, "5", "iterations between two draws").minimum(1)};

  static void run(const Ports& io, const Parameters& chosen, StepContext& context) {
    const std::int64_t iterations = io.iterations.value();
    if (iterations == 0 || iterations % chosen.period != 0) return;
    const std::size_t count = io.swarm.view.rows;
    const std::size_t swarms = std::min(static_cast<std::size_t>(chosen.swarms), std::max<std::size_t>(count, 1));
    LaneGenerator& random = context.random(0);
    io.neighborhood->set_groups(count, swarms, [&](std::span<std::uint32_t> particles) {
      for (std::size_t last = particles.size(); last > 1; --last) {
        std::swap(particles[last - 1], particles[random_below(random, last)]);
      }
    });
  }
};

}  // namespace

const OperatorTable& multi_swarm_operator() { return operator_table<MultiSwarm>(); }

}  // namespace skein
