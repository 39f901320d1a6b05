#include "core/kernel/kernel-inl.hpp"
#include "encodings/real_vector/all.hpp"
#include "encodings/real_vector/move-inl.hpp"
#include "encodings/real_vector/updater_ports.hpp"
#include "operators/random/strips.hpp"
#include "skein/operator.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {
namespace {

constexpr double third = 1.0 / 3.0;

/// way <- c for one row; the sum of its squares. `informs_itself`: the centre is that of a particle that is its own
/// best informant.
HWY_INLINE double find_centre(const UpdaterPorts& io, std::size_t row, bool informs_itself, double* way) noexcept {
  const Reals to_own = io.personal_best_attraction.value();
  const Reals to_informant = io.neighbor_best_attraction.value();
  const double* x = io.position.row(row);
  const double* p = io.personal_best.row(row);
  if (informs_itself) {
    return sum8(io.position.width(), [=](auto at) SKEIN_INLINED {
      const Reals c = (to_own * finite(at.load(p) - at.load(x))) * 0.5;
      at.store(c, way);
      return c * c;
    });
  }
  const double* g = io.personal_best.row(io.informant(row));
  return sum8(io.position.width(), [=](auto at) SKEIN_INLINED {
    const Reals x_i = at.load(x);
    const Reals c = (to_own * finite(at.load(p) - x_i) + to_informant * finite(at.load(g) - x_i)) * third;
    at.store(c, way);
    return c * c;
  });
}

/// The velocity from the old one at a place, where `aim` = c + D s.
HWY_INLINE Reals accelerated(Reals inertia, Reals velocity, Reals aim) noexcept {
  return inertia * finite(velocity) + aim;
}

/// Whether the centre of a row is that of a particle which is its own best informant.
HWY_INLINE bool informs_itself(const UpdaterPorts& io, std::size_t row, bool special_centre) noexcept {
  return special_centre && io.informant(row) == row;
}

/// `directions` has the numbers D of the rows, `radii` the numbers u, `way` room for one row.
void move_rows(const UpdaterPorts& io, Rows rows, bool special_centre, const double* directions, const double* radii,
               double* way) {
  const std::size_t width = io.position.width();
  const Reals inertia = io.inertia.value();
  for (std::size_t row = rows.first; row < rows.last; ++row) {
    const double* direction = directions + (row - rows.first) * width;
    const double* velocity = io.velocity.row(row);
    const double squares = find_centre(io, row, informs_itself(io, row, special_centre), way);
    const double radius = radii[row - rows.first] * norm_from(squares, way, width);
    const Reals stretch = radius / euclidean_norm(direction, width);
    move_part(io, {row, 0, width}, [=](auto at, Reals) SKEIN_INLINED {
      return accelerated(inertia, at.load(velocity), at.load(way) + at.load(direction) * stretch);
    });
  }
}

/// For eight rows or less: stretches <- u |c| / |D|, from the sums of squares of c and D.
HWY_INLINE void find_stretches(std::size_t rows, std::size_t width, const double* radii, const double* ways,
                               const double* way_squares, const double* directions, const double* direction_squares,
                               double* stretches) noexcept {
  const auto is_plain = [](Reals squares) SKEIN_INLINED {
    return (squares >= 0x1p-900) & (squares <= std::numeric_limits<double>::max());
  };
  const Reals c = Reals::load(way_squares);
  const Reals d = Reals::load(direction_squares);
  const unsigned all = (1U << rows) - 1;
  if (HWY_LIKELY((bits_of(is_plain(c) & is_plain(d)) & all) == all)) {
    const Part part(0, rows);
    const Reals u = rows == 8 ? Reals::load(radii) : part.load(radii);
    (u * square_root(c) / square_root(d)).store(stretches);
    return;
  }
  for (std::size_t k = 0; k < rows; ++k) {
    const double radius = radii[k] * norm_from(way_squares[k], ways + k * width, width);
    stretches[k] = radius / norm_from(direction_squares[k], directions + k * width, width);
  }
}

/// The same for narrow rows without limits of velocities.
void move_narrow_rows(const UpdaterPorts io, Rows strip, bool special_centre, const double* directions,
                      const double* radii) {
  const std::size_t width = io.position.width();
  const Reals inertia = io.inertia.value();
  const Reals to_own = io.personal_best_attraction.value();
  const Reals to_informant = io.neighbor_best_attraction.value();
  BlockRows informants, shares, ways, squares, stretch;
  double way_squares[block_length + 8];
  double direction_squares[block_length + 8];
  double stretches[block_length + 8];

  for_blocks(strip, width, [&](Rows rows) SKEIN_INLINED {
    const std::size_t count = rows.count() * width;
    const double* direction = directions + (rows.first - strip.first) * width;
    const double* radius = radii + (rows.first - strip.first);
    const double* x = io.position.row(rows.first);
    const double* p = io.personal_best.row(rows.first);
    informants.fill(rows.count(), width,
                    [&](std::size_t k) SKEIN_INLINED { return io.personal_best.row(io.informant(rows.first + k)); });
    shares.spread(rows.count(), width, [&](std::size_t k) SKEIN_INLINED {
      return informs_itself(io, rows.first + k, special_centre) ? 0.5 : third;
    });
    for_places(
        count,
        [&](auto at, auto store) SKEIN_INLINED {
          const Reals x_i = at.load(x);
          const Reals share = at.load(shares.numbers);
          const Reals own = to_own * finite(at.load(p) - x_i);
          const Reals both = own + to_informant * finite(at.load(informants.numbers) - x_i);
          store(select(share == 0.5, own, both) * share);
        },
        [&](auto at, Reals c) SKEIN_INLINED {
          at.store(c, ways.numbers);
          at.store(c * c, squares.numbers);
        });
    fold_rows<Sum>(squares.numbers, rows.count(), width, width, way_squares);
    write_places(count, squares.numbers,
                 [&](auto at) SKEIN_INLINED { return at.load(direction) * at.load(direction); });
    fold_rows<Sum>(squares.numbers, rows.count(), width, width, direction_squares);
    for (std::size_t k = 0; k < rows.count(); k += 8) {
      find_stretches(std::min<std::size_t>(8, rows.count() - k), width, radius + k, ways.numbers + k * width,
                     way_squares + k, direction + k * width, direction_squares + k, stretches + k);
    }
    stretch.spread(rows.count(), width, [&](std::size_t k) SKEIN_INLINED { return stretches[k]; });
    double* velocity = io.velocity.row(rows.first);
    move_places(count, io.position.row(rows.first), velocity, [&](auto at, Reals) SKEIN_INLINED {
      const Reals aim = at.load(ways.numbers) + at.load(direction) * at.load(stretch.numbers);
      return accelerated(inertia, at.load(velocity), aim);
    });
  });
}

void move_strip(const UpdaterPorts& io, Rows rows, bool special_centre, const double* directions, const double* radii,
                double* way) {
  const bool narrow = is_narrow(io.position) && is_narrow(io.velocity) && is_narrow(io.personal_best);
  if (narrow && !io.limits_components() && !io.limits_velocities()) {
    move_narrow_rows(io, rows, special_centre, directions, radii);
  } else {
    move_rows(io, rows, special_centre, directions, radii, way);
  }
}

}  // namespace
}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skein {
namespace {

HWY_EXPORT(move_strip);

/// v <- w*v + (c + D*(r/|D|)), then x <- x + v, component by component and in exactly this order of evaluation, where
///
/// - c is the way from the position to a centre: c = (c1*(p - x) + c2*(g - x)) * (1/3), or c = (c1*(p - x)) / 2 for a
///   particle that is its own best informant (neighbor_best is its own row, or points at none), unless
///   `own_best_centre` is `none`;
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
/// Between the two steps every component of v is limited to [-component_limits, component_limits], then a velocity with
/// |v| > velocity_limit is scaled to that length. The old velocity, p - x and g - x are limited to 2^1000 in size, so
/// that infinite ones give no NaN. A NaN stays visible, and spreads over its row by way of |c|. What becomes of
/// particles that leave their bounds is the matter of the role bounds_handling; Clerc's rule is `clamp_and_bounce`.
///
/// The ball and the centre of a particle that informs itself are Clerc's (2012). Two attractions instead of one, the
/// limit of |v| and the synchronous update are HeuristicLab's, which knows the first centre only. Cost: about 4 ns per
/// component, most of it for the normal numbers.
struct Spso2011Updater {
  static constexpr std::string_view name = "spso_2011_updater";
  static constexpr std::string_view summary =
      "moves particles by inertia and to random points of a ball between them and the best positions they know";
  static constexpr std::string_view source =
      "Clerc, Standard Particle Swarm Optimisation: from 2006 to 2011 (2012); Zambrano-Bigiarini, Clerc and Rojas, "
      "Standard Particle Swarm Optimisation 2011 at CEC-2013 (2013)";
  static constexpr auto roles = std::array<std::string_view, 1>{"particle_updater"};

  struct Ports : UpdaterPorts {
    Scratch<double> direction, way;
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
      in("velocity_limit", &Ports::velocity_limit, "real", "largest length of the velocity")
          .initial(no_limit)
          .minimum(0),
      in("component_limits", &Ports::component_limits, "real[d]", "largest size of the components of the velocity")
          .broadcast()
          .initial(no_limit)
          .minimum(0),
      scratch("normal_numbers", &Ports::direction, "real[n,d]", "the numbers D of some rows"),
      scratch("ways", &Ports::way, "real[n,d]", "the way c of a row")};
  static constexpr auto streams = std::array{StreamSpec{"direction", "D, one normal number per component"},
                                             StreamSpec{"radius", "u, one uniform number per row"}};

  enum class Centre : std::uint8_t { clerc, none };
  struct Parameters {
    Centre own_best_centre = Centre::clerc;
  };
  static constexpr auto parameters =
      std::tuple{parameter("own_best_centre", &Parameters::own_best_centre, "clerc",
                           "centre for a particle that is its own best informant: Clerc's, or the one for all others")
                     .choices("clerc|none")};

  static void run(const Ports& io, const Parameters& chosen, RowContext& context) noexcept {
    const Rows rows = context.rows();
    const std::size_t width = io.position.width();
    LaneGenerator& direction = context.random(0);
    LaneGenerator& radius = context.random(1);
    // Whole rows, because a row is moved along the direction of all its numbers.
    const std::size_t step = width <= strip_length ? rows_per_strip(width) : 1;
    for (std::size_t row = rows.first; row < rows.last; row += step) {
      const Rows strip{row, std::min(row + step, rows.last)};
      double radii[strip_length];
      direction.fill_normal(io.direction.data, strip.count() * width);
      radius.fill_uniform(radii, strip.count());
      HWY_DYNAMIC_DISPATCH(move_strip)
      (io, strip, chosen.own_best_centre == Centre::clerc, io.direction.data, radii, io.way.data);
    }
  }
};

}  // namespace

const OperatorTable& spso_2011_updater_operator() { return operator_table<Spso2011Updater>(); }

}  // namespace skein
#endif  // HWY_ONCE
