#include <array>

#include "operators/all.hpp"
#include "operators/swarm/best_row.hpp"
#include "skein/dominance.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// personal_best <- position unless personal_best dominates it, row by row: what is merely different replaces what was
/// there. best <- the best of these by `better`, the violation and then the objectives in their order (of equally good
/// ones the lowest row), where that is better than best_fitness. Each takes its fitness along.
///
/// What is not finite replaces nothing but what is not finite either. With one objective it differs from remember_bests
/// in this alone: of equally good positions the newest is kept. Cost: about 5 ns per row and a copy of each position
/// that is stored. Nebro et al., SMPSO (2009).
struct RememberNonDominated {
  static constexpr std::string_view name = "remember_non_dominated";
  static constexpr std::string_view summary = "stores positions that personal bests do not dominate";
  static constexpr std::string_view source =
      "Nebro et al., SMPSO: a new PSO-based metaheuristic for multi-objective optimization (2009)";
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
      inout("personal_best", &Ports::personal_best, "solution[n]", "a good position that each particle has visited")
          .accepts_unwritten(),
      inout("personal_best_fitness", &Ports::personal_best_fitness, "fitness[n]", "fitness of `personal_best`"),
      inout("best", &Ports::best, "solution", "best position, by the objectives in their order").accepts_unwritten(),
      inout("best_fitness", &Ports::best_fitness, "fitness", "fitness of `best`")};

  using Partial = BestRow;

  static void map(const Ports& io, RowContext& context, Partial& partial) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      if (!dominates(io.personal_best_fitness[row], io.fitness[row])) {
        io.personal_best.copy_row(row, io.position, row);
        io.personal_best_fitness.assign(row, io.fitness[row]);
      }
      partial.consider(io.personal_best_fitness[row], row);
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

const OperatorTable& remember_non_dominated_operator() { return operator_table<RememberNonDominated>(); }

}  // namespace skein
