#include <algorithm>

#include "core/kernel/kernel-inl.hpp"
#include "encodings/real_vector/all.hpp"
#include "encodings/real_vector/move-inl.hpp"
#include "encodings/real_vector/updater_ports.hpp"
#include "operators/random/strips.hpp"
#include "operators/topology/random_below.hpp"
#include "skein/math.hpp"
#include "skein/operator.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {
namespace {

/// x <- x + v for a part of a row, within the limits of velocities.
void move_within_limits(const UpdaterPorts& io, std::size_t row, std::size_t first, std::size_t count) {
  move_limited(io, {row, first, count});
}

}  // namespace
}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skein {
namespace {

HWY_EXPORT(move_within_limits);

/// v <- w*v + (c*r)*(p_f - x), then x <- x + v, component by component: each component learns from the personal best of
/// a particle f of its own, the exemplar. Here w is inertia, c is personal_best_attraction, and r is uniform in [0, 1),
/// drawn for every component, row by row, from the stream `learning`.
///
/// Particle i of n chooses its exemplars anew when its personal best has not improved in `refreshing_gap` calls, and in
/// the first call. For every component: with the probability 1 - P_i the particle itself; otherwise the better one, by
/// personal best fitness, of two others that are drawn uniformly. If all components would learn from the particle
/// itself, one that is drawn learns from a particle that is drawn. P_i = 0.05 + 0.45*(exp(10 i/(n - 1)) - 1)/(exp(10) -
/// 1) with i from 0 on.
///
/// Between the two steps v is limited as by `inertia_weight`. Topologies play no part. Cost: about 3 ns per component,
/// more where swarms come from memory. Liang, Qin, Suganthan and Baskar, Comprehensive learning particle swarm
/// optimizer for global optimization of multimodal functions (2006); there w falls linearly from 0.9 to 0.4 and c
/// is 1.49445.
struct ComprehensiveLearningUpdater {
  static constexpr std::string_view name = "comprehensive_learning_updater";
  static constexpr std::string_view summary = "moves particles to bests of different particles, one per component";
  static constexpr std::string_view source =
      "Liang, Qin, Suganthan and Baskar, Comprehensive learning particle swarm optimizer for global optimization of "
      "multimodal functions (2006)";
  static constexpr auto roles = std::array<std::string_view, 1>{"particle_updater"};

  struct Ports : UpdaterPorts {
    InFitness personal_best_fitness;
    InOut<std::int64_t> exemplars;
    InOut<std::int64_t> failures;
    InOutFitness known_fitness;
  };
  static constexpr auto ports = std::tuple{
      inout("position", &Ports::position, "real[n,d]", "where the particles are"),
      inout("velocity", &Ports::velocity, "real[n,d]", "how they moved last"),
      in("personal_best", &Ports::personal_best, "real[n,d]", "best position that each particle has visited").any(),
      in("personal_best_fitness", &Ports::personal_best_fitness, "fitness[n]", "fitness of `personal_best`").any(),
      in("inertia", &Ports::inertia, "real", "weight of the old velocity").initial("0.7298"),
      in("personal_best_attraction", &Ports::personal_best_attraction, "real", "strength of the pull")
          .initial("1.49445"),
      in("velocity_limit", &Ports::velocity_limit, "real", "largest length of the velocity")
          .initial(no_limit)
          .minimum(0),
      in("component_limits", &Ports::component_limits, "real[d]", "largest size of the components of the velocity")
          .broadcast()
          .initial(no_limit)
          .minimum(0),
      hidden("exemplars", &Ports::exemplars, "integer[n,d]", "whom each component learns from").initial("0"),
      hidden("failures", &Ports::failures, "integer[n]", "calls since the personal best improved; -1: no exemplars yet")
          .initial("-1"),
      hidden("known_fitness", &Ports::known_fitness, "fitness[n]", "of the personal best in the last call")};
  static constexpr auto streams = std::array{StreamSpec{"learning", "r, one number per component"},
                                             StreamSpec{"exemplars", "the choice of exemplars"}};

  struct Parameters {
    std::int64_t refreshing_gap = 7;
  };
  static constexpr auto parameters =
      std::tuple{parameter("refreshing_gap", &Parameters::refreshing_gap, "7",
                           "calls without improvement after which exemplars are chosen anew")
                     .minimum(1)};

  static double learning_probability(std::size_t row, std::size_t count) noexcept {
    const double place = count > 1 ? static_cast<double>(row) / static_cast<double>(count - 1) : 0.0;
    return 0.05 + 0.45 * (math::exp(10 * place) - 1) / (math::exp(10.0) - 1);
  }

  static double uniform(LaneGenerator& random) noexcept {
    double u = 0;
    random.fill_uniform(&u, 1);
    return u;
  }

  /// One of the particles other than `row`; itself where there is none.
  static std::size_t any_other(LaneGenerator& random, std::size_t row, std::size_t count) noexcept {
    if (count < 2) return row;
    const std::size_t other = random_below(random, count - 1);
    return other < row ? other : other + 1;
  }

  static void choose_exemplars(const Ports& io, std::size_t row, LaneGenerator random) noexcept {
    const std::size_t count = io.personal_best.rows();
    const std::size_t width = io.position.width();
    std::int64_t* exemplars = io.exemplars.row(row);
    const double probability = learning_probability(row, count);
    bool learns = false;
    for (std::size_t i = 0; i < width; ++i) {
      exemplars[i] = static_cast<std::int64_t>(row);
      if (uniform(random) >= probability) continue;
      const std::size_t first = any_other(random, row, count);
      const std::size_t second = any_other(random, row, count);
      const bool second_is_better = better(io.personal_best_fitness[second], io.personal_best_fitness[first]);
      exemplars[i] = static_cast<std::int64_t>(second_is_better ? second : first);
      learns = true;
    }
    if (learns || width == 0) return;
    const std::size_t component = random_below(random, width);
    exemplars[component] = static_cast<std::int64_t>(any_other(random, row, count));
  }

  static void refresh(const Ports& io, const Parameters& chosen, RowContext& context, std::size_t row) noexcept {
    std::int64_t& failures = io.failures.value(row);
    const FitnessRow fitness = io.personal_best_fitness[row];
    if (failures >= 0) failures = better(fitness, io.known_fitness[row]) ? 0 : failures + 1;
    io.known_fitness.assign(row, fitness);
    if (failures >= 0 && failures < chosen.refreshing_gap) return;
    choose_exemplars(io, row, context.row_random(1, row));
    failures = 0;
  }

  static void run(const Ports& io, const Parameters& chosen, RowContext& context) noexcept {
    LaneGenerator& learning = context.random(0);
    const Rows all = context.rows();
    for (std::size_t row = all.first; row < all.last; ++row) refresh(io, chosen, context, row);
    for_strips(all, io.position.width(), [&](Rows rows, std::size_t first, std::size_t count) {
      double numbers[strip_length];
      learning.fill_uniform(numbers, rows.count() * count);
      for (std::size_t row = rows.first; row < rows.last; ++row) {
        move(io, row, first, count, numbers + (row - rows.first) * count);
      }
    });
  }

  static void move(const Ports& io, std::size_t row, std::size_t first, std::size_t count,
                   const double* numbers) noexcept {
    const std::int64_t* exemplars = io.exemplars.row(row) + first;
    double* x = io.position.row(row) + first;
    double* v = io.velocity.row(row) + first;
    const double inertia = io.inertia.value();
    const double attraction = io.personal_best_attraction.value();
    const bool limited = io.limits_components() || io.limits_velocities();
    for (std::size_t i = 0; i < count; ++i) {
      // A swarm that has shrunk may have lost the exemplar.
      const auto exemplar = static_cast<std::size_t>(exemplars[i]);
      const double p = io.personal_best(exemplar < io.personal_best.rows() ? exemplar : row, first + i);
      v[i] = inertia * v[i] + (attraction * numbers[i]) * (p - x[i]);
      if (!limited) x[i] += v[i];
    }
    if (limited) HWY_DYNAMIC_DISPATCH(move_within_limits)(io, row, first, count);
  }
};

}  // namespace

const OperatorTable& comprehensive_learning_updater_operator() {
  return operator_table<ComprehensiveLearningUpdater>();
}

}  // namespace skein
#endif  // HWY_ONCE
