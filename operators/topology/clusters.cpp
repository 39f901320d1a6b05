#include <algorithm>
#include <cstdint>
#include <string>

#include "operators/all.hpp"
#include "skein/neighborhood.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// neighborhood <- clusters: the particles are cut into `clusters` blocks of nearly equal size, in the order of their
/// rows; within a block everybody informs everybody. Any two clusters a < b are joined by one link in both directions:
/// member b of a and member a of b (counted round the block, from 0).
///
/// Memory and cost: O(n^2 / clusters + clusters^2). Mendes, Kennedy and Neves, The fully informed particle swarm:
/// simpler, maybe better (2004), with four clusters.
struct Clusters {
  static constexpr std::string_view name = "clusters";
  static constexpr std::string_view summary =
      "lets particles inform each other within clusters that are loosely joined";
  static constexpr std::string_view source =
      "Mendes, Kennedy and Neves, The fully informed particle swarm: simpler, maybe better (2004)";
  static constexpr auto roles = std::array<std::string_view, 1>{"topology_initializer"};
  static constexpr bool strong_guarantee = true;

  struct Ports {
    InPopulation swarm;
    InOutObject<Neighborhood> neighborhood;
  };
  static constexpr auto ports =
      std::tuple{in("swarm", &Ports::swarm, "population", "the particles"),
                 inout("neighborhood", &Ports::neighborhood, "neighborhood", "who informs whom")};

  struct Parameters {
    std::int64_t clusters = 4;
  };
  static constexpr auto parameters = std::tuple{
      parameter("clusters", &Parameters::clusters, "4", "how many blocks of particles").range(1, 2147483647)};

  static constexpr double most_links = 1e9;

  static bool check(Parameters& chosen, const PrepareInput& input, Diagnostics& diagnostics) {
    const auto count = static_cast<double>(input.port("swarm").rows);
    const double clusters = std::min(static_cast<double>(chosen.clusters), std::max(count, 1.0));
    const double within = count * count / clusters;
    const double between = clusters * (clusters - 1);
    if (within + between <= most_links) return true;
    diagnostics.add(input.refusal("bad-topology", "parameters/clusters",
                                  "Clusters of so many particles have more than 10^9 links.",
                                  std::string(within > between ? "more" : "fewer") +
                                      " clusters; or fully_connected, or multi_swarm, which hold no links",
                                  std::to_string(chosen.clusters)));
    return false;
  }

  static void run(const Ports& io, const Parameters& chosen, StepContext&) {
    const std::size_t count = io.swarm.view.rows;
    const std::size_t clusters = std::min(static_cast<std::size_t>(chosen.clusters), std::max<std::size_t>(count, 1));
    const auto first_of = [&](std::size_t cluster) { return cluster * count / clusters; };
    const auto size_of = [&](std::size_t cluster) { return first_of(cluster + 1) - first_of(cluster); };
    const std::size_t smallest = std::max<std::size_t>(count / clusters, 1);
    std::size_t cluster = 0;
    io.neighborhood->set_rows(count, smallest + clusters / smallest + 1, [&](std::size_t row, InformantList& list) {
      while (row >= first_of(cluster + 1)) ++cluster;
      for (std::size_t other = first_of(cluster); other < first_of(cluster + 1); ++other) list.add(other);
      // This particle is the member towards every cluster whose number leaves its own place when the block is counted
      // round.
      for (std::size_t other = row - first_of(cluster); other < clusters; other += size_of(cluster)) {
        if (other != cluster) list.add(first_of(other) + cluster % size_of(other));
      }
    });
  }
};

}  // namespace

const OperatorTable& clusters_operator() { return operator_table<Clusters>(); }

}  // namespace skein
