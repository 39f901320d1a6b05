#include "operators/all.hpp"
#include "operators/swarm/best_row.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// best <- the best position (of equally good ones the lowest row) where that is better than best_fitness, which it
/// takes along.
///
/// A best_fitness that is still the initial worst is replaced by whatever comes, so that best is always a solution that
/// was there. Works on solutions of any encoding. Cost: about 1 ns per row.
struct RememberBest {
  static constexpr std::string_view name = "remember_best";
  static constexpr std::string_view summary = "stores the best solution that a population has had";

  struct Ports {
    InBundle position;
    InFitness fitness;
    InOutBundle best;
    InOutFitness best_fitness;
  };
  static constexpr auto ports =
      std::tuple{in("position", &Ports::position, "solution[n]", "the solutions").any(),
                 in("fitness", &Ports::fitness, "fitness[n]", "fitness of `position`"),
                 inout("best", &Ports::best, "solution", "best solution that any row has had").accepts_unwritten(),
                 inout("best_fitness", &Ports::best_fitness, "fitness", "fitness of `best`")};

  using Partial = BestRow;

  static void map(const Ports& io, RowContext& context, Partial& partial) noexcept {
    partial.consider_rows(io.fitness, context.rows());
  }

  static void combine(Partial& into, const Partial& later) noexcept { into.combine(later); }

  static void finish(const Ports& io, const Partial* total) noexcept {
    if (total == nullptr) return;
    const FitnessRow best = io.best_fitness[0];
    if (!better(total->fitness, best) && !is_initial(best)) return;
    io.best.copy_row(0, io.position, total->row);
    io.best_fitness.assign(0, total->fitness);
  }
};

}  // namespace

const OperatorTable& remember_best_operator() { return operator_table<RememberBest>(); }

}  // namespace skein
