#include "operators/all.hpp"
#include "skein/neighborhood.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// neighborhood <- everybody informs everybody ("gbest"). Held implicitly: no memory per particle.
/// Eberhart and Kennedy, A new optimizer using particle swarm theory (1995).
struct FullyConnected {
  static constexpr std::string_view name = "fully_connected";
  static constexpr std::string_view summary = "lets every particle inform every other";
  static constexpr std::string_view source = "Eberhart and Kennedy, A new optimizer using particle swarm theory (1995)";
  static constexpr auto roles = std::array<std::string_view, 1>{"topology_initializer"};

  struct Ports {
    InOutObject<Neighborhood> neighborhood;
  };
  static constexpr auto ports =
      std::tuple{inout("neighborhood", &Ports::neighborhood, "neighborhood", "who informs whom")};

  static void run(const Ports& io, StepContext&) noexcept { io.neighborhood->set_complete(); }
};

}  // namespace

const OperatorTable& fully_connected_operator() { return operator_table<FullyConnected>(); }

}  // namespace skein
