#include "core/kernel/kernel-inl.hpp"
#include "skein/random.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {
namespace {

using State = std::array<std::array<std::uint64_t, LaneGenerator::lanes>, 4>;

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

HWY_EXPORT(draw_bits);
HWY_EXPORT(draw_uniform);

double to_uniform(std::uint64_t word) noexcept {
  return std::bit_cast<double>((word >> 12) | 0x3ff0000000000000) - 1.0;
}

}  // namespace

LaneGenerator::LaneGenerator(const RandomKey& key) noexcept {
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    const std::array<std::uint64_t, 4> words = philox_block(key, lane);
    const bool all_zero = (words[0] | words[1] | words[2] | words[3]) == 0;
    for (std::size_t word = 0; word < 4; ++word) state_[word][lane] = words[word];
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
