#include <cstdint>

#include "encodings/real_vector/all.hpp"
#include "skein/math.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// v <- (w*v + (c1*r1)*(p - x)) + (c2*r2)*(g - x), then x <- x + v, component by component and in exactly this order of
/// evaluation, where
///
/// - w, c1, c2 are inertia, personal_best_attraction and neighbor_best_attraction;
/// - r1 and r2 are uniform in [0, 1), drawn for every component, row by row, from the streams `cognitive` and `social`;
/// - p is the particle's personal best, g the personal best of its best informant (its own one where neighbor_best
///   points at none).
///
/// Between the two steps v is limited to [-maximum_velocity, maximum_velocity] where that is bound. A component that
/// has left its bounds is put on the bound and its velocity is set to 0; the lower bound is tested first. A NaN is no
/// number beyond a bound: it stays NaN in x and v, so that it shows in the fitness instead of passing for a bound.
/// Cost: about 3 ns per component. Shi and Eberhart, A modified particle swarm optimizer (1998); default coefficients
/// from Clerc and Kennedy (2002).
struct InertiaWeight {
  static constexpr std::string_view name = "inertia_weight";
  static constexpr std::string_view summary =
      "moves particles by inertia and by attraction to their own and their best informant's best position";
  static constexpr std::string_view source =
      "Shi and Eberhart, A modified particle swarm optimizer (1998); coefficients: Clerc and Kennedy (2002)";
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
      in("inertia", &Ports::inertia, "real", "weight of the old velocity").initial("0.7298"),
      in("personal_best_attraction", &Ports::personal_best_attraction, "real", "strength of the pull to the own best")
          .initial("1.49618"),
      in("neighbor_best_attraction", &Ports::neighbor_best_attraction, "real",
         "strength of the pull to the best informant's best")
          .initial("1.49618"),
      in("maximum_velocity", &Ports::maximum_velocity, "real[n,d]",
         "limit of every component of the velocity, >= 0; no limit when not bound")
          .broadcast()
          .optional(),
      in("lower", &Ports::lower, "real[d]", "lower bound of every dimension"),
      in("upper", &Ports::upper, "real[d]", "upper bound of every dimension, >= lower"),
      scratch("cognitive_numbers", &Ports::cognitive, "real[n,d]", "the numbers r1 of a row group"),
      scratch("social_numbers", &Ports::social, "real[n,d]", "the numbers r2 of a row group")};
  static constexpr auto streams = std::array{StreamSpec{"cognitive", "r1, one number per component"},
                                             StreamSpec{"social", "r2, one number per component"}};

  /// What a row is moved with.
  struct Pull {
    double inertia, own, informant;
    const double *personal_best, *neighbor_best, *cognitive, *social, *lower, *upper;
    std::size_t width;
  };

  /// `limit(v, i)` is the limited velocity of component i.
  template <class Limit>
  static void move(double* __restrict position, double* __restrict velocity, const Pull& pull, Limit limit) noexcept {
    const double inertia = pull.inertia;
    const double own = pull.own;
    const double informant = pull.informant;
    const double* __restrict personal_best = pull.personal_best;
    const double* __restrict neighbor_best = pull.neighbor_best;
    const double* __restrict cognitive = pull.cognitive;
    const double* __restrict social = pull.social;
    const double* __restrict lower = pull.lower;
    const double* __restrict upper = pull.upper;
    for (std::size_t i = 0; i < pull.width; ++i) {
      const double x = position[i];
      const double aimed = (inertia * velocity[i] + (own * cognitive[i]) * (personal_best[i] - x)) +
                           (informant * social[i]) * (neighbor_best[i] - x);
      const double v = limit(aimed, i);
      const double moved = x + v;
      const double stopped_below = moved < lower[i] ? 0.0 : v;
      position[i] = math::clamp(moved, lower[i], upper[i]);
      velocity[i] = moved > upper[i] ? 0.0 : stopped_below;
    }
  }

  static void run(const Ports& io, RowContext& context) noexcept {
    const Rows rows = context.rows();
    const std::size_t width = io.position.width();
    context.random(0).fill_uniform(io.cognitive.data, rows.count() * width);
    context.random(1).fill_uniform(io.social.data, rows.count() * width);

    Pull pull{};
    pull.inertia = io.inertia.value();
    pull.own = io.personal_best_attraction.value();
    pull.informant = io.neighbor_best_attraction.value();
    pull.width = width;
    for (std::size_t row = rows.first; row < rows.last; ++row) {
      const std::size_t informant = io.neighbor_best.value(row);
      pull.personal_best = io.personal_best.row(row);
      pull.neighbor_best = io.personal_best.row(informant < io.personal_best.rows() ? informant : row);
      pull.cognitive = io.cognitive.data + (row - rows.first) * width;
      pull.social = io.social.data + (row - rows.first) * width;
      pull.lower = io.lower.row(row);
      pull.upper = io.upper.row(row);
      double* position = io.position.row(row);
      double* velocity = io.velocity.row(row);
      if (!io.maximum_velocity) {
        move(position, velocity, pull, [](double v, std::size_t) { return v; });
      } else if (io.maximum_velocity.element_stride() == 0) {
        const double limit = io.maximum_velocity.value(row);
        move(position, velocity, pull, [limit](double v, std::size_t) { return math::clamp(v, -limit, limit); });
      } else {
        const double* limit = io.maximum_velocity.row(row);
        move(position, velocity, pull,
             [limit](double v, std::size_t i) { return math::clamp(v, -limit[i], limit[i]); });
      }
    }
  }
};

}  // namespace

const OperatorTable& inertia_weight_operator() { return operator_table<InertiaWeight>(); }

}  // namespace skein
