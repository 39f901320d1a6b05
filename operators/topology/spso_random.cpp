#include <cstdint>
#include <string>

#include "operators/all.hpp"
#include "operators/topology/random_below.hpp"
#include "skein/neighborhood.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// neighborhood <- every particle informs itself and `k` particles that are drawn uniformly, with repetitions, itself
/// among them. So a particle has between 1 and n informants, k + 1 in the mean.
///
/// k words from the stream per particle. Cost: about 5 ns per link. Clerc, Standard Particle Swarm Optimisation: from
/// 2006 to 2011 (2012), with k = 3.
struct SpsoRandom {
  static constexpr std::string_view name = "spso_random";
  static constexpr std::string_view summary = "lets every particle inform some that are drawn at random";
  static constexpr std::string_view source = "Clerc, Standard Particle Swarm Optimisation: from 2006 to 2011 (2012)";
  static constexpr auto roles = std::array<std::string_view, 1>{"topology_initializer"};
  static constexpr bool strong_guarantee = true;

  struct Ports {
    InPopulation swarm;
    InOutObject<Neighborhood> neighborhood;
  };
  static constexpr auto ports =
      std::tuple{in("swarm", &Ports::swarm, "population", "the particles"),
                 inout("neighborhood", &Ports::neighborhood, "neighborhood", "who informs whom")};

  static constexpr auto streams = std::array{StreamSpec{"", "whom each particle informs"}};

  struct Parameters {
    std::int64_t k = 3;
  };
  static constexpr auto parameters =
      std::tuple{parameter("k", &Parameters::k, "3", "draws per particle").range(0, 1000000)};

  static constexpr double most_links = 1e9;

  static bool check(Parameters& chosen, const PrepareInput& input, Diagnostics& diagnostics) {
    if (static_cast<double>(input.port("swarm").rows) * static_cast<double>(chosen.k) <= most_links) return true;
    diagnostics.add(input.refusal("bad-topology", "parameters/k", "So many draws make more than 10^9 links.",
                                  "fewer; or fully_connected, which holds no links", std::to_string(chosen.k)));
    return false;
  }

  static void run(const Ports& io, const Parameters& chosen, StepContext& context) {
    const std::size_t count = io.swarm.view.rows;
    const auto draws = static_cast<std::size_t>(chosen.k);
    const LaneGenerator beginning = context.random(0);
    LaneGenerator random = beginning;
    io.neighborhood->set_informed(count, draws, [&](std::size_t row, auto add) {
      if (row == 0) random = beginning;
      for (std::size_t draw = 0; draw < draws; ++draw) add(random_below(random, count));
    });
  }
};

}  // namespace

const OperatorTable& spso_random_operator() { return operator_table<SpsoRandom>(); }

}  // namespace skein
