// The encoding `permutation`: a solution is an order of 0 ... d - 1, held as random keys.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

namespace skein {

class Registry;

/// Adds the encoding and its operators to the catalogue, under the plugin that was begun last. It offers operators of
/// the plugin real_vector by their names.
void register_permutation(Registry& registry);

/// order <- 0 ... d - 1, sorted by their keys: order[k] is the item with the k-th smallest key. Equal keys (0 and -0,
/// too) are sorted by the items' numbers, NaN after all numbers: every row of keys is one permutation. As many items as
/// keys. Cost: O(d log d) comparisons; nothing is allocated. Bean, Genetic algorithms and random keys for sequencing
/// and optimization (1994).
inline void decode_permutation(const double* keys, std::span<std::int64_t> order) noexcept {
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::int64_t>(i);
  const auto comes_before = [keys](std::int64_t a, std::int64_t b) noexcept {
    const double x = keys[a];
    const double y = keys[b];
    if (x < y) return true;
    if (x > y) return false;
    return std::isnan(x) == std::isnan(y) ? a < b : std::isnan(y);
  };
  std::sort(order.begin(), order.end(), comes_before);
}

}  // namespace skein
