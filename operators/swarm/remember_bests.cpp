#include <limits>

#include "operators/all.hpp"
#include "operators/swarm/best_row.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// personal_best <- position where better(fitness, personal_best_fitness), row by row; best <- the best personal best
/// (of equally good ones the lowest row) where that is better than best_fitness. Each takes its fitness along.
///
/// A fitness that is still the initial worst (violation and objectives infinite) means that nothing is stored yet: it
/// is replaced by whatever comes, NaN included, so that a personal best is always a position that was visited and its
/// own fitness. That also serves rows which a resize has appended. A stored NaN gives way to the first number. Works on
/// solutions of any encoding. Cost: about 3 ns per row, and one copy where it is better. Kennedy and Eberhart,
/// Particle swarm optimization (1995).
struct RememberBests {
  static constexpr std::string_view name = "remember_bests";
  static constexpr std::string_view summary = "stores the best position of every particle and of the swarm";
  static constexpr std::string_view source = "Kennedy and Eberhart, Particle swarm optimization (1995)";
  static constexpr auto roles = std::array<std::string_view, 1>{"swarm_updater"};

  struct Ports {
    InBundle position;
    InFitness fitness;
    InOutBundle personal_best;
    InOutFitness personal_best_fitness;
    InOutBundle best;
    InOutFitness best_fitness;
  };
  static constexpr auto ports = std::tuple{
      in("position", &Ports::position, "solution[n]", "where the particles are"),
      in("fitness", &Ports::fitness, "fitness[n]", "fitness of `position`"),
      inout("personal_best", &Ports::personal_best, "solution[n]", "best position that each particle has visited")
          .accepts_unwritten(),
      inout("personal_best_fitness", &Ports::personal_best_fitness, "fitness[n]", "fitness of `personal_best`"),
      inout("best", &Ports::best, "solution", "best position that any particle has visited").accepts_unwritten(),
      inout("best_fitness", &Ports::best_fitness, "fitness", "fitness of `best`")};

  using Partial = BestRow;

  static void remember(const Ports& io, std::size_t row) noexcept {
    const FitnessRow fitness = io.fitness[row];
    const FitnessRow personal_best = io.personal_best_fitness[row];
    if (!better(fitness, personal_best) && !is_initial(personal_best)) return;
    io.personal_best.copy_row(row, io.position, row);
    io.personal_best_fitness.assign(row, fitness);
  }

  static void map(const Ports& io, RowContext& context, Partial& partial) noexcept {
    const Rows rows = context.rows();
    if (io.fitness.width() != 2) {
      for (std::size_t row = rows.first; row < rows.last; ++row) {
        remember(io, row);
        partial.consider(io.personal_best_fitness[row], row);
      }
      return;
    }
    // Most rows bring nothing new.
    for (std::size_t row = rows.first; row < rows.last; ++row) {
      const double* personal_best = io.personal_best_fitness.row(row);
      const bool is_stored = personal_best[0] < std::numeric_limits<double>::infinity();
      if (!is_stored || !is_no_better(io.fitness.row(row), personal_best)) remember(io, row);
      partial.consider_pair(personal_best, row);
    }
  }

  static void combine(Partial& into, const Partial& later) noexcept { into.combine(later); }

  static void finish(const Ports& io, const Partial* total) noexcept {
    if (total == nullptr) return;
    const FitnessRow best = io.best_fitness[0];
    if (!better(total->fitness, best) && !is_initial(best)) return;
    io.best.copy_row(0, io.personal_best, total->row);
    io.best_fitness.assign(0, total->fitness);
  }
};

}  // namespace

const OperatorTable& remember_bests_operator() { return operator_table<RememberBests>(); }

}  // namespace skein
