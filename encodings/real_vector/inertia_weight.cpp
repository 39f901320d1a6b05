#include "core/kernel/kernel-inl.hpp"
#include "encodings/real_vector/all.hpp"
#include "encodings/real_vector/move-inl.hpp"
#include "encodings/real_vector/updater_ports.hpp"
#include "operators/random/strips.hpp"
#include "skein/operator.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {
namespace {

/// Numbers that follow each other: of a part of one row, or of some narrow rows.
struct Numbers {
  std::size_t count;
  double* position;
  double* velocity;
  const double* personal_best;
  const double* neighbor_best;
  const double* cognitive;
  const double* social;
  const double* lower;
  const double* upper;
};

/// `limit(v, at)` is the limited velocity.
template <class Limit>
HWY_INLINE void move_numbers(const UpdaterPorts& io, const Numbers numbers, Limit limit) noexcept {
  const Reals inertia = io.inertia.value();
  const Reals own = io.personal_best_attraction.value();
  const Reals informant = io.neighbor_best_attraction.value();
  move_places(
      numbers.count, numbers.position, numbers.velocity, numbers.lower, numbers.upper,
      [=](auto at, Reals x) SKEIN_INLINED {
        const Reals aimed = (inertia * at.load(numbers.velocity) +
                             (own * at.load(numbers.cognitive)) * (at.load(numbers.personal_best) - x)) +
                            (informant * at.load(numbers.social)) * (at.load(numbers.neighbor_best) - x);
        return limit(aimed, at);
      },
      [](Reals v, Truths stays) SKEIN_INLINED { return keep_where(stays, v); });
}

/// `limit_of(row)` limits the velocity of the row. The arguments are copies, because for all the compiler knows a
/// number that is stored may change what they are copies of.
template <class LimitOf>
HWY_INLINE void move_each_row(const UpdaterPorts io, const UpdaterStrip strip, LimitOf limit_of) noexcept {
  const double* cognitive = strip.cognitive;
  const double* social = strip.social;
  for (std::size_t row = strip.rows.first; row < strip.rows.last; ++row) {
    move_numbers(io,
                 {strip.count, io.position.row(row) + strip.first, io.velocity.row(row) + strip.first,
                  io.personal_best.row(row) + strip.first, io.personal_best.row(io.informant(row)) + strip.first,
                  cognitive, social, io.lower.row(0) + strip.first, io.upper.row(0) + strip.first},
                 limit_of(row));
    cognitive += strip.count;
    social += strip.count;
  }
}

HWY_INLINE auto no_limit() noexcept {
  return [](Reals v, auto) SKEIN_INLINED { return v; };
}
HWY_INLINE auto limit_to(Reals limit) noexcept {
  return [limit](Reals v, auto) SKEIN_INLINED { return math::clamp(v, -limit, limit); };
}
HWY_INLINE auto limit_to(const double* limits) noexcept {
  return [limits](Reals v, auto at) SKEIN_INLINED {
    const Reals limit = at.load(limits);
    return math::clamp(v, -limit, limit);
  };
}

void move_rows(const UpdaterPorts& io, const UpdaterStrip& strip) {
  const In<double>& maximum = io.maximum_velocity;
  if (!maximum) {
    move_each_row(io, strip, [](std::size_t) SKEIN_INLINED { return no_limit(); });
  } else if (maximum.element_stride() == 0) {
    move_each_row(io, strip, [&](std::size_t row) SKEIN_INLINED { return limit_to(Reals(maximum.value(row))); });
  } else {
    move_each_row(io, strip, [&](std::size_t row) SKEIN_INLINED { return limit_to(maximum.row(row) + strip.first); });
  }
}

/// The same for narrow rows.
void move_narrow_rows(const UpdaterPorts io, const UpdaterStrip strip) {
  const std::size_t width = strip.count;
  const auto informant_of = [&](std::size_t row) SKEIN_INLINED { return io.personal_best.row(io.informant(row)); };
  const double* first_informant = informant_of(strip.rows.first);
  bool informants_differ = false;
  for (std::size_t row = strip.rows.first; row < strip.rows.last; ++row) {
    informants_differ |= informant_of(row) != first_informant;
  }
  const std::size_t most = std::min(rows_per_block(width), strip.rows.count());
  BlockRows lower, upper, informants, limits;
  lower.fill(most, width, [&](std::size_t) SKEIN_INLINED { return io.lower.row(0); });
  upper.fill(most, width, [&](std::size_t) SKEIN_INLINED { return io.upper.row(0); });
  if (!informants_differ) informants.fill(most, width, [=](std::size_t) SKEIN_INLINED { return first_informant; });

  for_blocks(strip.rows, width, [&](Rows rows) SKEIN_INLINED {
    const std::size_t done = (rows.first - strip.rows.first) * width;
    const Numbers numbers{rows.count() * width,
                          io.position.row(rows.first),
                          io.velocity.row(rows.first),
                          io.personal_best.row(rows.first),
                          informants.numbers,
                          strip.cognitive + done,
                          strip.social + done,
                          lower.numbers,
                          upper.numbers};
    if (informants_differ) {
      informants.fill(rows.count(), width, [&](std::size_t k) SKEIN_INLINED { return informant_of(rows.first + k); });
    }
    if (!io.maximum_velocity) {
      move_numbers(io, numbers, no_limit());
    } else {
      for (std::size_t i = 0; i < numbers.count; ++i) {
        limits.numbers[i] = io.maximum_velocity(rows.first + i / width, i % width);
      }
      move_numbers(io, numbers, limit_to(limits.numbers));
    }
  });
}

void move_strip(const UpdaterPorts& io, const UpdaterStrip& strip) {
  const bool narrow = is_narrow(io.position) && is_narrow(io.velocity) && is_narrow(io.personal_best);
  narrow ? move_narrow_rows(io, strip) : move_rows(io, strip);
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
/// Between the two steps v is limited to [-maximum_velocity, maximum_velocity] where that is bound. A component that
/// has left its bounds is put on the bound and its velocity is set to 0; the lower bound is tested first. A NaN is no
/// number beyond a bound: it stays NaN in x and v, so that it shows in the fitness instead of passing for a bound.
/// Cost: about 1.5 ns per component, more where the swarm comes from memory. Shi and Eberhart, A modified particle
/// swarm optimizer (1998); default coefficients from Clerc and Kennedy (2002).
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
          .optional()
          .minimum(0),
      in("lower", &Ports::lower, "real[d]", "lower bound of every dimension"),
      in("upper", &Ports::upper, "real[d]", "upper bound of every dimension, >= lower")};
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
