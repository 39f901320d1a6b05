#include <cstdint>

#include "encodings/real_vector/all.hpp"
#include "encodings/real_vector/finite.hpp"
#include "encodings/real_vector/step_within_bounds.hpp"
#include "operators/arithmetic/components.hpp"
#include "operators/reduction/euclidean_norm.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// v <- (w*v + ((p - x)*c1)*r1) + ((g - x)*c2)*r2, then x <- x + v, component by component and in exactly this order of
/// evaluation; a particle that is its own best informant (neighbor_best is its own row, or points at none) has only
/// v <- w*v + ((p - x)*c1)*r1. Here
///
/// - w, c1, c2 are inertia, personal_best_attraction and neighbor_best_attraction;
/// - r1 and r2 are uniform in [0, 1), drawn for every component, row by row, from the streams `cognitive` and `social`,
///   also where r2 is not used;
/// - p is the particle's personal best and g that of its best informant.
///
/// Between the two steps a velocity with |v| > maximum_velocity is scaled to that length, where it is bound; the norm
/// is Euclidean, the squares summed in 8 fixed lanes and scaled where they would overflow or underflow. A component
/// that has left its bounds is put on the bound and its velocity is set to 0; the lower bound is tested first. The old
/// velocity, p - x and g - x are limited to 2^1000 in size, so that infinite ones give no NaN. A NaN is no number
/// beyond a bound: it stays NaN in x and v.
///
/// That a particle which informs itself is not pulled twice, and the rule at the bounds, are Clerc's (2012). Two
/// attractions instead of one, the speed limit and the synchronous update are HeuristicLab's, which pulls twice. Cost:
/// about 5 ns per component.
struct Spso2007Updater {
  static constexpr std::string_view name = "spso_2007_updater";
  static constexpr std::string_view summary =
      "moves particles by inertia and by attraction to their own best position and to another one's";
  static constexpr std::string_view source = "Clerc, Standard Particle Swarm Optimisation: from 2006 to 2011 (2012)";
  static constexpr auto roles = std::array<std::string_view, 1>{"particle_updater"};

  struct Ports {
    InOut<double> position, velocity;
    In<double> personal_best;
    In<std::uint32_t> neighbor_best;
    In<double> inertia, personal_best_attraction, neighbor_best_attraction;
    In<double> maximum_velocity;
    In<double> lower, upper;
    Scratch<double> cognitive, social;
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
      scratch("cognitive_numbers", &Ports::cognitive, "real[n,d]", "the numbers r1 of a row group"),
      scratch("social_numbers", &Ports::social, "real[n,d]", "the numbers r2 of a row group")};
  static constexpr auto streams = std::array{StreamSpec{"cognitive", "r1, one number per component"},
                                             StreamSpec{"social", "r2, one number per component"}};

  /// velocity(i) <- pulled(i, w*velocity(i)) for one row.
  template <class Pulled>
  static void accelerate(double* __restrict velocity, double inertia, std::size_t width, Pulled pulled) noexcept {
    SKEIN_INDEPENDENT_ITERATIONS
    for (std::size_t i = 0; i < width; ++i) velocity[i] = pulled(i, inertia * finite(velocity[i]));
  }

  static void run(const Ports& io, RowContext& context) noexcept {
    const Rows rows = context.rows();
    const std::size_t width = io.position.width();
    context.random(0).fill_uniform(io.cognitive.data, rows.count() * width);
    context.random(1).fill_uniform(io.social.data, rows.count() * width);

    const double inertia = io.inertia.value();
    const double to_own = io.personal_best_attraction.value();
    const double to_informant = io.neighbor_best_attraction.value();
    for (std::size_t row = rows.first; row < rows.last; ++row) {
      double* x = io.position.row(row);
      double* velocity = io.velocity.row(row);
      const double* p = io.personal_best.row(row);
      const double* cognitive = io.cognitive.data + (row - rows.first) * width;
      const double* social = io.social.data + (row - rows.first) * width;
      const auto pulled_by_own = [=](std::size_t i, double v) {
        return v + (finite(p[i] - x[i]) * to_own) * cognitive[i];
      };
      const std::size_t informant = io.neighbor_best.value(row);
      if (informant == row || informant >= io.personal_best.rows()) {
        accelerate(velocity, inertia, width, pulled_by_own);
      } else {
        const double* g = io.personal_best.row(informant);
        accelerate(velocity, inertia, width, [=](std::size_t i, double v) {
          return pulled_by_own(i, v) + (finite(g[i] - x[i]) * to_informant) * social[i];
        });
      }
      if (io.maximum_velocity) limit_norm(velocity, width, io.maximum_velocity.value(row));
      step_within_bounds(x, velocity, io.lower.row(row), io.upper.row(row), width, [](double) { return 0.0; });
    }
  }
};

}  // namespace

const OperatorTable& spso_2007_updater_operator() { return operator_table<Spso2007Updater>(); }

}  // namespace skein
