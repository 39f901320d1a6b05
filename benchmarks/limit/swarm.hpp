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

/// Row r of a block of coordinates begins at r * stride. Rows are padded to 64 bytes where that costs at most an eighth
/// of the memory, otherwise dense; the padding is 0 and stays 0 by itself.
struct LimitSwarm {
  /// Draws where the particles start, and evaluates them with the plain function.
  LimitSwarm(Objective objective, Topology topology, std::size_t particles, std::size_t dimension);

  /// Back to the start, at rest. The random numbers go on.
  void restart();

  Objective objective;
  Topology topology;
  std::size_t particles;
  std::size_t dimension;
  std::size_t stride;
  Block start;  ///< positions
  Block position, velocity, personal_best;
  Block lower, upper;  ///< one row each
  Block scale;         ///< one row: what a function multiplies its arguments with
  Block informant;     ///< one row: the best personal best as the iteration found it; on a ring that of row 0
  Block scratch;       ///< two rows
  std::vector<double> start_fitness;
  std::vector<double> fitness;                ///< of the personal bests
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
