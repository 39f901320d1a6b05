#include <algorithm>
#include <cmath>

#include "encodings/real_vector/all.hpp"
#include "operators/random/strips.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// x' <- (p + g)/2 + |p - g|*D, component by component; where a number u of its own is below keep_probability, x' <- p.
/// Then v <- x' - x and x <- x'. Here
///
/// - p is the particle's personal best, g the personal best of its best informant (its own one where neighbor_best
///   points at none);
/// - D is a standard normal number and u uniform in [0, 1), each drawn for every component, row by row, from the
/// streams
///   `direction` and `choice`.
///
/// There is neither inertia nor an attraction to tune. Cost: about 5 ns per component. Kennedy, Bare bones particle
/// swarms (2003); with keep_probability 0.5 it is his exploiting version.
struct BareBonesUpdater {
  static constexpr std::string_view name = "bare_bones_updater";
  static constexpr std::string_view summary =
      "draws new positions from normal distributions between the own and the best informant's best position";
  static constexpr std::string_view source = "Kennedy, Bare bones particle swarms (2003)";
  static constexpr auto roles = std::array<std::string_view, 1>{"particle_updater"};

  struct Ports {
    InOut<double> position;
    Out<double> velocity;
    In<double> personal_best;
    In<std::uint32_t> neighbor_best;
    In<double> keep_probability;
  };
  static constexpr auto ports = std::tuple{
      inout("position", &Ports::position, "real[n,d]", "where the particles are"),
      out("velocity", &Ports::velocity, "real[n,d]", "how they moved"),
      in("personal_best", &Ports::personal_best, "real[n,d]", "best position that each particle has visited").any(),
      in("neighbor_best", &Ports::neighbor_best, "index<n>[n]", "row of the best informant of each particle"),
      in("keep_probability", &Ports::keep_probability, "real", "probability that a component is that of the own best")
          .initial("0")
          .range(0, 1)};
  static constexpr auto streams = std::array{StreamSpec{"direction", "D, one normal number per component"},
                                             StreamSpec{"choice", "u, one uniform number per component"}};

  static void run(const Ports& io, RowContext& context) noexcept {
    LaneGenerator& direction = context.random(0);
    LaneGenerator& choice = context.random(1);
    for_strips(context.rows(), io.position.width(), [&](Rows rows, std::size_t first, std::size_t count) {
      double normal[strip_length];
      double uniform[strip_length];
      direction.fill_normal(normal, rows.count() * count);
      choice.fill_uniform(uniform, rows.count() * count);
      for (std::size_t row = rows.first; row < rows.last; ++row) {
        const std::size_t drawn = (row - rows.first) * count;
        move(io, row, first, count, normal + drawn, uniform + drawn);
      }
    });
  }

  static void move(const Ports& io, std::size_t row, std::size_t first, std::size_t count, const double* normal,
                   const double* uniform) noexcept {
    const std::size_t other = io.neighbor_best.value(row);
    const double* p = io.personal_best.row(row) + first;
    const double* g = io.personal_best.row(other < io.personal_best.rows() ? other : row) + first;
    double* x = io.position.row(row) + first;
    double* v = io.velocity.row(row) + first;
    const double keep = io.keep_probability.value();
    for (std::size_t i = 0; i < count; ++i) {
      const double drawn = 0.5 * (p[i] + g[i]) + std::fabs(p[i] - g[i]) * normal[i];
      const double moved = uniform[i] < keep ? p[i] : drawn;
      v[i] = moved - x[i];
      x[i] = moved;
    }
  }
};

}  // namespace

const OperatorTable& bare_bones_updater_operator() { return operator_table<BareBonesUpdater>(); }

}  // namespace skein
