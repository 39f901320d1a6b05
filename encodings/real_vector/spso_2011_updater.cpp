#include <cstdint>

#include "encodings/real_vector/all.hpp"
#include "encodings/real_vector/finite.hpp"
#include "encodings/real_vector/step_within_bounds.hpp"
#include "operators/reduction/euclidean_norm.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// v <- w*v + (c + (D*r)/|D|), then x <- x + v, component by component and in exactly this order of evaluation, where
///
/// - c is the way from the position to a centre: c = (c1*(p - x) + c2*(g - x)) / 3, or c = (c1*(p - x)) / 2 for a
///   particle that is its own best informant (neighbor_best is its own row, or points at none);
/// - r = u*|c| with u uniform in [0, 1), one per row from the stream `radius`;
/// - D has a standard normal number for every component, drawn row by row from the stream `direction`;
/// - w, c1, c2 are inertia, personal_best_attraction and neighbor_best_attraction, p is the particle's personal best
///   and g that of its best informant.
///
/// So x + c + D*r/|D| is a point of the ball around the centre x + c that x lies on the border of: its direction from
/// the centre is isotropic, its distance uniform, and the update does not depend on the axes. Norms are Euclidean, the
/// squares summed in 8 fixed lanes and scaled where they would overflow or underflow. |D| is never 0, because no normal
/// number drawn is. Where c = 0 only the inertia remains.
///
/// Between the two steps a velocity with |v| > maximum_velocity is scaled to that length, where it is bound. A
/// component that has left its bounds is put on the bound and its velocity is multiplied by -0.5; the lower bound is
/// tested first. The old velocity, p - x and g - x are limited to 2^1000 in size, so that infinite ones give no NaN. A
/// NaN is no number beyond a bound: it stays visible, and spreads over its row by way of |c|.
///
/// The ball, the centre of a particle that informs itself and the rule at the bounds are Clerc's (2012). Two
/// attractions instead of one, the speed limit and the synchronous update are HeuristicLab's, which knows the first
/// centre only. Cost: about 12 ns per component, most of it for the normal numbers.
struct Spso2011Updater {
  static constexpr std::string_view name = "spso_2011_updater";
  static constexpr std::string_view summary =
      "moves particles by inertia and to random points of a ball between them and the best positions they know";
  static constexpr std::string_view source =
      "Clerc, Standard Particle Swarm Optimisation: from 2006 to 2011 (2012); Zambrano-Bigiarini, Clerc and Rojas, "
      "Standard Particle Swarm Optimisation 2011 at CEC-2013 (2013)";
  static constexpr auto roles = std::array<std::string_view, 1>{"particle_updater"};

  struct Ports {
    InOut<double> position, velocity;
    In<double> personal_best;
    In<std::uint32_t> neighbor_best;
    In<double> inertia, personal_best_attraction, neighbor_best_attraction;
    In<double> maximum_velocity;
    In<double> lower, upper;
    Scratch<double> direction, radius, way;
  };
  static constexpr auto ports = std::tuple{
      inout("position", &Ports::position, "real[n,d]", "where the particles are"),
      inout("velocity", &Ports::velocity, "real[n,d]", "how they moved last"),
      in("personal_best", &Ports::personal_best, "real[n,d]", "best position that each particle has visited").any(),
      in("neighbor_best", &Ports::neighbor_best, "index<n>[n]", "row of the best informant of each particle"),
      in("inertia", &Ports::inertia, "real", "weight of the old velocity").initial("0.721"),
      in("personal_best_attraction", &Ports::personal_best_attraction, "real", "strength of the pull to the own best")
          .initial("1.193"),
      in("neighbor_best_attraction", &Ports::neighbor_best_attraction, "real",
         "strength of the pull to the best informant's best")
          .initial("1.193"),
      in("maximum_velocity", &Ports::maximum_velocity, "real[n]",
         "limit of the length of the velocity, >= 0; no limit when not bound")
          .broadcast()
          .optional(),
      in("lower", &Ports::lower, "real[d]", "lower bound of every dimension"),
      in("upper", &Ports::upper, "real[d]", "upper bound of every dimension, >= lower"),
      scratch("normal_numbers", &Ports::direction, "real[n,d]", "the numbers D of a row group"),
      scratch("radius_numbers", &Ports::radius, "real[n]", "the numbers u of a row group"),
      scratch("ways", &Ports::way, "real[n,d]", "the ways c of a row group")};
  static constexpr auto streams = std::array{StreamSpec{"direction", "D, one normal number per component"},
                                             StreamSpec{"radius", "u, one uniform number per row"}};

  /// way <- c for one row; find_own_centre where the particle is its own best informant.
  static void find_centre(double* __restrict way, const double* __restrict x, const double* __restrict p,
                          const double* __restrict g, double to_own, double to_informant, std::size_t width) noexcept {
    for (std::size_t i = 0; i < width; ++i) {
      way[i] = (to_own * finite(p[i] - x[i]) + to_informant * finite(g[i] - x[i])) / 3.0;
    }
  }
  static void find_own_centre(double* __restrict way, const double* __restrict x, const double* __restrict p,
                              double to_own, std::size_t width) noexcept {
    for (std::size_t i = 0; i < width; ++i) way[i] = (to_own * finite(p[i] - x[i])) / 2.0;
  }

  /// v <- w*v + (c + (D*r)/|D|) for one row.
  static void accelerate(double* __restrict velocity, double inertia, const double* __restrict way,
                         const double* __restrict direction, double relative_radius, std::size_t width) noexcept {
    const double radius = relative_radius * euclidean_norm(way, width);
    const double length = euclidean_norm(direction, width);
    for (std::size_t i = 0; i < width; ++i) {
      velocity[i] = inertia * finite(velocity[i]) + (way[i] + (direction[i] * radius) / length);
    }
  }

  static void run(const Ports& io, RowContext& context) noexcept {
    const Rows rows = context.rows();
    const std::size_t width = io.position.width();
    context.random(0).fill_normal(io.direction.data, rows.count() * width);
    context.random(1).fill_uniform(io.radius.data, rows.count());

    const double inertia = io.inertia.value();
    const double to_own = io.personal_best_attraction.value();
    const double to_informant = io.neighbor_best_attraction.value();
    for (std::size_t row = rows.first; row < rows.last; ++row) {
      double* x = io.position.row(row);
      double* velocity = io.velocity.row(row);
      const double* p = io.personal_best.row(row);
      const std::size_t first = (row - rows.first) * width;
      double* way = io.way.data + first;
      const std::size_t informant = io.neighbor_best.value(row);
      if (informant == row || informant >= io.personal_best.rows()) {
        find_own_centre(way, x, p, to_own, width);
      } else {
        find_centre(way, x, p, io.personal_best.row(informant), to_own, to_informant, width);
      }
      accelerate(velocity, inertia, way, io.direction.data + first, io.radius.data[row - rows.first], width);
      if (io.maximum_velocity) limit_norm(velocity, width, io.maximum_velocity.value(row));
      step_within_bounds(x, velocity, io.lower.row(row), io.upper.row(row), width, [](double v) { return -0.5 * v; });
    }
  }
};

}  // namespace

const OperatorTable& spso_2011_updater_operator() { return operator_table<Spso2011Updater>(); }

}  // namespace skein
