#include <cstdint>
#include <string>

#include "operators/all.hpp"
#include "skein/neighborhood.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// neighborhood <- a two-dimensional torus: every particle is informed by the next ones above, below, to the left and
/// to the right, and by itself. Particle i stands in row i / columns and column i % columns; the borders are glued.
///
/// `columns` divides the number of particles; 0 stands for the most nearly square lattice, which for a prime number of
/// particles is a ring. Held implicitly: no memory per particle. Kennedy and Mendes, Population structure and particle
/// swarm performance (2002).
struct VonNeumann {
  static constexpr std::string_view name = "von_neumann";
  static constexpr std::string_view summary = "lets every particle inform its next ones on a torus of rows and columns";
  static constexpr std::string_view source =
      "Kennedy and Mendes, Population structure and particle swarm performance (2002)";
  static constexpr auto roles = std::array<std::string_view, 1>{"topology_initializer"};

  struct Ports {
    InPopulation swarm;
    InOutObject<Neighborhood> neighborhood;
  };
  static constexpr auto ports =
      std::tuple{in("swarm", &Ports::swarm, "population", "the particles"),
                 inout("neighborhood", &Ports::neighborhood, "neighborhood", "who informs whom")};

  struct Parameters {
    std::int64_t columns = 0;
  };
  static constexpr auto parameters = std::tuple{
      parameter("columns", &Parameters::columns, "0", "of the lattice; 0: as nearly square as can be").minimum(0)};

  static bool check(Parameters& chosen, const PrepareInput& input, Diagnostics& diagnostics) {
    const std::size_t count = input.port("swarm").rows;
    const auto columns = static_cast<std::size_t>(chosen.columns);
    if (columns == 0 || count % columns == 0) return true;
    diagnostics.add(input.refusal(
        "bad-topology", "parameters/columns",
        "The columns of the lattice do not divide the " + std::to_string(count) + " particles.",
        "0 for the most nearly square lattice, or a divisor such as " + std::to_string(lattice_columns(count)),
        std::to_string(columns)));
    return false;
  }

  static void run(const Ports& io, const Parameters& chosen, StepContext&) noexcept {
    const std::size_t rows = io.swarm.view.rows;
    const auto columns = static_cast<std::size_t>(chosen.columns);
    const bool fits = columns != 0 && rows % columns == 0;
    io.neighborhood->set_lattice(fits ? columns : lattice_columns(rows));
  }
};

}  // namespace

const OperatorTable& von_neumann_operator() { return operator_table<VonNeumann>(); }

}  // namespace skein
