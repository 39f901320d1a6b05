// FitnessKey: a fitness as an integer that orders like `better`, so that choosing the best of some takes no branches.
#pragma once

#include <bit>
#include <cstdint>

namespace skein {

/// A violation and one objective. better(a, b) is key_of(a) < key_of(b).
__extension__ using FitnessKey = unsigned __int128;

/// A number as an integer in the order of `better`: rising, NaN above all, zeros of either sign equal.
inline std::uint64_t key_of(double x) noexcept {
  constexpr std::uint64_t top = std::uint64_t{1} << 63;
  const auto bits = std::bit_cast<std::uint64_t>(x + 0.0);  // -0 becomes 0
  const std::uint64_t ordered = bits ^ ((0 - (bits >> 63)) | top);
  return x == x ? ordered : ~std::uint64_t{0};
}

inline FitnessKey key_of(const double* fitness) noexcept {
  return (FitnessKey{key_of(fitness[0])} << 64) | key_of(fitness[1]);
}

}  // namespace skein
