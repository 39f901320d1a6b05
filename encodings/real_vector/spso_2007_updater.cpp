#include "core/kernel/kernel-inl.hpp"
#include "encodings/real_vector/all.hpp"
#include "encodings/real_vector/move-inl.hpp"
#include "encodings/real_vector/updater_ports.hpp"
#include "operators/random/strips.hpp"
#include "skein/operator.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {
namespace {

/// `twice`: a particle that is its own best informant is pulled by it as by any other.
void move_rows(const UpdaterPorts& io, const UpdaterStrip& strip, bool twice) {
  const Reals inertia = io.inertia.value();
  const Reals own = io.personal_best_attraction.value();
  const Reals informed = io.neighbor_best_attraction.value();
  for (std::size_t row = strip.rows.first; row < strip.rows.last; ++row) {
    const double* velocity = io.velocity.row(row) + strip.first;
    const double* p = io.personal_best.row(row) + strip.first;
    const double* cognitive = strip.cognitive + (row - strip.rows.first) * strip.count;
    const double* social = strip.social + (row - strip.rows.first) * strip.count;
    const auto pulled_by_own = [=](auto at, Reals x) SKEIN_INLINED {
      return inertia * finite(at.load(velocity)) + (finite(at.load(p) - x) * own) * at.load(cognitive);
    };
    const std::size_t informant = io.informant(row);
    const RowPart part{row, strip.first, strip.count};
    if (informant == row && !twice) {
      move_part(io, part, pulled_by_own);
    } else {
      const double* g = io.personal_best.row(informant) + strip.first;
      move_part(io, part, [=](auto at, Reals x) SKEIN_INLINED {
        return pulled_by_own(at, x) + (finite(at.load(g) - x) * informed) * at.load(social);
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

/// v <- (w*v + ((p - x)*c1)*r1) + ((g - x)*c2)*r2, then x <- x + v, component by component and in exactly this order of
/// evaluation; a particle that is its own best informant (neighbor_best is its own row, or points at none) has only
/// v <- w*v + ((p - x)*c1)*r1, unless `own_best_pull` is `twice`. Here
///
/// - w, c1, c2 are inertia, personal_best_attraction and neighbor_best_attraction;
/// - r1 and r2 are uniform in [0, 1), drawn for every component, row by row, from the streams `cognitive` and `social`,
///   also where r2 is not used;
/// - p is the particle's personal best and g that of its best informant.
///
/// Between the two steps every component of v is limited to [-component_limits, component_limits], then a velocity with
/// |v| > velocity_limit is scaled to that length; the norm is Euclidean, the squares summed in 8 fixed lanes and scaled
/// where they would overflow or underflow. The old velocity, p - x and g - x are limited to 2^1000 in size, so that
/// infinite ones give no NaN. A NaN stays NaN in x and v. What becomes of particles that leave their bounds is the
/// matter of the role bounds_handling; Clerc's rule is `clamp_and_stop`.
///
/// That a particle which informs itself is not pulled twice is Clerc's (2012); `own_best_pull: twice` is what
/// HeuristicLab does, whose are also two attractions instead of one, the limit of |v| and the synchronous update. Cost:
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
      in("velocity_limit", &Ports::velocity_limit, "real", "largest length of the velocity")
          .initial(no_limit)
          .minimum(0),
      in("component_limits", &Ports::component_limits, "real[d]", "largest size of the components of the velocity")
          .broadcast()
          .initial(no_limit)
          .minimum(0)};
  static constexpr auto streams = std::array{StreamSpec{"cognitive", "r1, one number per component"},
                                             StreamSpec{"social", "r2, one number per component"}};

  enum class Pull : std::uint8_t { once, twice };
  struct Parameters {
    Pull own_best_pull = Pull::once;
  };
  static constexpr auto parameters =
      std::tuple{parameter("own_best_pull", &Parameters::own_best_pull, "once",
                           "how often the own best position pulls a particle that is its own best informant")
                     .choices("once|twice")};

  static void run(const Ports& io, const Parameters& chosen, RowContext& context) noexcept {
    LaneGenerator& cognitive = context.random(0);
    LaneGenerator& social = context.random(1);
    for_strips(context.rows(), io.position.width(), [&](Rows rows, std::size_t first, std::size_t count) {
      double own_numbers[strip_length];
      double informant_numbers[strip_length];
      cognitive.fill_uniform(own_numbers, rows.count() * count);
      social.fill_uniform(informant_numbers, rows.count() * count);
      HWY_DYNAMIC_DISPATCH(move_rows)
      (io, {rows, first, count, own_numbers, informant_numbers}, chosen.own_best_pull == Pull::twice);
    });
  }
};

}  // namespace

const OperatorTable& spso_2007_updater_operator() { return operator_table<Spso2007Updater>(); }

}  // namespace skein
#endif  // HWY_ONCE
