// Truths in memory: eight booleans of one byte each, 0 or 1.
#if defined(SKEIN_CORE_KERNEL_TRUTHS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef SKEIN_CORE_KERNEL_TRUTHS_INL_HPP
#undef SKEIN_CORE_KERNEL_TRUTHS_INL_HPP
#else
#define SKEIN_CORE_KERNEL_TRUTHS_INL_HPP
#endif

#include <cstring>

#include "core/kernel/reals-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {

/// Which of eight bytes are not 0.
HWY_INLINE Truths load_truths(const std::uint8_t* from) noexcept {
  return {from_lanes<hn::Mask<RealTag>>([=](std::size_t lane) SKEIN_INLINED {
    const hn::Rebind<std::uint8_t, WordTag> bytes;
    const hn::Rebind<std::uint32_t, WordTag> halves;
    const auto words = hn::PromoteTo(WordTag(), hn::PromoteTo(halves, hn::LoadU(bytes, from + lane)));
    return hn::RebindMask(RealTag(), hn::Ne(words, hn::Zero(WordTag())));
  })};
}

/// Eight bytes: 1 for yes, 0 for no.
HWY_INLINE void store_truths(Truths truths, std::uint8_t* to) noexcept {
  std::uint64_t bits = 0;  // one per truth
  for_vectors(truths.masks, [&](auto mask, std::size_t lane) SKEIN_INLINED {
    std::uint8_t of_vector[8] = {};
    hn::StoreMaskBits(RealTag(), mask, of_vector);
    bits |= std::uint64_t{of_vector[0]} << lane;
  });
  // Bit i into byte i, wherever it is there; then to the byte's lowest bit.
  const std::uint64_t spread = (bits * 0x0101010101010101) & 0x8040201008040201;
  const std::uint64_t bytes = ((spread + 0x7f7f7f7f7f7f7f7f) >> 7) & 0x0101010101010101;
  std::memcpy(to, &bytes, sizeof bytes);
}

}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
