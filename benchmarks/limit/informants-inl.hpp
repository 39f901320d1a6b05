// Who informs a particle, and where its personal best is. Moves must see the personal bests of the iteration before,
// although these are replaced in the same pass: the whole swarm's best row is copied beforehand, and on a ring, where a
// row looks at its neighbours, a row's own personal best is replaced only after the next row has moved. Included once
// per instruction set.
#if defined(SKEIN_BENCHMARKS_LIMIT_INFORMANTS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef SKEIN_BENCHMARKS_LIMIT_INFORMANTS_INL_HPP
#undef SKEIN_BENCHMARKS_LIMIT_INFORMANTS_INL_HPP
#else
#define SKEIN_BENCHMARKS_LIMIT_INFORMANTS_INL_HPP
#endif

#include <cstddef>
#include <cstdint>

#include "benchmarks/limit/swarm.hpp"
#include "benchmarks/limit/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::bench::HWY_NAMESPACE {

/// Rows that move together.
struct RowBlock {
  std::size_t first = 0;
  std::size_t count = 0;
};

/// The best informants of the rows of a block: their rows, and their personal bests one after another.
struct BestInformants {
  const double* personal_bests = nullptr;
  alignas(64) std::size_t row[LimitSwarm::most_rows_at_once] = {};
};

struct WholeSwarm {
  HWY_INLINE explicit WholeSwarm(LimitSwarm& swarm) : copies(swarm.informants.data()), best(swarm.best) {
    const double* personal_best = swarm.personal_best.data() + best * swarm.dimension;
    for (std::size_t k = 0; k < swarm.rows_at_once; ++k) {
      copy_row(personal_best, swarm.informants.data() + k * swarm.dimension, swarm.dimension);
    }
  }
  const double* copies;
  std::size_t best;

  HWY_INLINE void find(RowBlock block, BestInformants& found) const {
    found.personal_bests = copies;
    for (std::size_t k = 0; k < block.count; ++k) found.row[k] = best;
  }
};

struct Ring {
  HWY_INLINE explicit Ring(LimitSwarm& all)
      : swarm(all), fitness(all.fitness()), first_fitness(all.fitness()[0]), last(all.particles - 1) {
    copy_row(swarm.personal_best.data(), swarm.first_personal_best.data(), swarm.dimension);
  }
  LimitSwarm& swarm;
  const double* fitness;
  double first_fitness;
  std::size_t last;

  HWY_INLINE void find(RowBlock block, BestInformants& found) const {
    find_rows(block, found.row);
    if (block.first == 0) found.row[0] = best_of(0, last, 1, fitness[last], fitness[0], fitness[1]);
    if (block.first + block.count == last + 1) {
      found.row[block.count - 1] = best_of(last, 0, last - 1, first_fitness, fitness[last], fitness[last - 1]);
    }
    found.personal_bests = personal_best_of(found.row[0]);
    if (swarm.rows_at_once == 1) return;
    for (std::size_t k = 0; k < block.count; ++k) {
      copy_row(personal_best_of(found.row[k]), swarm.informants.data() + k * swarm.dimension, swarm.dimension);
    }
    found.personal_bests = swarm.informants.data();
  }

  HWY_INLINE const double* personal_best_of(std::size_t row) const {
    return row == 0 ? swarm.first_personal_best.data() : swarm.personal_best.data() + row * swarm.dimension;
  }

  /// row[k] <- the best of the row before, the row itself and the next one; of equally good ones the lowest. Wrong for
  /// the first and the last row of the swarm, whose neighbours stand elsewhere.
  HWY_INLINE void find_rows(RowBlock block, std::size_t* row) const {
    const Reals d;
    const Words words;
    const U one = hn::Set(words, 1);
    for (std::size_t k = 0; k < block.count; k += hn::Lanes(d)) {
      const double* own = fitness + block.first + k;
      const V before = hn::LoadU(d, own - 1);
      const V same = hn::LoadU(d, own);
      const V after = hn::LoadU(d, own + 1);
      const auto takes_before = hn::Le(before, same);
      const auto takes_after = hn::Lt(after, hn::IfThenElse(takes_before, before, same));
      const U rows = hn::Iota(words, block.first + k);
      const U lower = hn::IfThenElse(hn::RebindMask(words, takes_before), hn::Sub(rows, one), rows);
      const U best = hn::IfThenElse(hn::RebindMask(words, takes_after), hn::Add(rows, one), lower);
      hn::StoreU(best, words, reinterpret_cast<std::uint64_t*>(row + k));
    }
  }

  /// The best of three rows that the end of the ring divides: the row, the one beyond the end, the one beside it.
  static HWY_INLINE std::size_t best_of(std::size_t row, std::size_t beyond, std::size_t beside, double beyond_fitness,
                                        double row_fitness, double beside_fitness) {
    const bool takes_beside = beside < row ? beside_fitness <= row_fitness : beside_fitness < row_fitness;
    const std::size_t better = takes_beside ? beside : row;
    const double better_fitness = takes_beside ? beside_fitness : row_fitness;
    const bool takes_beyond = beyond < better ? beyond_fitness <= better_fitness : beyond_fitness < better_fitness;
    return takes_beyond ? beyond : better;
  }
};

}  // namespace skein::bench::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
