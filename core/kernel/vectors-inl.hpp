// Eight<V>: what holds 8 numbers on every target, as 1, 2, 4 or 8 vectors, and how to do something with each vector.
//
// Eight is the number of lanes of sums, so that every target sees the same places of a row; and where a vector is
// shorter, neighbouring operations do not wait for each other, which long formulas otherwise spend their time on.
#if defined(SKEIN_CORE_KERNEL_VECTORS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef SKEIN_CORE_KERNEL_VECTORS_INL_HPP
#undef SKEIN_CORE_KERNEL_VECTORS_INL_HPP
#else
#define SKEIN_CORE_KERNEL_VECTORS_INL_HPP
#endif

#include <hwy/highway.h>

#include <cstddef>
#include <cstdint>

// Stands behind the parameters of a lambda in a kernel: it is compiled for the target, and always inlined.
#undef SKEIN_INLINED
#define SKEIN_INLINED HWY_ATTR __attribute__((always_inline))

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using RealTag = hn::CappedTag<double, 8>;
using WordTag = hn::RebindToUnsigned<RealTag>;

/// Numbers per vector: 1, 2, 4 or 8.
inline constexpr std::size_t vector_lanes = hn::MaxLanes(RealTag());

/// `count` vectors. No array, because compilers keep arrays in memory.
template <class Vector, std::size_t count = 8 / vector_lanes>
struct Eight {
  Eight<Vector, count / 2> low, high;
};
template <class Vector>
struct Eight<Vector, 1> {
  Vector vector;
};

/// The results of f for the vectors of each operand.
template <class F, class First, class... Others>
HWY_INLINE auto each(F f, Eight<First, 1> first, Eight<Others, 1>... others) noexcept {
  using Result = decltype(f(first.vector, others.vector...));
  return Eight<Result, 1>{f(first.vector, others.vector...)};
}
template <class F, std::size_t count, class First, class... Others>
HWY_INLINE auto each(F f, Eight<First, count> first, Eight<Others, count>... others) noexcept {
  const auto low = each(f, first.low, others.low...);
  const auto high = each(f, first.high, others.high...);
  using Result = decltype(f(First(), Others()...));
  return Eight<Result, count>{low, high};
}

/// The results of f(0), f(vector_lanes), ...: each vector from the number of its first lane.
template <class Vector, std::size_t count = 8 / vector_lanes, class F>
HWY_INLINE Eight<Vector, count> from_lanes(F f, std::size_t first = 0) noexcept {
  if constexpr (count == 1) {
    return {f(first)};
  } else {
    const auto low = from_lanes<Vector, count / 2>(f, first);
    return {low, from_lanes<Vector, count / 2>(f, first + vector_lanes * (count / 2))};
  }
}

/// The results of f(vector, number of its first lane) for each vector.
template <class F, class Vector, std::size_t count>
HWY_INLINE auto each_from_lane(F f, Eight<Vector, count> eight, std::size_t first = 0) noexcept {
  using Result = decltype(f(Vector(), first));
  if constexpr (count == 1) {
    return Eight<Result, 1>{f(eight.vector, first)};
  } else {
    const auto low = each_from_lane(f, eight.low, first);
    return Eight<Result, count>{low, each_from_lane(f, eight.high, first + vector_lanes * (count / 2))};
  }
}

/// Calls f(vector, number of its first lane) for each vector.
template <class Vector, std::size_t count, class F>
HWY_INLINE void for_vectors(Eight<Vector, count> eight, F f, std::size_t first = 0) noexcept {
  if constexpr (count == 1) {
    f(eight.vector, first);
  } else {
    for_vectors(eight.low, f, first);
    for_vectors(eight.high, f, first + vector_lanes * (count / 2));
  }
}

/// f of the lower and the upper half, and again, until one lane is left: its number.
template <class Tag, class F>
HWY_INLINE auto fold_vector(Tag, hn::Vec<Tag> vector, [[maybe_unused]] F f) noexcept {
#if HWY_TARGET != HWY_SCALAR
  if constexpr (hn::MaxLanes(Tag()) > 1) {
    const hn::Half<Tag> half;
    return fold_vector(half, f(hn::LowerHalf(half, vector), hn::UpperHalf(half, vector)), f);
  } else
#endif
    return hn::GetLane(vector);
}
template <class Tag, std::size_t count, class F>
HWY_INLINE auto fold(Tag tag, Eight<hn::Vec<Tag>, count> eight, F f) noexcept {
  if constexpr (count == 1) {
    return fold_vector(tag, eight.vector, f);
  } else {
    return fold(tag, each(f, eight.low, eight.high), f);
  }
}

}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
