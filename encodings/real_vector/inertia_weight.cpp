#include "core/kernel/kernel-inl.hpp"
#include "encodings/real_vector/all.hpp"
#include "encodings/real_vector/updater_ports.hpp"
#include "operators/random/strips.hpp"
#include "skein/operator.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {
namespace {

/// `limit(v, at)` is the limited velocity.
template <class Limit>
HWY_INLINE void move_row(const UpdaterPorts& io, std::size_t row, const UpdaterStrip& strip, Limit limit) noexcept {
  const Reals inertia = io.inertia.value();
  const Reals own = io.personal_best_attraction.value();
  const Reals informant = io.neighbor_best_attraction.value();
  double* position = io.position.row(row) + strip.first;
  double* velocity = io.velocity.row(row) + strip.first;
  const double* personal_best = io.personal_best.row(row) + strip.first;
  const double* neighbor_best = io.personal_best.row(io.informant(row)) + strip.first;
  const double* cognitive = strip.cognitive + (row - strip.rows.first) * strip.count;
  const double* social = strip.social + (row - strip.rows.first) * strip.count;
  const double* lower = io.lower.row(row) + strip.first;
  const double* upper = io.upper.row(row) + strip.first;
  for_places(strip.count, [=](auto at) SKEIN_INLINED {
    const Reals x = at.load(position);
    const Reals aimed = (inertia * at.load(velocity) + (own * at.load(cognitive)) * (at.load(personal_best) - x)) +
                        (informant * at.load(social)) * (at.load(neighbor_best) - x);
    const Reals v = limit(aimed, at);
    const Reals moved = x + v;
    const Reals low = at.load(lower);
    const Reals high = at.load(upper);
    at.store(math::clamp(moved, low, high), position);
    at.store(zero_where((moved < low) | (moved > high), v), velocity);
  });
}

void move_rows(const UpdaterPorts& io, const UpdaterStrip& strip) {
  for (std::size_t row = strip.rows.first; row < strip.rows.last; ++row) {
    if (!io.maximum_velocity) {
      move_row(io, row, strip, [](Reals v, auto) SKEIN_INLINED { return v; });
    } else if (io.maximum_velocity.element_stride() == 0) {
      const Reals limit = io.maximum_velocity.value(row);
      move_row(io, row, strip, [limit](Reals v, auto) SKEIN_INLINED { return math::clamp(v, -limit, limit); });
    } else {
      const double* limits = io.maximum_velocity.row(row) + strip.first;
      move_row(io, row, strip, [limits](Reals v, auto at) SKEIN_INLINED {
        const Reals limit = at.load(limits);
        return math::clamp(v, -limit, limit);
      });
    }
  }
}

}  // namespace
}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skein {
namespace {

HWY_EXPORT(move_rows);

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
/// Cost: about 1 ns per component. Shi and Eberhart, A modified particle swarm optimizer (1998); default coefficients
/// from Clerc and Kennedy (2002).
struct InertiaWeight {
  static constexpr std::string_view name = "inertia_weight";
  static constexpr std::string_view summary =
      "moves particles by inertia and by attraction to their own and their best informant's best position";
  static constexpr std::string_view source =
      "Shi and Eberhart, A modified particle swarm optimizer (1998); coefficients: Clerc and Kennedy (2002)";
  static constexpr auto roles = std::array<std::string_view, 1>{"particle_updater"};

  using Ports = UpdaterPorts;
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

const OperatorTable& inertia_weight_operator() { return operator_table<InertiaWeight>(); }

}  // namespace skein
#endif  // HWY_ONCE
