// One iteration of a swarm in one pass over its rows, for any move and any function. Included once per instruction set.
//
// Moves must see the personal bests of the iteration before, although these are replaced in the same pass: the whole
// swarm's best row is copied beforehand, and on a ring, where a row looks at its neighbours, a row's own personal best
// is replaced only after the next row has moved.
#if defined(SKEIN_BENCHMARKS_LIMIT_SWARM_LOOP_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef SKEIN_BENCHMARKS_LIMIT_SWARM_LOOP_INL_HPP
#undef SKEIN_BENCHMARKS_LIMIT_SWARM_LOOP_INL_HPP
#else
#define SKEIN_BENCHMARKS_LIMIT_SWARM_LOOP_INL_HPP
#endif

#include <algorithm>
#include <cmath>
#include <cstring>

#include "benchmarks/limit/functions-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::bench::HWY_NAMESPACE {

/// How many rows are moved before their values are made and their personal bests replaced: as many as stay in the
/// fastest cache.
constexpr std::size_t most_rows_at_once = 8;
HWY_INLINE std::size_t RowsAtOnce(std::size_t dimension) {
  return dimension <= 64 ? most_rows_at_once : dimension <= 256 ? 2 : 1;
}

/// The best informant of every row, as the iteration found it: its row and its personal best.
struct WholeSwarm {
  HWY_INLINE explicit WholeSwarm(LimitSwarm& swarm) : best(swarm.best), copy(swarm.informant.data()) {
    std::memcpy(swarm.informant.data(), swarm.personal_best.data() + best * swarm.stride,
                swarm.stride * sizeof(double));
  }
  std::size_t best;
  const double* copy;
  HWY_INLINE std::size_t row_of(std::size_t) const { return best; }
  HWY_INLINE const double* personal_best(std::size_t) const { return copy; }
};

struct Ring {
  HWY_INLINE explicit Ring(LimitSwarm& swarm)
      : personal_bests(swarm.personal_best.data()),
        copy_of_first(swarm.informant.data()),
        fitness(swarm.fitness.data()),
        first_fitness(swarm.fitness[0]),
        last(swarm.particles - 1),
        stride(swarm.stride) {
    std::memcpy(swarm.informant.data(), personal_bests, stride * sizeof(double));
  }
  const double* personal_bests;
  const double* copy_of_first;
  const double* fitness;
  double first_fitness;
  std::size_t last, stride;

  /// The best of the row before, the row itself and the next one; of equally good ones the lowest row.
  HWY_INLINE std::size_t row_of(std::size_t row) const {
    const std::size_t before = row == 0 ? last : row - 1;
    const std::size_t after = row == last ? 0 : row + 1;
    const double after_fitness = row == last ? first_fitness : fitness[after];
    const bool takes_before = row == 0 ? fitness[before] < fitness[row] : fitness[before] <= fitness[row];
    const std::size_t better = takes_before ? before : row;
    const double better_fitness = takes_before ? fitness[before] : fitness[row];
    const bool takes_after = row == last ? after_fitness <= better_fitness : after_fitness < better_fitness;
    return takes_after ? after : better;
  }
  HWY_INLINE const double* personal_best(std::size_t row) const {
    return row == 0 ? copy_of_first : personal_bests + row * stride;
  }
};

/// Replaces personal bests and keeps the best of all.
struct Memory {
  HWY_INLINE explicit Memory(LimitSwarm& all) : swarm(all), best(all.best), best_fitness(all.fitness[all.best]) {}
  LimitSwarm& swarm;
  std::size_t best;
  double best_fitness;

  HWY_INLINE void remember(std::size_t row, double value) {
    if (!(value < swarm.fitness[row])) return;
    const std::size_t first = row * swarm.stride;
    std::memcpy(swarm.personal_best.data() + first, swarm.position.data() + first, swarm.dimension * sizeof(double));
    swarm.fitness[row] = value;
    if (value < best_fitness || (value == best_fitness && row < best)) {
      best = row;
      best_fitness = value;
    }
  }
};

/// Move::row(function, row, informant's row, its personal best) moves one row and shows the function where it went.
/// Everything is inlined, so that generator and sums stay in registers.
template <class Move, class Function, class Informants>
HWY_FLATTEN void Iterate(LimitSwarm& swarm) {
  const Reals d;
  const std::size_t rows_at_once = RowsAtOnce(swarm.dimension);
  const auto dimension = static_cast<double>(swarm.dimension);
  const Informants informants(swarm);
  Memory memory(swarm);
  Move move(swarm);
  double pending = 0;  // the value of the last row that has moved
  for (std::size_t first = 0; first < swarm.particles; first += rows_at_once) {
    const std::size_t count = std::min(rows_at_once, swarm.particles - first);
    alignas(64) double first_sum[most_rows_at_once] = {};
    alignas(64) double second_sum[most_rows_at_once] = {};
    alignas(64) double value[most_rows_at_once];
    for (std::size_t k = 0; k < count; ++k) {
      Function function(swarm);
      const std::size_t informant = informants.row_of(first + k);
      move.row(function, first + k, informant, informants.personal_best(informant));
      function.whole_row(swarm.position.data() + (first + k) * swarm.stride, swarm.dimension);
      first_sum[k] = function.first_sum();
      second_sum[k] = function.second_sum();
    }
    for (std::size_t k = 0; k < count; k += hn::Lanes(d)) {
      hn::Store(Function::value(hn::Load(d, first_sum + k), hn::Load(d, second_sum + k), dimension), d, value + k);
    }
    if (first != 0) memory.remember(first - 1, pending);
    for (std::size_t k = 0; k + 1 < count; ++k) memory.remember(first + k, value[k]);
    pending = value[count - 1];
  }
  memory.remember(swarm.particles - 1, pending);
  move.generator.save();
  swarm.best = memory.best;
}

template <class Move, class Function>
void IterateOften(LimitSwarm& swarm, std::size_t iterations) {
  const auto iterate =
      swarm.topology == Topology::ring ? &Iterate<Move, Function, Ring> : &Iterate<Move, Function, WholeSwarm>;
  for (std::size_t i = 0; i < iterations; ++i) iterate(swarm);
}

template <class Move>
void AdvanceWith(LimitSwarm& swarm, std::size_t iterations) {
  switch (swarm.objective) {
    case Objective::sphere:
      return IterateOften<Move, Sphere>(swarm, iterations);
    case Objective::rastrigin:
      return IterateOften<Move, Rastrigin>(swarm, iterations);
    case Objective::rosenbrock:
      return IterateOften<Move, Rosenbrock>(swarm, iterations);
    case Objective::griewank:
      return IterateOften<Move, Griewank>(swarm, iterations);
    case Objective::ackley:
      return IterateOften<Move, Ackley>(swarm, iterations);
  }
}

}  // namespace skein::bench::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
