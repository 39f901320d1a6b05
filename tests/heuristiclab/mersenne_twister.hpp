// HeuristicLab's uniform random numbers, in its order of draws.
#pragma once

#include <cstdint>
#include <random>

namespace skein::heuristiclab {

/// Numbers of a 32-bit Mersenne Twister (Matsumoto and Nishimura 1998) with the seed 0, as HeuristicLab takes them.
class MersenneTwister {
 public:
  /// An integer in [0, 2^31): the upper 31 bits of a word.
  std::uint32_t next() { return word() >> 1; }

  /// An integer in [0, below), without bias: words in the incomplete last interval are drawn again.
  std::uint32_t next(std::uint32_t below) {
    const std::uint32_t limit = 0x7fffffffU / below * below;
    std::uint32_t number = next();
    while (number >= limit) number = next();
    return number % below;
  }

  /// A number in [0, 1) with 53 bits: 27 of one word and 26 of the next.
  double uniform() {
    const double upper = word() >> 5;
    const double lower = word() >> 6;
    return (upper * 0x1p26 + lower) / 0x1p53;
  }

  /// How many words were drawn.
  [[nodiscard]] std::uint64_t drawn() const { return drawn_; }
  /// Draws some words in vain.
  void discard(std::uint64_t count) {
    words_.discard(count);
    drawn_ += count;
  }

 private:
  std::uint32_t word() {
    ++drawn_;
    return static_cast<std::uint32_t>(words_());
  }

  std::mt19937 words_{0};
  std::uint64_t drawn_ = 0;
};

}  // namespace skein::heuristiclab
