#include <algorithm>
#include <cstdint>
#include <string>

#include "operators/all.hpp"
#include "skein/neighborhood.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// neighborhood <- a wheel (also called star): the hub is informed by every particle and informs every one; others are
/// informed by the hub and by themselves only. Memory: three informants per particle. Kennedy, Small worlds and
/// mega-minds (1999).
struct Wheel {
  static constexpr std::string_view name = "wheel";
  static constexpr std::string_view summary = "lets all particles inform each other through one of them";
  static constexpr std::string_view source =
      "Kennedy, Small worlds and mega-minds: effects of neighborhood topology on particle swarm performance (1999)";
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
    std::int64_t hub = 0;
  };
  static constexpr auto parameters =
      std::tuple{parameter("hub", &Parameters::hub, "0", "row of the particle in the middle").minimum(0)};

  static bool check(Parameters& chosen, const PrepareInput& input, Diagnostics& diagnostics) {
    const std::size_t count = input.port("swarm").rows;
    const auto hub = static_cast<std::size_t>(chosen.hub);
    if (hub < std::max<std::size_t>(count, 1)) return true;
    diagnostics.add(input.refusal("bad-topology", "parameters/hub", "The hub of a wheel is one of the particles.",
                                  "0 to " + std::to_string(count - 1), std::to_string(hub)));
    return false;
  }

  static void run(const Ports& io, const Parameters& chosen, StepContext&) {
    const std::size_t count = io.swarm.view.rows;
    const auto hub = static_cast<std::size_t>(chosen.hub);
    io.neighborhood->set_rows(count, 2, [&](std::size_t row, InformantList& list) {
      if (row != hub && hub < count) list.add(hub);
      for (std::size_t other = 0; row == hub && other < count; ++other) list.add(other);
    });
  }
};

}  // namespace

const OperatorTable& wheel_operator() { return operator_table<Wheel>(); }

}  // namespace skein
