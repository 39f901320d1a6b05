#include <algorithm>
#include <cstdint>
#include <string>

#include "operators/all.hpp"
#include "skein/neighborhood.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// neighborhood <- a ring: every particle is informed by the `radius` particles before and after it and by itself
/// ("lbest"). Held implicitly: no memory per particle.
/// Eberhart and Kennedy, A new optimizer using particle swarm theory (1995).
struct Ring {
  static constexpr std::string_view name = "ring";
  static constexpr std::string_view summary = "lets every particle inform its next ones on a ring";
  static constexpr std::string_view source = "Eberhart and Kennedy, A new optimizer using particle swarm theory (1995)";
  static constexpr auto roles = std::array<std::string_view, 1>{"topology_initializer"};

  struct Ports {
    InOutObject<Neighborhood> neighborhood;
  };
  static constexpr auto ports =
      std::tuple{inout("neighborhood", &Ports::neighborhood, "neighborhood", "who informs whom")};

  struct Parameters {
    std::int64_t radius = 1;
  };
  static constexpr auto parameters =
      std::tuple{parameter("radius", &Parameters::radius, "1", "informants on either side").range(1, 2147483647)};

  static bool check(Parameters& chosen, const PrepareInput& input, Diagnostics& diagnostics) {
    const BoundPort& neighborhood = input.port("neighborhood");
    const auto radius = static_cast<std::size_t>(chosen.radius);
    if (neighborhood.population == no_population || radius < std::max<std::size_t>(neighborhood.rows, 2)) return true;
    diagnostics.add(input.refusal(
        "bad-topology", "parameters/radius", "The radius of a ring is less than the number of particles.",
        "1 to " + std::to_string(std::max<std::size_t>(neighborhood.rows, 2) - 1), std::to_string(radius)));
    return false;
  }

  static void run(const Ports& io, const Parameters& chosen, StepContext&) noexcept {
    io.neighborhood->set_ring(static_cast<std::size_t>(chosen.radius));
  }
};

}  // namespace

const OperatorTable& ring_operator() { return operator_table<Ring>(); }

}  // namespace skein
