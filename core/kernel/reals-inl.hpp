// Reals, Words and Truths: eight numbers at a time with the operators of one number.
//
// Nothing here depends on the target: + - * / and square roots are those of IEEE 754, and minimum, maximum and select
// those of skein/math. Operations of Highway that differ between targets (Min and Max with NaN, MulAdd, ReduceSum,
// approximations) must not be used.
#if defined(SKEIN_CORE_KERNEL_REALS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef SKEIN_CORE_KERNEL_REALS_INL_HPP
#undef SKEIN_CORE_KERNEL_REALS_INL_HPP
#else
#define SKEIN_CORE_KERNEL_REALS_INL_HPP
#endif

#include "core/kernel/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {

/// Answers to a question asked of each number.
struct Truths {
  Eight<hn::Mask<RealTag>> masks;

  friend HWY_INLINE Truths operator&(Truths a, Truths b) noexcept {
    return {each([](auto x, auto y) SKEIN_INLINED { return hn::And(x, y); }, a.masks, b.masks)};
  }
  friend HWY_INLINE Truths operator|(Truths a, Truths b) noexcept {
    return {each([](auto x, auto y) SKEIN_INLINED { return hn::Or(x, y); }, a.masks, b.masks)};
  }
  friend HWY_INLINE Truths operator!(Truths a) noexcept {
    return {each([](auto x) SKEIN_INLINED { return hn::Not(x); }, a.masks)};
  }
};

/// Unsigned integers of 64 bits. A word stands for eight equal ones.
struct Words {
  Eight<hn::Vec<WordTag>> vectors;

  Words() = default;
  HWY_INLINE Words(Eight<hn::Vec<WordTag>> eight) noexcept : vectors(eight) {}
  HWY_INLINE Words(std::uint64_t word) noexcept
      : vectors(from_lanes<hn::Vec<WordTag>>([=](std::size_t) SKEIN_INLINED { return hn::Set(WordTag(), word); })) {}

  static HWY_INLINE Words load(const std::uint64_t* from) noexcept {
    return from_lanes<hn::Vec<WordTag>>([=](std::size_t lane)
                                            SKEIN_INLINED { return hn::LoadU(WordTag(), from + lane); });
  }
  HWY_INLINE void store(std::uint64_t* to) const noexcept {
    for_vectors(vectors, [=](auto x, std::size_t lane) SKEIN_INLINED { hn::StoreU(x, WordTag(), to + lane); });
  }

  friend HWY_INLINE Words operator+(Words a, Words b) noexcept {
    return each([](auto x, auto y) SKEIN_INLINED { return hn::Add(x, y); }, a.vectors, b.vectors);
  }
  friend HWY_INLINE Words operator-(Words a, Words b) noexcept {
    return each([](auto x, auto y) SKEIN_INLINED { return hn::Sub(x, y); }, a.vectors, b.vectors);
  }
  friend HWY_INLINE Words operator&(Words a, Words b) noexcept {
    return each([](auto x, auto y) SKEIN_INLINED { return hn::And(x, y); }, a.vectors, b.vectors);
  }
  friend HWY_INLINE Words operator|(Words a, Words b) noexcept {
    return each([](auto x, auto y) SKEIN_INLINED { return hn::Or(x, y); }, a.vectors, b.vectors);
  }
  friend HWY_INLINE Words operator^(Words a, Words b) noexcept {
    return each([](auto x, auto y) SKEIN_INLINED { return hn::Xor(x, y); }, a.vectors, b.vectors);
  }
};

template <int count>
HWY_INLINE Words shift_left(Words words) noexcept {
  return each([](auto x) SKEIN_INLINED { return hn::ShiftLeft<count>(x); }, words.vectors);
}
template <int count>
HWY_INLINE Words shift_right(Words words) noexcept {
  return each([](auto x) SKEIN_INLINED { return hn::ShiftRight<count>(x); }, words.vectors);
}

/// Doubles. A double stands for eight equal ones.
struct Reals {
  Eight<hn::Vec<RealTag>> vectors;

  Reals() = default;
  HWY_INLINE Reals(Eight<hn::Vec<RealTag>> eight) noexcept : vectors(eight) {}
  HWY_INLINE Reals(double number) noexcept
      : vectors(from_lanes<hn::Vec<RealTag>>([=](std::size_t) SKEIN_INLINED { return hn::Set(RealTag(), number); })) {}

  static HWY_INLINE Reals load(const double* from) noexcept {
    return from_lanes<hn::Vec<RealTag>>([=](std::size_t lane)
                                            SKEIN_INLINED { return hn::LoadU(RealTag(), from + lane); });
  }
  HWY_INLINE void store(double* to) const noexcept {
    for_vectors(vectors, [=](auto x, std::size_t lane) SKEIN_INLINED { hn::StoreU(x, RealTag(), to + lane); });
  }

  friend HWY_INLINE Reals operator+(Reals a, Reals b) noexcept {
    return each([](auto x, auto y) SKEIN_INLINED { return hn::Add(x, y); }, a.vectors, b.vectors);
  }
  friend HWY_INLINE Reals operator-(Reals a, Reals b) noexcept {
    return each([](auto x, auto y) SKEIN_INLINED { return hn::Sub(x, y); }, a.vectors, b.vectors);
  }
  friend HWY_INLINE Reals operator*(Reals a, Reals b) noexcept {
    return each([](auto x, auto y) SKEIN_INLINED { return hn::Mul(x, y); }, a.vectors, b.vectors);
  }
  friend HWY_INLINE Reals operator/(Reals a, Reals b) noexcept {
    return each([](auto x, auto y) SKEIN_INLINED { return hn::Div(x, y); }, a.vectors, b.vectors);
  }

  friend HWY_INLINE Truths operator<(Reals a, Reals b) noexcept {
    return {each([](auto x, auto y) SKEIN_INLINED { return hn::Lt(x, y); }, a.vectors, b.vectors)};
  }
  friend HWY_INLINE Truths operator<=(Reals a, Reals b) noexcept {
    return {each([](auto x, auto y) SKEIN_INLINED { return hn::Le(x, y); }, a.vectors, b.vectors)};
  }
  friend HWY_INLINE Truths operator==(Reals a, Reals b) noexcept {
    return {each([](auto x, auto y) SKEIN_INLINED { return hn::Eq(x, y); }, a.vectors, b.vectors)};
  }
  friend HWY_INLINE Truths operator>(Reals a, Reals b) noexcept { return b < a; }
  friend HWY_INLINE Truths operator>=(Reals a, Reals b) noexcept { return b <= a; }
};

HWY_INLINE Words bits_of(Reals x) noexcept {
  return each([](auto v) SKEIN_INLINED { return hn::BitCast(WordTag(), v); }, x.vectors);
}
HWY_INLINE Reals real_of(Words bits) noexcept {
  return each([](auto v) SKEIN_INLINED { return hn::BitCast(RealTag(), v); }, bits.vectors);
}

/// x with the other sign, for NaN and zeros too.
HWY_INLINE Reals operator-(Reals x) noexcept { return real_of(bits_of(x) ^ (std::uint64_t{1} << 63)); }

HWY_INLINE Reals square_root(Reals x) noexcept {
  return each([](auto v) SKEIN_INLINED { return hn::Sqrt(v); }, x.vectors);
}

/// Number by number: when_true where the condition holds, otherwise when_false.
HWY_INLINE Reals select(Truths condition, Reals when_true, Reals when_false) noexcept {
  return each([](auto c, auto x, auto y) SKEIN_INLINED { return hn::IfThenElse(c, x, y); }, condition.masks,
              when_true.vectors, when_false.vectors);
}

/// Number by number, whether the bits are the same.
HWY_INLINE Truths same_bits(Reals a, Reals b) noexcept {
  return {each(
      [](auto x, auto y)
          SKEIN_INLINED { return hn::MaskFromVec(hn::BitCast(RealTag(), hn::VecFromMask(WordTag(), hn::Eq(x, y)))); },
      bits_of(a).vectors, bits_of(b).vectors)};
}

/// x where the condition holds, otherwise +0.
HWY_INLINE Reals keep_where(Truths condition, Reals x) noexcept {
  return each([](auto c, auto v) SKEIN_INLINED { return hn::IfThenElseZero(c, v); }, condition.masks, x.vectors);
}

/// x where the condition does not hold, otherwise +0.
HWY_INLINE Reals zero_where(Truths condition, Reals x) noexcept {
  return each([](auto c, auto v) SKEIN_INLINED { return hn::IfThenZeroElse(c, v); }, condition.masks, x.vectors);
}

// On x86 the instructions for minimum and maximum give their second operand where either is NaN or both are zeros,
// which is just what is wanted with the operands in this order.
#if HWY_ARCH_X86 && HWY_TARGET != HWY_SCALAR && HWY_TARGET != HWY_EMU128
HWY_INLINE Reals minimum(Reals a, Reals b) noexcept {
  return each([](auto x, auto y) SKEIN_INLINED { return hn::Min(y, x); }, a.vectors, b.vectors);
}
HWY_INLINE Reals maximum(Reals a, Reals b) noexcept {
  return each([](auto x, auto y) SKEIN_INLINED { return hn::Max(y, x); }, a.vectors, b.vectors);
}
#else
HWY_INLINE Reals minimum(Reals a, Reals b) noexcept { return select(b < a, b, a); }
HWY_INLINE Reals maximum(Reals a, Reals b) noexcept { return select(b > a, b, a); }
#endif

/// Whether the answer is yes for any number.
HWY_INLINE bool any(Truths truths) noexcept {
  bool found = false;
  for_vectors(truths.masks,
              [&](auto mask, std::size_t) SKEIN_INLINED { found = found || !hn::AllFalse(RealTag(), mask); });
  return found;
}

/// The answers as bits, that for the first number lowest.
HWY_INLINE unsigned bits_of(Truths truths) noexcept {
  unsigned bits = 0;
  for_vectors(truths.masks, [&](auto mask, std::size_t lane) SKEIN_INLINED {
    std::uint8_t bytes[8] = {};
    hn::StoreMaskBits(RealTag(), mask, bytes);
    bits |= unsigned{bytes[0]} << lane;
  });
  return bits;
}

}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
