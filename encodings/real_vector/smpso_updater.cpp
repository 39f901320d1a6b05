#include <cmath>
#include <cstddef>

#include "encodings/real_vector/all.hpp"
#include "skein/math.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// v <- chi ((w v + (c1 r1) (p - x)) + (c2 r2) (l - x)), each component limited to half the width of its bounds; then
/// x <- x + v, component by component, where
///
/// - w is `inertia`; p is the particle's personal best, l its leader;
/// - c1 and c2 are uniform in [least_attraction, greatest_attraction], r1 and r2 in [0, 1), drawn once per particle, in
///   the order c1, c2, r1, r2;
/// - chi is 2 / (2 - phi - sqrt(phi^2 - 4 phi)) with phi = c1 + c2, and 1 where phi <= 4. That is the constriction of
///   Clerc and Kennedy with the opposite sign, as it is printed in the paper and computed by its authors' jMetal: a
///   particle with strong attractions is reflected, not pulled; with `reflect` false chi is positive.
///
/// A NaN stays. Four draws per row. Cost: about 2 ns per component.
/// Nebro et al., SMPSO: a new PSO-based metaheuristic for multi-objective optimization (2009); the inertia is jMetal's.
struct SmpsoUpdater {
  static constexpr std::string_view name = "smpso_updater";
  static constexpr std::string_view summary =
      "moves particles by attraction to a personal best and a leader, with constriction and limited velocities";
  static constexpr std::string_view source =
      "Nebro et al., SMPSO: a new PSO-based metaheuristic for multi-objective optimization (2009)";
  static constexpr auto roles = std::array<std::string_view, 1>{"guided_particle_updater"};

  struct Ports {
    InOut<double> position, velocity;
    In<double> personal_best, leader;
    In<double> inertia, least_attraction, greatest_attraction;
    In<double> lower, upper;
  };
  static constexpr auto ports = std::tuple{
      inout("position", &Ports::position, "real[n,d]", "where the particles are"),
      inout("velocity", &Ports::velocity, "real[n,d]", "how they moved last"),
      in("personal_best", &Ports::personal_best, "real[n,d]", "a good position that each particle has visited"),
      in("leader", &Ports::leader, "real[n,d]", "the position that each particle follows"),
      in("inertia", &Ports::inertia, "real", "weight of the old velocity").initial("0.1"),
      in("least_attraction", &Ports::least_attraction, "real", "least strength of either pull")
          .initial("1.5")
          .range(0, 2),
      in("greatest_attraction", &Ports::greatest_attraction, "real", "greatest strength of either pull")
          .initial("2.5")
          .range(2, 3),
      in("lower", &Ports::lower, "real[d]", "lower bound of every dimension"),
      in("upper", &Ports::upper, "real[d]", "upper bound of every dimension, >= lower")};
  static constexpr auto streams = std::array{StreamSpec{"", "four numbers per particle"}};

  struct Parameters {
    bool reflect = true;
  };
  static constexpr auto parameters = std::tuple{parameter(
      "reflect", &Parameters::reflect, "true", "whether strong attractions reverse the velocity, as in the paper")};

  static double constriction(double phi, bool reflect) noexcept {
    if (!(phi > 4)) return 1;
    const double root = std::sqrt(phi * phi - 4 * phi);
    return reflect ? 2 / (2 - phi - root) : 2 / (phi - 2 + root);
  }

  static void run(const Ports& io, const Parameters& chosen, RowContext& context) noexcept {
    const double least = io.least_attraction.value();
    const double range = io.greatest_attraction.value() - least;
    const double inertia = io.inertia.value();
    LaneGenerator& random = context.random(0);
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      double u[4];
      random.fill_uniform(u, 4);
      const double c1 = least + u[0] * range;
      const double c2 = least + u[1] * range;
      const double chi = constriction(c1 + c2, chosen.reflect);
      move(io, row, chi, inertia, c1 * u[2], c2 * u[3]);
    }
  }

  static void move(const Ports& io, std::size_t row, double chi, double inertia, double own, double led) noexcept {
    double* const x = io.position.row(row);
    double* const v = io.velocity.row(row);
    const double* const p = io.personal_best.row(row);
    const double* const l = io.leader.row(row);
    const double* const lower = io.lower.row(row);
    const double* const upper = io.upper.row(row);
    for (std::size_t i = 0; i < io.position.width(); ++i) {
      const double limit = 0.5 * upper[i] - 0.5 * lower[i];
      const double velocity = chi * ((inertia * v[i] + own * (p[i] - x[i])) + led * (l[i] - x[i]));
      v[i] = velocity > limit ? limit : velocity < -limit ? -limit : velocity;
      x[i] = x[i] + v[i];
    }
  }
};

}  // namespace

const OperatorTable& smpso_updater_operator() { return operator_table<SmpsoUpdater>(); }

}  // namespace skein
