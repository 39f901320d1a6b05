#include "core/kernel/kernel-inl.hpp"
#include "encodings/real_vector/all.hpp"
#include "encodings/real_vector/move-inl.hpp"
#include "encodings/real_vector/updater_ports.hpp"
#include "operators/random/strips.hpp"
#include "skein/operator.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {
namespace {

void move_rows(const UpdaterPorts& io, const UpdaterStrip& strip) {
  const Reals inertia = io.inertia.value();
  const Reals own = io.personal_best_attraction.value();
  const Reals informant = io.neighbor_best_attraction.value();
  const double* cognitive = strip.cognitive;
  const double* social = strip.social;
  for (std::size_t row = strip.rows.first; row < strip.rows.last; ++row) {
    const double* velocity = io.velocity.row(row) + strip.first;
    const double* p = io.personal_best.row(row) + strip.first;
    const double* g = io.personal_best.row(io.informant(row)) + strip.first;
    move_part(io, {row, strip.first, strip.count}, [=](auto at, Reals x) SKEIN_INLINED {
      return (inertia * at.load(velocity) + (own * at.load(cognitive)) * (at.load(p) - x)) +
             (informant * at.load(social)) * (at.load(g) - x);
    });
    cognitive += strip.count;
    social += strip.count;
  }
}

/// The same for narrow rows without limits of velocities.
void move_narrow_rows(const UpdaterPorts io, const UpdaterStrip strip) {
  const std::size_t width = strip.count;
  const auto informant_of = [&](std::size_t row) SKEIN_INLINED { return io.personal_best.row(io.informant(row)); };
  const double* first_informant = informant_of(strip.rows.first);
  bool informants_differ = false;
  for (std::size_t row = strip.rows.first; row < strip.rows.last; ++row) {
    informants_differ |= informant_of(row) != first_informant;
  }
  BlockRows informants;
  if (!informants_differ) {
    const std::size_t most = std::min(rows_per_block(width), strip.rows.count());
    informants.fill(most, width, [=](std::size_t) SKEIN_INLINED { return first_informant; });
  }
  const Reals inertia = io.inertia.value();
  const Reals own = io.personal_best_attraction.value();
  const Reals informant = io.neighbor_best_attraction.value();

  for_blocks(strip.rows, width, [&](Rows rows) SKEIN_INLINED {
    if (informants_differ) {
      informants.fill(rows.count(), width, [&](std::size_t k) SKEIN_INLINED { return informant_of(rows.first + k); });
    }
    const std::size_t done = (rows.first - strip.rows.first) * width;
    const double* cognitive = strip.cognitive + done;
    const double* social = strip.social + done;
    double* velocity = io.velocity.row(rows.first);
    const double* p = io.personal_best.row(rows.first);
    const double* g = informants.numbers;
    move_places(rows.count() * width, io.position.row(rows.first), velocity, [=](auto at, Reals x) SKEIN_INLINED {
      return (inertia * at.load(velocity) + (own * at.load(cognitive)) * (at.load(p) - x)) +
             (informant * at.load(social)) * (at.load(g) - x);
    });
  });
}

void move_strip(const UpdaterPorts& io, const UpdaterStrip& strip) {
  const bool narrow = is_narrow(io.position) && is_narrow(io.velocity) && is_narrow(io.personal_best);
  const bool limited = io.limits_components() || io.limits_velocities();
  narrow && !limited ? move_narrow_rows(io, strip) : move_rows(io, strip);
}

}  // namespace
}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skein {
namespace {

HWY_EXPORT(move_strip);

/// v <- (w*v + (c1*r1)*(p - x)) + (c2*r2)*(g - x), then x <- x + v, component by component and in exactly this order of
/// evaluation, where
///
/// - w, c1, c2 are inertia, personal_best_attraction and neighbor_best_attraction;
/// - r1 and r2 are uniform in [0, 1), drawn for every component, row by row, from the streams `cognitive` and `social`;
/// - p is the particle's personal best, g the personal best of its best informant (its own one where neighbor_best
///   points at none).
///
/// Between the two steps every component of v is limited to [-component_limits, component_limits], then a velocity with
/// |v| > velocity_limit is scaled to that length; the norm is Euclidean, the squares summed in 8 fixed lanes. What
/// becomes of particles that leave their bounds is the matter of the role bounds_handling. Cost: about 1.4 ns per
/// component, more where the swarm comes from memory. Shi and Eberhart, A modified particle swarm optimizer (1998);
/// default coefficients from Clerc and Kennedy (2002).
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
      in("velocity_limit", &Ports::velocity_limit, "real", "largest length of the velocity")
          .initial(no_limit)
          .minimum(0),
      in("component_limits", &Ports::component_limits, "real[d]", "largest size of the components of the velocity")
          .broadcast()
          .initial(no_limit)
          .minimum(0)};
  static constexpr auto streams = std::array{StreamSpec{"cognitive", "r1, one number per component"},
                                             StreamSpec{"social", "r2, one number per component"}};

  static void run(const Ports& io, RowContext& context) noexcept {
    LaneGenerator& cognitive = context.random(0);
    LaneGenerator& social = context.random(1);
    const std::size_t width = io.position.width();
    // A swarm that is far away is fetched while random numbers are drawn.
    const std::size_t piece = io.position.rows() * width < far_swarm ? strip_length : 128;
    for_strips(context.rows(), width, [&](Rows rows, std::size_t first, std::size_t count) {
      double own_numbers[strip_length];
      double informant_numbers[strip_length];
      const std::size_t numbers = rows.count() * count;
      for (std::size_t done = 0; done < numbers; done += piece) {
        const std::size_t now = std::min(piece, numbers - done);
        if (now != numbers) {
          fetch(io.position.row(rows.first) + first + done, now);
          fetch(io.velocity.row(rows.first) + first + done, now);
          fetch(io.personal_best.row(rows.first) + first + done, now);
        }
        cognitive.fill_uniform(own_numbers + done, now);
        social.fill_uniform(informant_numbers + done, now);
      }
      HWY_DYNAMIC_DISPATCH(move_strip)(io, {rows, first, count, own_numbers, informant_numbers});
    });
  }

  /// Swarms of fewer components are near enough: fetching them costs more than it saves.
  static constexpr std::size_t far_swarm = std::size_t{1} << 19;

  /// Asks for numbers that are soon needed.
  static void fetch(const double* numbers, std::size_t count) noexcept {
    for (std::size_t i = 0; i < count; i += 8) __builtin_prefetch(numbers + i);
  }
};

}  // namespace

const OperatorTable& inertia_weight_operator() { return operator_table<InertiaWeight>(); }

}  // namespace skein
#endif  // HWY_ONCE
