// A random index, drawn one at a time.
#pragma once

#include <cstddef>
#include <cstdint>

#include "skein/random.hpp"

namespace skein {

/// Uniform in 0 ... count - 1: uniform_index of one word.
inline std::size_t random_below(LaneGenerator& random, std::size_t count) noexcept {
  std::uint64_t bits = 0;
  random.fill_bits(&bits, 1);
  return static_cast<std::size_t>(uniform_index(bits, count));
}

}  // namespace skein
