#include <algorithm>
#include <cstdint>
#include <limits>

#include "operators/all.hpp"
#include "operators/analysis/recording.hpp"
#include "skein/neighborhood.hpp"

namespace skein {
namespace {

/// A row of history: edges (pairs of a particle and another one that informs it), edges per particle, and, with
/// `distances`, the largest distance: of the fewest steps by which news get from one particle to another, the most; NaN
/// where some never do.
///
/// NaN without particles. Cost: about 2 ns per edge, with distances times the number of particles; a complete
/// neighbourhood costs nothing.
struct TopologyStatistics {
  static constexpr std::string_view name = "topology_statistics";
  static constexpr std::string_view summary = "records how closely the particles are connected";
  static constexpr auto roles = std::array<std::string_view, 1>{"analyzer"};

  struct Ports {
    InObject<Neighborhood> neighborhood;
    InPopulation swarm;
    In<std::int64_t> iterations;
    In<std::uint8_t> stop;
    InOut<std::int64_t> distance, queue;
    InOutObject<BoundedHistory> history;
  };
  static constexpr auto ports =
      std::tuple{in("neighborhood", &Ports::neighborhood, "neighborhood", "who informs whom"),
                 in("swarm", &Ports::swarm, "population", "the particles"),
                 iterations_port(&Ports::iterations),
                 stop_port(&Ports::stop),
                 hidden("distance", &Ports::distance, "integer[n]", "steps to the particle that is looked at"),
                 hidden("queue", &Ports::queue, "integer[n]", "particles in the order of their distance"),
                 history_port(&Ports::history)};

  struct Parameters {
    std::int64_t interval = 1;
    bool distances = false;
  };
  static constexpr auto parameters =
      std::tuple{interval_parameter(&Parameters::interval),
                 parameter("distances", &Parameters::distances, "false", "whether to find the largest distance")};

  static constexpr double none = std::numeric_limits<double>::quiet_NaN();

  static bool is_complete(const Ports& io) noexcept { return io.neighborhood->form() == Neighborhood::Form::complete; }

  static double count_edges(const Ports& io, std::size_t rows) noexcept {
    if (is_complete(io)) return static_cast<double>(rows) * static_cast<double>(rows - 1);
    std::uint64_t edges = 0;
    for (std::size_t row = 0; row < rows; ++row) {
      io.neighborhood->for_each_informant(row, rows, [&](std::size_t informant) { edges += informant != row ? 1 : 0; });
    }
    return static_cast<double>(edges);
  }

  /// The most steps from which news get to `row`, by breadth-first search; -1 where some never do.
  static std::int64_t farthest(const Ports& io, std::size_t row, std::size_t rows) noexcept {
    for (std::size_t other = 0; other < rows; ++other) io.distance.value(other) = -1;
    io.distance.value(row) = 0;
    io.queue.value(0) = static_cast<std::int64_t>(row);
    std::size_t found = 1;
    std::int64_t steps = 0;
    for (std::size_t next = 0; next < found; ++next) {
      const auto at = static_cast<std::size_t>(io.queue.value(next));
      steps = io.distance.value(at);
      io.neighborhood->for_each_informant(at, rows, [&](std::size_t informant) {
        if (io.distance.value(informant) >= 0) return;
        io.distance.value(informant) = steps + 1;
        io.queue.value(found++) = static_cast<std::int64_t>(informant);
      });
    }
    return found == rows ? steps : -1;
  }

  static double largest_distance(const Ports& io, std::size_t rows) noexcept {
    if (is_complete(io)) return rows > 1 ? 1 : 0;
    std::int64_t largest = 0;
    for (std::size_t row = 0; row < rows; ++row) {
      const std::int64_t steps = farthest(io, row, rows);
      if (steps < 0) return none;
      largest = std::max(largest, steps);
    }
    return static_cast<double>(largest);
  }

  static void run(const Ports& io, const Parameters& chosen, StepContext&) noexcept {
    if (!is_due(io, chosen.interval)) return;
    const std::size_t rows = io.swarm.view.rows;
    const auto iteration = static_cast<double>(io.iterations.value());
    const double edges = rows == 0 ? 0 : count_edges(io, rows);
    const double degree = rows == 0 ? none : edges / static_cast<double>(rows);
    if (chosen.distances) {
      record(io.history, {{"iteration"}, {"edges"}, {"mean_degree"}, {"largest_distance"}},
             {iteration, edges, degree, rows == 0 ? none : largest_distance(io, rows)});
    } else {
      record(io.history, {{"iteration"}, {"edges"}, {"mean_degree"}}, {iteration, edges, degree});
    }
  }
};

}  // namespace

const OperatorTable& topology_statistics_operator() { return operator_table<TopologyStatistics>(); }

}  // namespace skein
