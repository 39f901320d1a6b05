// Loops over the numbers of a row, eight at a time: element by element, and sums and products in 8 fixed lanes.
//
// A loop calls its body with a place: `at.load(x)` and `at.store(value, x)` are the numbers of the array x there. What
// lies beyond the row is neither read nor written, because it may be another thread's. Element by element, the last
// place of a row begins within the one before it, and only rows of less than eight numbers have places of less.
#if defined(SKEIN_CORE_KERNEL_ROWS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef SKEIN_CORE_KERNEL_ROWS_INL_HPP
#undef SKEIN_CORE_KERNEL_ROWS_INL_HPP
#else
#define SKEIN_CORE_KERNEL_ROWS_INL_HPP
#endif

#include <cstring>

#include "core/kernel/reals-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {

/// Stores the first `count` numbers of a vector, with count < lanes of the tag.
template <class Tag>
HWY_INLINE void store_first(Tag tag, hn::Vec<Tag> vector, double* to, std::size_t count) noexcept {
#if HWY_TARGET == HWY_AVX3
  hn::BlendedStore(vector, hn::FirstN(tag, count), tag, to);
#elif HWY_TARGET == HWY_AVX2
  // By halves: the masked store takes some 20 cycles on Zen 2 and 3.
  const hn::Half<Tag> pair;
  const hn::Half<hn::Half<Tag>> single;
  if (count < 2) {
    hn::StoreU(hn::LowerHalf(single, hn::LowerHalf(pair, vector)), single, to);
  } else {
    hn::StoreU(hn::LowerHalf(pair, vector), pair, to);
    if (count == 3) hn::StoreU(hn::LowerHalf(single, hn::UpperHalf(pair, vector)), single, to + 2);
  }
#else
  HWY_ALIGN double numbers[hn::MaxLanes(Tag())];
  hn::Store(vector, tag, numbers);
  std::memcpy(to, numbers, count * sizeof(double));
#endif
}

/// n, n + 1, ..., n + 7.
HWY_INLINE Reals eight_from(std::size_t n) noexcept {
  constexpr double steps[8] = {0, 1, 2, 3, 4, 5, 6, 7};
  return Reals::load(steps) + static_cast<double>(n);
}

/// Eight numbers from `first` on.
struct Whole {
  std::size_t first;

  HWY_INLINE Reals load(const double* x) const noexcept { return Reals::load(x + first); }
  HWY_INLINE void store(Reals value, double* x) const noexcept { value.store(x + first); }
  /// The numbers of the places, where that of the first one of the row is n.
  HWY_INLINE Reals numbers_from(std::size_t n) const noexcept { return eight_from(n + first); }
};

/// Which of eight numbers are among the first `count` <= 8.
HWY_INLINE Truths first_of_eight(std::size_t count) noexcept {
#if HWY_TARGET == HWY_AVX3
  return {from_lanes<hn::Mask<RealTag>>(
      [=](std::size_t lane) SKEIN_INLINED { return hn::FirstN(RealTag(), count > lane ? count - lane : 0); })};
#else
  constexpr std::uint64_t all = ~std::uint64_t{0};
  static constexpr std::uint64_t bits[16] = {all, all, all, all, all, all, all, all};
  const std::uint64_t* from = bits + 8 - count;
  return {from_lanes<hn::Mask<RealTag>>([=](std::size_t lane) SKEIN_INLINED {
    return hn::MaskFromVec(hn::BitCast(RealTag(), hn::LoadU(WordTag(), from + lane)));
  })};
#endif
}

/// The last `count` < 8 numbers of a row, from `first` on. What is loaded elsewhere is 0.
struct Part {
  std::size_t first;
  std::size_t count;
  Truths truths;  ///< which of the eight there are

  HWY_INLINE Part(std::size_t first_number, std::size_t how_many) noexcept
      : first(first_number), count(how_many), truths(first_of_eight(how_many)) {}

  HWY_INLINE Reals load(const double* x) const noexcept {
#if HWY_TARGET == HWY_AVX2 || HWY_TARGET == HWY_AVX3
    const double* from = x + first;
    return each_from_lane([=](auto mask, std::size_t lane)
                              SKEIN_INLINED { return hn::MaskedLoad(mask, RealTag(), from + lane); },
                          truths.masks);
#else
    // Highway's masked load reads the whole vector here.
    double numbers[8] = {};
    for (std::size_t i = 0; i < count; ++i) numbers[i] = x[first + i];
    return Reals::load(numbers);
#endif
  }

  HWY_INLINE void store(Reals value, double* x) const noexcept {
    double* to = x + first;
    const std::size_t n = count;
    for_vectors(value.vectors, [=](auto vector, std::size_t lane) SKEIN_INLINED {
      if (lane + vector_lanes <= n) {
        hn::StoreU(vector, RealTag(), to + lane);
      } else if (lane < n) {
        store_first(RealTag(), vector, to + lane, n - lane);
      }
    });
  }

  HWY_INLINE Reals numbers_from(std::size_t n) const noexcept { return eight_from(n + first); }
};

/// compute(at, store) for the places of a row of `count` numbers. `compute` ends with store(results...), which stores
/// what it has computed; that may replace what it has loaded at the same place. Some numbers may be computed and stored
/// twice, from the same operands. (Results are arguments, because compilers keep a struct of vectors in memory.)
template <class Compute, class Store>
HWY_INLINE void for_places(std::size_t count, Compute compute, Store store) noexcept {
  const auto at_once = [=](auto at) SKEIN_INLINED {
    compute(at, [=](auto... results) SKEIN_INLINED { store(at, results...); });
  };
  if (count < 8) {
    if (count != 0) at_once(Part{0, count});
    return;
  }
  const std::size_t rest = count % 8;
  const std::size_t end = rest == 0 ? count : count - 8 - rest;
  for (std::size_t first = 0; first < end; first += 8) at_once(Whole{first});
  if (rest == 0) return;
  // The last places overlap: both are computed before either is stored.
  const Whole before{end};
  const Whole last{count - 8};
  compute(before, [=](auto... results_before) SKEIN_INLINED {
    compute(last, [=](auto... results_last) SKEIN_INLINED {
      store(before, results_before...);
      store(last, results_last...);
    });
  });
}

/// out <- value(at), which gives Reals, for the places of a row of `count` numbers. `value` may load from `out`.
template <class Value>
HWY_INLINE void write_places(std::size_t count, double* out, Value value) noexcept {
  for_places(
      count, [=](auto at, auto store) SKEIN_INLINED { store(value(at)); },
      [out](auto at, Reals result) SKEIN_INLINED { at.store(result, out); });
}

/// What eight lanes are folded with. `neutral` changes nothing: a sum is never -0, because it begins with 0.
struct Sum {
  static constexpr double neutral = 0.0;
  static HWY_INLINE Reals combine(Reals a, Reals b) noexcept { return a + b; }
  static HWY_INLINE double of_lanes(Reals lanes) noexcept {
    return fold(RealTag(), lanes.vectors, [](auto a, auto b) SKEIN_INLINED { return hn::Add(a, b); });
  }
};
struct Product {
  static constexpr double neutral = 1.0;
  static HWY_INLINE Reals combine(Reals a, Reals b) noexcept { return a * b; }
  static HWY_INLINE double of_lanes(Reals lanes) noexcept {
    return fold(RealTag(), lanes.vectors, [](auto a, auto b) SKEIN_INLINED { return hn::Mul(a, b); });
  }
};

template <class Fold, class Term>
HWY_INLINE double fold8(std::size_t count, Term term) noexcept {
  Reals result = Fold::neutral;
  std::size_t first = 0;
  for (; first + 8 <= count; first += 8) result = Fold::combine(result, term(Whole{first}));
  if (first < count) {
    const Part part{first, count - first};
    result = Fold::combine(result, select(part.truths, term(part), Fold::neutral));
  }
  return Fold::of_lanes(result);
}

/// The sum of term(at), which gives Reals, over all places of a row, in the order of skein::math::sum8.
template <class Term>
HWY_INLINE double sum8(std::size_t count, Term term) noexcept {
  return fold8<Sum>(count, term);
}

/// The product of term(at), in the same order.
template <class Term>
HWY_INLINE double product8(std::size_t count, Term term) noexcept {
  return fold8<Product>(count, term);
}

}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
