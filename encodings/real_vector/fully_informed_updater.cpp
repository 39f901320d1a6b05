#include "core/kernel/kernel-inl.hpp"
#include "encodings/real_vector/all.hpp"
#include "encodings/real_vector/move-inl.hpp"
#include "encodings/real_vector/updater_ports.hpp"
#include "operators/random/strips.hpp"
#include "skein/neighborhood.hpp"
#include "skein/operator.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {
namespace {

/// v <- w*v for a part of a row.
void keep_inertia(const UpdaterPorts& io, std::size_t row, std::size_t first, std::size_t count) {
  const Reals inertia = io.inertia.value();
  double* velocity = io.velocity.row(row) + first;
  write_places(count, velocity, [=](auto at) SKEIN_INLINED { return inertia * finite(at.load(velocity)); });
}

/// v <- v + (share*r)*(p - x) for a part of a row; p is what the informant knows, r the numbers.
void pull(const UpdaterPorts& io, std::size_t row, std::size_t informant, std::size_t first, std::size_t count,
          double share, const double* numbers) {
  const Reals strength = share;
  const double* x = io.position.row(row) + first;
  const double* p = io.personal_best.row(informant) + first;
  double* velocity = io.velocity.row(row) + first;
  write_places(count, velocity, [=](auto at) SKEIN_INLINED {
    return at.load(velocity) + (strength * at.load(numbers)) * finite(at.load(p) - at.load(x));
  });
}

/// x <- x + v for a part of a row, within the limits of velocities.
void move(const UpdaterPorts& io, std::size_t row, std::size_t first, std::size_t count) {
  const double* velocity = io.velocity.row(row) + first;
  move_part(io, {row, first, count}, [=](auto at, Reals) SKEIN_INLINED { return at.load(velocity); });
}

}  // namespace
}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skein {
namespace {

HWY_EXPORT(keep_inertia);
HWY_EXPORT(pull);
HWY_EXPORT(move);

/// v <- w*v + sum over all informants k of (s*r_k)*(p_k - x), then x <- x + v, component by component, informants in
/// the order of the neighbourhood; where
///
/// - w is inertia, s = (personal_best_attraction + neighbor_best_attraction) / number of informants;
/// - p_k is the personal best of informant k; the particle itself is one of them where `self_informed` is true, and
///   where it has no other;
/// - r_k is uniform in [0, 1), drawn for every component: for a part of at most 512 components of a row, informant by
///   informant.
///
/// Between the two steps v is limited as by `inertia_weight`. The old velocity and p_k - x are limited to 2^1000 in
/// size. What becomes of particles that leave their bounds is the matter of the role bounds_handling. Cost: about 1 ns
/// per component and informant. Mendes, Kennedy and Neves (2004), who found swarms better in which particles leave
/// themselves out; with the default coefficients, w is the constriction 0.7298 and the sum of the attractions 4.1 times
/// that.
struct FullyInformedUpdater {
  static constexpr std::string_view name = "fully_informed_updater";
  static constexpr std::string_view summary =
      "moves particles by inertia and by attraction to what all informants know";
  static constexpr std::string_view source =
      "Mendes, Kennedy and Neves, The fully informed particle swarm: simpler, maybe better (2004)";
  static constexpr auto roles = std::array<std::string_view, 1>{"particle_updater"};

  struct Ports : UpdaterPorts {
    InObject<Neighborhood> neighborhood;
  };
  static constexpr auto ports = std::tuple{
      inout("position", &Ports::position, "real[n,d]", "where the particles are"),
      inout("velocity", &Ports::velocity, "real[n,d]", "how they moved last"),
      in("personal_best", &Ports::personal_best, "real[n,d]", "best position that each particle has visited").any(),
      in("neighborhood", &Ports::neighborhood, "neighborhood", "who informs whom"),
      in("inertia", &Ports::inertia, "real", "weight of the old velocity").initial("0.7298"),
      in("personal_best_attraction", &Ports::personal_best_attraction, "real", "one half of the pull of all informants")
          .initial("1.49618"),
      in("neighbor_best_attraction", &Ports::neighbor_best_attraction, "real", "the other half").initial("1.49618"),
      in("velocity_limit", &Ports::velocity_limit, "real", "largest length of the velocity")
          .initial(no_limit)
          .minimum(0),
      in("component_limits", &Ports::component_limits, "real[d]", "largest size of the components of the velocity")
          .broadcast()
          .initial(no_limit)
          .minimum(0)};
  static constexpr auto streams = std::array{StreamSpec{"", "r, one number per component and informant"}};

  struct Parameters {
    bool self_informed = false;
  };
  static constexpr auto parameters =
      std::tuple{parameter("self_informed", &Parameters::self_informed, "false",
                           "whether the own personal best pulls as an informant's does")};

  static void run(const Ports& io, const Parameters& chosen, RowContext& context) noexcept {
    const Rows rows = context.rows();
    const std::size_t width = io.position.width();
    const std::size_t count = io.personal_best.rows();
    LaneGenerator& random = context.random(0);
    const double attraction = io.personal_best_attraction.value() + io.neighbor_best_attraction.value();
    for (std::size_t row = rows.first; row < rows.last; ++row) {
      const std::size_t all = io.neighborhood->informants_of(row, count);
      const bool self_informed = chosen.self_informed || all == 1;
      const double share = attraction / static_cast<double>(self_informed ? all : all - 1);
      for (std::size_t first = 0; first < width; first += strip_length) {
        const std::size_t part = std::min(strip_length, width - first);
        HWY_DYNAMIC_DISPATCH(keep_inertia)(io, row, first, part);
        io.neighborhood->for_each_informant(row, count, [&](std::size_t informant) {
          if (informant == row && !self_informed) return;
          double numbers[strip_length];
          random.fill_uniform(numbers, part);
          HWY_DYNAMIC_DISPATCH(pull)(io, row, informant, first, part, share, numbers);
        });
        HWY_DYNAMIC_DISPATCH(move)(io, row, first, part);
      }
    }
  }
};

}  // namespace

const OperatorTable& fully_informed_updater_operator() { return operator_table<FullyInformedUpdater>(); }

}  // namespace skein
#endif  // HWY_ONCE
