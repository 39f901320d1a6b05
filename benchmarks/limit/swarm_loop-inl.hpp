// One iteration of a swarm in one pass over its rows, for any move and any function. Included once per instruction set.
#if defined(SKEIN_BENCHMARKS_LIMIT_SWARM_LOOP_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef SKEIN_BENCHMARKS_LIMIT_SWARM_LOOP_INL_HPP
#undef SKEIN_BENCHMARKS_LIMIT_SWARM_LOOP_INL_HPP
#else
#define SKEIN_BENCHMARKS_LIMIT_SWARM_LOOP_INL_HPP
#endif

#include <algorithm>
#include <cstring>

#include "benchmarks/limit/functions-inl.hpp"
#include "benchmarks/limit/informants-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::bench::HWY_NAMESPACE {

/// Replaces personal bests and keeps the best of all.
struct Memory {
  HWY_INLINE explicit Memory(LimitSwarm& all) : swarm(all), best(all.best), best_fitness(all.fitness()[all.best]) {}
  LimitSwarm& swarm;
  std::size_t best;
  double best_fitness;

  HWY_INLINE void remember(std::size_t row, double value) {
    if (!(value < swarm.fitness()[row])) return;
    const std::size_t first = row * swarm.dimension;
    copy_row(swarm.position.data() + first, swarm.personal_best.data() + first, swarm.dimension);
    swarm.fitness()[row] = value;
    if (value < best_fitness || (value == best_fitness && row < best)) {
      best = row;
      best_fitness = value;
    }
  }
};

/// x <- x + v for `count` coordinates in a row; one that is beyond a bound is put on it, and its velocity v becomes
/// at_bound(v). `velocity_of(i, x)` makes the velocities of one vector. `lower` and `upper` are bounds for all of them.
template <class VelocityOf, class AtBound>
HWY_INLINE void move_coordinates(double* HWY_RESTRICT x, double* HWY_RESTRICT v, const double* HWY_RESTRICT lower,
                                 const double* HWY_RESTRICT upper, std::size_t count, VelocityOf velocity_of,
                                 AtBound at_bound) {
  const Reals d;
  const std::size_t lanes = hn::Lanes(d);
  const auto move = [&](std::size_t i, V& bounded, V& speed) HWY_ATTR {
    const V at = hn::LoadU(d, x + i);
    const V aimed = velocity_of(i, at);
    const V moved = hn::Add(at, aimed);
    bounded = hn::Min(hn::Max(moved, hn::LoadU(d, lower + i)), hn::LoadU(d, upper + i));
    speed = hn::IfThenElse(hn::Eq(moved, bounded), aimed, at_bound(aimed));
  };
  V bounded, speed;
  std::size_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    move(i, bounded, speed);
    hn::StoreU(bounded, d, x + i);
    hn::StoreU(speed, d, v + i);
  }
  if (i == count) return;
  // At most once per block of rows, and mostly never.
  alignas(64) double positions[8];
  alignas(64) double velocities[8];
  move(i, bounded, speed);
  hn::Store(bounded, d, positions);
  hn::Store(speed, d, velocities);
  std::memcpy(x + i, positions, (count - i) * sizeof(double));
  std::memcpy(v + i, velocities, (count - i) * sizeof(double));
}

/// Move::rows(block, informants) moves the rows of a block. Everything is inlined, so that the generator stays in
/// registers.
template <class Move, class Function, class Informants>
HWY_FLATTEN void run_iteration(LimitSwarm& swarm) {
  const Reals d;
  const std::size_t dimension = swarm.dimension;
  const Informants informants(swarm);
  const Function function(swarm);
  Memory memory(swarm);
  Move move(swarm);
  double pending = 0;  // the value of the last row that has moved
  BestInformants best;
  for (std::size_t first = 0; first < swarm.particles; first += swarm.rows_at_once) {
    const RowBlock block{first, std::min(swarm.rows_at_once, swarm.particles - first)};
    informants.find(block, best);
    move.rows(block, best);
    alignas(64) double first_sum[LimitSwarm::most_rows_at_once] = {};
    alignas(64) double second_sum[LimitSwarm::most_rows_at_once] = {};
    alignas(64) double value[LimitSwarm::most_rows_at_once];
    for (std::size_t k = 0; k < block.count; ++k) {
      const Sums sums = function.sums(swarm.position.data() + (first + k) * dimension, dimension);
      first_sum[k] = sums.first;
      second_sum[k] = sums.second;
    }
    for (std::size_t k = 0; k < block.count; k += hn::Lanes(d)) {
      const V values =
          Function::value(hn::Load(d, first_sum + k), hn::Load(d, second_sum + k), static_cast<double>(dimension));
      hn::Store(values, d, value + k);
    }
    if (first != 0) memory.remember(first - 1, pending);
    for (std::size_t k = 0; k + 1 < block.count; ++k) memory.remember(first + k, value[k]);
    pending = value[block.count - 1];
  }
  memory.remember(swarm.particles - 1, pending);
  move.generator.save();
  swarm.best = memory.best;
}

template <class Move, class Function>
void iterate_often(LimitSwarm& swarm, std::size_t iterations) {
  const auto iteration = swarm.topology == Topology::ring ? &run_iteration<Move, Function, Ring>
                                                          : &run_iteration<Move, Function, WholeSwarm>;
  for (std::size_t i = 0; i < iterations; ++i) iteration(swarm);
}

template <class Move>
void advance_with(LimitSwarm& swarm, std::size_t iterations) {
  switch (swarm.objective) {
    case Objective::sphere:
      return iterate_often<Move, Sphere>(swarm, iterations);
    case Objective::rastrigin:
      return iterate_often<Move, Rastrigin>(swarm, iterations);
    case Objective::rosenbrock:
      return iterate_often<Move, Rosenbrock>(swarm, iterations);
    case Objective::griewank:
      return iterate_often<Move, Griewank>(swarm, iterations);
    case Objective::ackley:
      return iterate_often<Move, Ackley>(swarm, iterations);
  }
}

}  // namespace skein::bench::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
