// Loops over the numbers of a row, eight at a time: element by element, and sums and products in 8 fixed lanes.
//
// A loop calls its body with a place: `at.load(x)` and `at.store(value, x)` are the numbers of the array x there. The
// last place of a row may have less than eight; what lies beyond the row is neither read nor written, because it may
// be another thread's.
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

/// The last `count` < 8 numbers of a row, from `first` on. What is loaded elsewhere is 0.
struct Part {
  std::size_t first;
  std::size_t count;
  Truths truths;  ///< which of the eight there are

  HWY_INLINE Part(std::size_t first_number, std::size_t how_many) noexcept
      : first(first_number), count(how_many), truths{from_lanes<hn::Mask<RealTag>>([=](std::size_t lane) SKEIN_INLINED {
          return hn::FirstN(RealTag(), how_many > lane ? how_many - lane : 0);
        })} {}

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

/// body(at) for all places of a row of `count` numbers, in ascending order.
template <class Body>
HWY_INLINE void for_places(std::size_t count, Body body) noexcept {
  std::size_t first = 0;
  for (; first + 8 <= count; first += 8) body(Whole{first});
  if (first < count) body(Part{first, count - first});
}

/// The sum of term(at), which gives Reals, over all places of a row, in the order of skein::math::sum8.
template <class Term>
HWY_INLINE double sum8(std::size_t count, Term term) noexcept {
  Reals sum = 0.0;
  std::size_t first = 0;
  for (; first + 8 <= count; first += 8) sum = sum + term(Whole{first});
  if (first < count) {
    const Part part{first, count - first};
    sum = select(part.truths, sum + term(part), sum);
  }
  return fold(RealTag(), sum.vectors, [](auto a, auto b) SKEIN_INLINED { return hn::Add(a, b); });
}

/// The product of term(at), in the same order.
template <class Term>
HWY_INLINE double product8(std::size_t count, Term term) noexcept {
  Reals product = 1.0;
  std::size_t first = 0;
  for (; first + 8 <= count; first += 8) product = product * term(Whole{first});
  if (first < count) {
    const Part part{first, count - first};
    product = select(part.truths, product * term(part), product);
  }
  return fold(RealTag(), product.vectors, [](auto a, auto b) SKEIN_INLINED { return hn::Mul(a, b); });
}

}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
