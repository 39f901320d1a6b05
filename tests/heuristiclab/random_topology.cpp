#include <cstdint>
#include <vector>

#include "skein/neighborhood.hpp"
#include "skein/operator.hpp"
#include "tests/heuristiclab/register.hpp"
#include "tests/heuristiclab/shared_random.hpp"

namespace skein::heuristiclab {
namespace {

/// neighborhood <- every particle informs itself and 3 particles drawn one after another, with repetitions.
struct RandomTopology {
  static constexpr std::string_view name = "heuristiclab_random_topology";
  static constexpr std::string_view summary = "draws the informants of SPSO in HeuristicLab's order";
  static constexpr auto roles = std::array<std::string_view, 1>{"topology_initializer"};

  struct Ports {
    InPopulation swarm;
    InOutObject<Neighborhood> neighborhood;
    InOutObject<SharedRandom> random;
  };
  static constexpr auto ports =
      std::tuple{in("swarm", &Ports::swarm, "population", "the particles"),
                 inout("neighborhood", &Ports::neighborhood, "neighborhood", "who informs whom"),
                 inout("random", &Ports::random, SharedRandom::type, "where all random numbers come from")};

  static void run(const Ports& io, StepContext&) {
    constexpr std::size_t links = 3;
    const std::size_t count = io.swarm.view.rows;
    std::vector<std::uint32_t> informed;
    for (std::size_t link = 0; link < links * count; ++link) {
      informed.push_back(io.random->numbers.next(static_cast<std::uint32_t>(count)));
    }
    io.neighborhood->set_informed(count, links, [&](std::size_t row, auto add) {
      for (std::size_t link = 0; link < links; ++link) add(informed[links * row + link]);
    });
  }
};

}  // namespace

const OperatorTable& random_topology_operator() { return operator_table<RandomTopology>(); }

}  // namespace skein::heuristiclab
