#include "core/kernel/kernel-inl.hpp"

#include <Random123/philox.h>

#include "skein/random.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {
namespace {

using State = std::array<std::array<std::uint64_t, LaneGenerator::lanes>, 4>;

using Word = hn::Vec<WordTag>;

/// Number by number, the product of the lower 32 bits of each, which has 64.
HWY_INLINE Word multiply_halves(Word a, Word b) noexcept {
#if HWY_TARGET == HWY_SCALAR
  const Word lower = hn::Set(WordTag(), 0xffffffff);
  return hn::Mul(hn::And(a, lower), hn::And(b, lower));
#else
  using Halves = hn::Repartition<std::uint32_t, WordTag>;
  return hn::MulEven(hn::BitCast(Halves(), a), hn::BitCast(Halves(), b));
#endif
}

/// A product of 128 bits per lane.
struct Product {
  Word high, low;
};

HWY_INLINE Product multiply(Word words, std::uint64_t factor) noexcept {
  const Word lower = hn::Set(WordTag(), 0xffffffff);
  const Word low_factor = hn::Set(WordTag(), factor & 0xffffffff);
  const Word high_factor = hn::Set(WordTag(), factor >> 32);
  const Word high_words = hn::ShiftRight<32>(words);
  const Word low_low = multiply_halves(words, low_factor);
  const Word first = hn::Add(multiply_halves(high_words, low_factor), hn::ShiftRight<32>(low_low));
  const Word second = hn::Add(multiply_halves(words, high_factor), hn::And(first, lower));
  const Word high_high = multiply_halves(high_words, high_factor);
  return {hn::Add(hn::Add(high_high, hn::ShiftRight<32>(first)), hn::ShiftRight<32>(second)),
          hn::Or(hn::ShiftLeft<32>(second), hn::And(low_low, lower))};
}

/// As many blocks of Philox4x64 as a vector has lanes.
struct Blocks {
  Word words[4];
};

HWY_INLINE Blocks one_round(const Blocks& from, Word first_key, Word second_key) noexcept {
  const Product first = multiply(from.words[0], PHILOX_M4x64_0);
  const Product second = multiply(from.words[2], PHILOX_M4x64_1);
  return {{hn::Xor(second.high, hn::Xor(from.words[1], first_key)), second.low,
           hn::Xor(first.high, hn::Xor(from.words[3], second_key)), first.low}};
}

/// Lane j of the state <- philox_block(key, j).
void start(State& state, const RandomKey& key) {
  auto eight = from_lanes<Blocks>([&](std::size_t lane) SKEIN_INLINED {
    return Blocks{{hn::Set(WordTag(), key.stream), hn::Set(WordTag(), key.visit), hn::Set(WordTag(), key.group),
                   hn::Iota(WordTag(), lane)}};
  });
  std::uint64_t first_key = key.seed;
  std::uint64_t second_key = key.frame;
  for (int round = 0; round < 10; ++round) {
    const Word first = hn::Set(WordTag(), first_key);
    const Word second = hn::Set(WordTag(), second_key);
    eight = each([=](const Blocks& blocks) SKEIN_INLINED { return one_round(blocks, first, second); }, eight);
    first_key += PHILOX_W64_0;
    second_key += PHILOX_W64_1;
  }
  for_vectors(eight, [&](const Blocks& blocks, std::size_t lane) SKEIN_INLINED {
    for (std::size_t word = 0; word < 4; ++word) {
      hn::StoreU(blocks.words[word], WordTag(), state[word].data() + lane);
    }
  });
}

/// Advances every lane by the given number of steps: `use(step, words)` gets what the lanes give.
template <class Use>
HWY_INLINE void advance(State& state, std::size_t steps, Use use) noexcept {
  Words s0 = Words::load(state[0].data());
  Words s1 = Words::load(state[1].data());
  Words s2 = Words::load(state[2].data());
  Words s3 = Words::load(state[3].data());
  for (std::size_t step = 0; step < steps; ++step) {
    use(step, s0 + s3);
    const Words shifted = shift_left<17>(s1);
    s2 = s2 ^ s0;
    s3 = s3 ^ s1;
    s1 = s1 ^ s2;
    s0 = s0 ^ s3;
    s2 = s2 ^ shifted;
    s3 = shift_left<45>(s3) | shift_right<19>(s3);
  }
  s0.store(state[0].data());
  s1.store(state[1].data());
  s2.store(state[2].data());
  s3.store(state[3].data());
}

void draw_bits(State& state, std::uint64_t* out, std::size_t steps) {
  advance(state, steps, [out](std::size_t step, Words words) SKEIN_INLINED { words.store(out + 8 * step); });
}

void draw_uniform(State& state, double* out, std::size_t steps) {
  // The upper 52 bits become the mantissa of a number in [1, 2).
  advance(state, steps, [out](std::size_t step, Words words) SKEIN_INLINED {
    const Reals numbers = real_of(shift_right<12>(words) | 0x3ff0000000000000) - 1.0;
    numbers.store(out + 8 * step);
  });
}

}  // namespace
}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <bit>

namespace skein {

namespace {

HWY_EXPORT(start);
HWY_EXPORT(draw_bits);
HWY_EXPORT(draw_uniform);

double to_uniform(std::uint64_t word) noexcept {
  return std::bit_cast<double>((word >> 12) | 0x3ff0000000000000) - 1.0;
}

}  // namespace

LaneGenerator::LaneGenerator(const RandomKey& key) noexcept {
  HWY_DYNAMIC_DISPATCH(start)(state_, key);
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    const bool all_zero = (state_[0][lane] | state_[1][lane] | state_[2][lane] | state_[3][lane]) == 0;
    if (all_zero) state_[0][lane] = 1;
  }
}

template <class Element, class Draw, class Convert>
void LaneGenerator::fill(Element* out, std::size_t count, Draw draw, Convert convert) noexcept {
  std::size_t done = 0;
  while (used_ < lanes && done < count) out[done++] = convert(pending_[used_++]);
  const std::size_t steps = (count - done) / lanes;
  if (steps != 0) draw(state_, out + done, steps);
  done += steps * lanes;
  if (done == count) return;
  HWY_DYNAMIC_DISPATCH(draw_bits)(state_, pending_.data(), 1);
  used_ = 0;
  while (done < count) out[done++] = convert(pending_[used_++]);
}

void LaneGenerator::fill_bits(std::uint64_t* out, std::size_t count) noexcept {
  fill(out, count, HWY_DYNAMIC_DISPATCH(draw_bits), [](std::uint64_t word) { return word; });
}

void LaneGenerator::fill_uniform(double* out, std::size_t count) noexcept {
  fill(out, count, HWY_DYNAMIC_DISPATCH(draw_uniform), to_uniform);
}

}  // namespace skein
#endif  // HWY_ONCE
