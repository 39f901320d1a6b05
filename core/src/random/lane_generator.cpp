#include <cstring>

#include "skein/random.hpp"

namespace skein {

namespace {

/// Two lanes: as wide as SSE2, which every x86-64 has.
using Words = std::uint64_t __attribute__((vector_size(16)));
using Reals = double __attribute__((vector_size(16)));

/// Lanes that advance together: with all eight, SSE2 runs out of registers.
constexpr std::size_t batch = 4;
constexpr std::size_t width = sizeof(Words) / sizeof(std::uint64_t);

using State = std::array<std::array<std::uint64_t, LaneGenerator::lanes>, 4>;

/// Advances every lane by the given number of steps and stores convert(words) of step s, lane j at element 8 s + j.
template <class Element, class Convert>
void advance(State& state, Element* out, std::size_t steps, Convert convert) noexcept {
  for (std::size_t first = 0; first < LaneGenerator::lanes; first += batch) {
    Words s[4][batch / width];
    for (std::size_t word = 0; word < 4; ++word) std::memcpy(s[word], &state[word][first], sizeof s[word]);
    for (std::size_t step = 0; step < steps; ++step) {
      for (std::size_t pair = 0; pair < batch / width; ++pair) {
        Words& s0 = s[0][pair];
        Words& s1 = s[1][pair];
        Words& s2 = s[2][pair];
        Words& s3 = s[3][pair];
        const Words sum = s0 + s3;
        const auto converted = convert(sum);
        std::memcpy(out + step * LaneGenerator::lanes + first + pair * width, &converted, sizeof converted);
        const Words shifted = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= shifted;
        s3 = (s3 << 45) | (s3 >> 19);
      }
    }
    for (std::size_t word = 0; word < 4; ++word) std::memcpy(&state[word][first], s[word], sizeof s[word]);
  }
}

constexpr auto unchanged = [](const auto& words) noexcept { return words; };

/// The upper 52 bits become the mantissa of a number in [1, 2).
constexpr std::uint64_t exponent_of_one = 0x3ff0000000000000;
constexpr auto uniform = [](const Words& words) noexcept {
  const Words mantissas = (words >> 12) | exponent_of_one;
  Reals reals;
  std::memcpy(&reals, &mantissas, sizeof reals);
  return reals - 1.0;
};
constexpr auto uniform_scalar = [](std::uint64_t word) noexcept {
  return std::bit_cast<double>((word >> 12) | exponent_of_one) - 1.0;
};

}  // namespace

LaneGenerator::LaneGenerator(const RandomKey& key) noexcept {
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    const std::array<std::uint64_t, 4> words = philox_block(key, lane);
    const bool all_zero = (words[0] | words[1] | words[2] | words[3]) == 0;
    for (std::size_t word = 0; word < 4; ++word) state_[word][lane] = words[word];
    if (all_zero) state_[0][lane] = 1;
  }
}

template <class Element, class Whole, class Single>
void LaneGenerator::fill(Element* out, std::size_t count, Whole whole, Single single) noexcept {
  std::size_t done = 0;
  while (used_ < lanes && done < count) out[done++] = single(pending_[used_++]);
  const std::size_t steps = (count - done) / lanes;
  advance(state_, out + done, steps, whole);
  done += steps * lanes;
  if (done == count) return;
  advance(state_, pending_.data(), 1, unchanged);
  used_ = 0;
  while (done < count) out[done++] = single(pending_[used_++]);
}

void LaneGenerator::fill_bits(std::uint64_t* out, std::size_t count) noexcept {
  fill(out, count, unchanged, unchanged);
}

void LaneGenerator::fill_uniform(double* out, std::size_t count) noexcept { fill(out, count, uniform, uniform_scalar); }

}  // namespace skein
