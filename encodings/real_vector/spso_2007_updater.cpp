#include "core/kernel/kernel-inl.hpp"
#include "encodings/real_vector/all.hpp"
#include "encodings/real_vector/spso-inl.hpp"
#include "encodings/real_vector/updater_ports.hpp"
#include "operators/random/strips.hpp"
#include "skein/operator.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {
namespace {

/// velocity <- pulled(w*velocity, at) for a part of one row.
template <class Pulled>
HWY_INLINE void accelerate(double* velocity, double inertia, std::size_t count, Pulled pulled) noexcept {
  const Reals weight = inertia;
  write_places(count, velocity, [=](auto at) SKEIN_INLINED { return pulled(weight * finite(at.load(velocity)), at); });
}

void move_rows(const UpdaterPorts& io, const UpdaterStrip& strip) {
  const double inertia = io.inertia.value();
  const Reals to_own = io.personal_best_attraction.value();
  const Reals to_informant = io.neighbor_best_attraction.value();
  for (std::size_t row = strip.rows.first; row < strip.rows.last; ++row) {
    const double* x = io.position.row(row) + strip.first;
    const double* p = io.personal_best.row(row) + strip.first;
    const double* cognitive = strip.cognitive + (row - strip.rows.first) * strip.count;
    const double* social = strip.social + (row - strip.rows.first) * strip.count;
    double* velocity = io.velocity.row(row) + strip.first;
    const auto pulled_by_own = [=](Reals v, auto at) SKEIN_INLINED {
      return v + (finite(at.load(p) - at.load(x)) * to_own) * at.load(cognitive);
    };
    const std::size_t informant = io.informant(row);
    if (informant == row) {
      accelerate(velocity, inertia, strip.count, pulled_by_own);
    } else {
      const double* g = io.personal_best.row(informant) + strip.first;
      accelerate(velocity, inertia, strip.count, [=](Reals v, auto at) SKEIN_INLINED {
        return pulled_by_own(v, at) + (finite(at.load(g) - at.load(x)) * to_informant) * at.load(social);
      });
    }
    const bool is_end = strip.first + strip.count == io.position.width();
    if (is_end) finish_row(io, row, [](Reals) SKEIN_INLINED { return Reals(0.0); });
  }
}

}  // namespace
}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skein {
namespace {

HWY_EXPORT(move_rows);

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
/// about 2 ns per component.
struct Spso2007Updater {
  static constexpr std::string_view name = "spso_2007_updater";
  static constexpr std::string_view summary =
      "moves particles by inertia and by attraction to their own best position and to another one's";
  static constexpr std::string_view source = "Clerc, Standard Particle Swarm Optimisation: from 2006 to 2011 (2012)";
  static constexpr auto roles = std::array<std::string_view, 1>{"particle_updater"};

  using Ports = UpdaterPorts;
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
          .optional()
          .minimum(0),
      in("lower", &Ports::lower, "real[d]", "lower bound of every dimension"),
      in("upper", &Ports::upper, "real[d]", "upper bound of every dimension, >= lower")};
  static constexpr auto streams = std::array{StreamSpec{"cognitive", "r1, one number per component"},
                                             StreamSpec{"social", "r2, one number per component"}};

  static void run(const Ports& io, RowContext& context) noexcept {
    LaneGenerator& cognitive = context.random(0);
    LaneGenerator& social = context.random(1);
    for_strips(context.rows(), io.position.width(), [&](Rows rows, std::size_t first, std::size_t count) {
      double own_numbers[strip_length];
      double informant_numbers[strip_length];
      cognitive.fill_uniform(own_numbers, rows.count() * count);
      social.fill_uniform(informant_numbers, rows.count() * count);
      HWY_DYNAMIC_DISPATCH(move_rows)(io, {rows, first, count, own_numbers, informant_numbers});
    });
  }
};

}  // namespace

const OperatorTable& spso_2007_updater_operator() { return operator_table<Spso2007Updater>(); }

}  // namespace skein
#endif  // HWY_ONCE
