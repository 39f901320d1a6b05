// Tiles: how the rows of a step are divided among threads. Decides about time, never about results.
#pragma once

#include <cstddef>

#include "run/arena.hpp"
#include "state/step_state.hpp"

namespace skein {

struct TileRequest {
  std::size_t rows = 0;
  std::size_t unit = 1;        ///< tiles are multiples of it: 1, what is worked on side by side, or a row group
  std::size_t fixed_rows = 0;  ///< rows of a tile; 0: chosen from the cost
  bool serial = false;         ///< one tile after another, on the calling thread
};

/// Works on rows [first, last) and returns how many of them cost time (those that were done before do not).
using TileBody = FunctionReference<std::size_t(std::size_t first, std::size_t last)>;

/// Calls `body` so that every row is in exactly one tile. Without fixed tiles, work below about 50 µs stays on the
/// calling thread, and larger work is cut into tasks of at least that size; the cost of a row is taken from earlier
/// visits, and on the first visit from a first small tile.
void for_each_tile(const Arena& arena, StepCost& cost, const TileRequest& request, TileBody body);

}  // namespace skein
