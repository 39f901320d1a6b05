// The swarm of the hand-written kernels: what a programmer would lay out who writes one loop for one algorithm.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "benchmarks/objectives/objective.hpp"

namespace skein::bench {

enum class Topology { whole, ring };  ///< who informs a particle: the whole swarm, or the two next to it and itself

/// A fixed block of doubles on a 64-byte line, 0 at first. Large blocks ask for huge pages.
class Block {
 public:
  explicit Block(std::size_t count);
  [[nodiscard]] double* data() noexcept { return data_.get(); }
  [[nodiscard]] const double* data() const noexcept { return data_.get(); }

 private:
  struct Release {
    void operator()(double* data) const noexcept;
  };
  std::unique_ptr<double, Release> data_;
};

/// Row r of a block of coordinates begins at r * dimension: no padding. Kernels move several rows at once where rows
/// are short, so that a loop has hundreds of coordinates without an end of a row in it.
struct LimitSwarm {
  static constexpr std::size_t most_rows_at_once = 8;

  /// Draws where the particles start, and evaluates them with the plain function.
  LimitSwarm(Objective chosen, Topology shape, std::size_t rows, std::size_t width);

  /// Back to the start, at rest. The random numbers go on.
  void restart();

  /// Of the personal bests. There is room for a vector before the first and after the last one.
  [[nodiscard]] double* fitness() noexcept { return fitness_block.data() + 8; }
  [[nodiscard]] const double* fitness() const noexcept { return fitness_block.data() + 8; }

  Objective objective;
  Topology topology;
  std::size_t particles;
  std::size_t dimension;
  std::size_t rows_at_once;
  Block start;  ///< positions
  Block position, velocity, personal_best;
  Block lower, upper;         ///< as many rows as are moved at once
  Block informants;           ///< as many rows: the personal bests of the best informants
  Block first_personal_best;  ///< that of row 0 as the iteration found it
  Block scale;                ///< one row: what a function multiplies its arguments with
  Block scratch;              ///< of kernels
  Block fitness_block;
  std::vector<double> start_fitness;
  std::size_t best = 0;                       ///< row of the best personal best
  alignas(64) std::uint64_t generator[4][8];  ///< lanes of xoshiro256+, [word][lane]
};

/// v <- 0.7298 v + 1.49618 r1 (p - x) + 1.49618 r2 (g - x), limited to half the distance of the bounds; x <- x + v; a
/// component beyond a bound is put on it and stops. Then evaluation, personal bests and the best of all, in the same
/// pass over the rows. All moves of an iteration see the personal bests of the one before.
void advance_inertia_weight(LimitSwarm& swarm, std::size_t iterations);

/// The update of SPSO 2011, as `spso_2011_updater` has it, and the rest as above.
void advance_spso_2011(LimitSwarm& swarm, std::size_t iterations);

/// The instruction set that the kernels use here, by Highway's name.
[[nodiscard]] const char* limit_target();

}  // namespace skein::bench
