#include <algorithm>
#include <array>
#include <cstdint>

#include "operators/all.hpp"
#include "skein/archive.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// archive <- the front of its entries and all rows of the swarm; when these are more than its capacity, those are
/// given up one by one that are most crowded, or have the nearest neighbours (see FrontSelection). What is not finite,
/// or breaks the constraints more than another one, never enters.
///
/// An archive gets its capacity with the first swarm (of 1 to 1048576 the nearest); one that was made smaller since
/// then stays so. With one objective it holds the best solution. Cost: for a entries, n rows and two objectives O((a +
/// n) log(a + n)), about 30 us for 100 and 100, more where many have to go; and a copy of each solution that enters.
/// Deb et al., A fast and elitist multiobjective genetic algorithm: NSGA-II (2002); Zitzler, Laumanns and Thiele, SPEA2
/// (2001); the sweep: Kung, Luccio and Preparata (1975).
struct UpdateArchive {
  static constexpr std::string_view name = "update_archive";
  static constexpr std::string_view summary = "takes into an archive what no other solution dominates";
  static constexpr std::string_view source =
      "Deb et al., A fast and elitist multiobjective genetic algorithm: NSGA-II (2002); clustering: Zitzler, Laumanns "
      "and "
      "Thiele, SPEA2 (2001)";
  static constexpr auto roles = std::array<std::string_view, 1>{"archive_updater"};
  static constexpr bool strong_guarantee = true;

  struct Ports {
    InBundle position;
    InFitness fitness;
    InOutObject<Archive> archive;
    In<std::int64_t> capacity;
  };
  static constexpr auto ports = std::tuple{
      in("position", &Ports::position, "solution[n]", "the solutions").whole(),
      in("fitness", &Ports::fitness, "fitness[n]", "fitness of `position`").whole(),
      inout("archive", &Ports::archive, "archive", "the front so far"),
      in("capacity", &Ports::capacity, "integer", "most entries of a new archive").initial("100").range(1, 1000)};

  struct Parameters {
    Truncation truncation = Truncation::crowding;
  };
  static constexpr auto parameters =
      std::tuple{parameter("truncation", &Parameters::truncation, "crowding",
                           "what goes first: what is most crowded, or what is nearest to another one")
                     .choices("crowding|clustering")};

  static void run(const Ports& io, const Parameters& chosen, StepContext&) {
    if (!io.archive->started()) {
      const auto capacity = static_cast<std::size_t>(std::max<std::int64_t>(io.capacity.value(), 1));
      io.archive->start(io.position, io.fitness.width(), capacity, io.fitness.rows());
    }
    io.archive->update(io.fitness, io.position, chosen.truncation);
  }
};

}  // namespace

const OperatorTable& update_archive_operator() { return operator_table<UpdateArchive>(); }

}  // namespace skein
