// What the kernels need besides Highway's operations: rows whose length is no multiple of a vector, random numbers,
// cosine. Included once per instruction set.
#if defined(SKEIN_BENCHMARKS_LIMIT_VECTORS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef SKEIN_BENCHMARKS_LIMIT_VECTORS_INL_HPP
#undef SKEIN_BENCHMARKS_LIMIT_VECTORS_INL_HPP
#else
#define SKEIN_BENCHMARKS_LIMIT_VECTORS_INL_HPP
#endif

#include <cstddef>
#include <cstdint>

#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace skein::bench::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// Never more than the 8 lanes that the generator's state has.
using Reals = hn::CappedTag<double, 8>;
using Words = hn::RebindToUnsigned<Reals>;
using V = hn::Vec<Reals>;
using U = hn::Vec<Words>;

/// The first `count` lanes; the others become 0.
HWY_INLINE V first_lanes(std::size_t count, V value) { return hn::IfThenElseZero(hn::FirstN(Reals(), count), value); }

/// visit(first, only) for the vectors of a row of `width` numbers: `only` leaves a vector as it is, but for the last
/// one of a row that is no multiple of vectors: there it makes lanes beyond the row 0.
template <class Visit>
HWY_INLINE void for_vectors(std::size_t width, Visit visit) {
  const std::size_t lanes = hn::Lanes(Reals());
  std::size_t i = 0;
  for (; i + lanes <= width; i += lanes) visit(i, [](V value) HWY_ATTR { return value; });
  if (i < width) visit(i, [rest = width - i](V value) HWY_ATTR { return first_lanes(rest, value); });
}

/// to <- from, for rows that do not overlap. Rows are too short for the general memcpy.
HWY_INLINE void copy_row(const double* HWY_RESTRICT from, double* HWY_RESTRICT to, std::size_t width) {
  const Reals d;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t i = 0;
  for (; i + lanes <= width; i += lanes) hn::StoreU(hn::LoadU(d, from + i), d, to + i);
  if (i == width) return;
  if (width >= lanes) {
    hn::StoreU(hn::LoadU(d, from + width - lanes), d, to + width - lanes);
  } else {
    for (; i < width; ++i) to[i] = from[i];
  }
}

/// One xoshiro256+ per lane (Blackman, Vigna 2021), in registers while it lives.
class Generator {
 public:
  HWY_INLINE explicit Generator(std::uint64_t (*state)[8]) : state_(state) {
    s0_ = hn::LoadU(Words(), state[0]);
    s1_ = hn::LoadU(Words(), state[1]);
    s2_ = hn::LoadU(Words(), state[2]);
    s3_ = hn::LoadU(Words(), state[3]);
  }
  /// Highway's types allow no destructor that does this.
  HWY_INLINE void save() const {
    hn::StoreU(s0_, Words(), state_[0]);
    hn::StoreU(s1_, Words(), state_[1]);
    hn::StoreU(s2_, Words(), state_[2]);
    hn::StoreU(s3_, Words(), state_[3]);
  }

  HWY_INLINE U bits() {
    const U result = hn::Add(s0_, s3_);
    const U shifted = hn::ShiftLeft<17>(s1_);
    s2_ = hn::Xor(s2_, s0_);
    s3_ = hn::Xor(s3_, s1_);
    s1_ = hn::Xor(s1_, s2_);
    s0_ = hn::Xor(s0_, s3_);
    s2_ = hn::Xor(s2_, shifted);
    s3_ = hn::RotateRight<19>(s3_);
    return result;
  }

  /// In [1, 2), from the upper 52 bits.
  HWY_INLINE V one_to_two() { return from_bits(bits()); }
  static HWY_INLINE V from_bits(U bits) {
    const Words words;
    return hn::BitCast(Reals(), hn::Or(hn::ShiftRight<12>(bits), hn::Set(words, 0x3ff0000000000000)));
  }

 private:
  std::uint64_t (*state_)[8];
  U s0_, s1_, s2_, s3_;
};

/// sin(2 pi t) for |t| <= 1/4 as t P(t^2); absolute error about 1e-16. P interpolates at Chebyshev's points.
HWY_INLINE V sine_of_turn(V t) {
  const Reals d;
  const V s = hn::Mul(t, t);
  V p = hn::Set(d, 0.10089695501646812);
  p = hn::MulAdd(p, s, hn::Set(d, -0.7177337921413454));
  p = hn::MulAdd(p, s, hn::Set(d, 3.8199280942271643));
  p = hn::MulAdd(p, s, hn::Set(d, -15.0946416761179));
  p = hn::MulAdd(p, s, hn::Set(d, 42.058693925428685));
  p = hn::MulAdd(p, s, hn::Set(d, -76.70585975282492));
  p = hn::MulAdd(p, s, hn::Set(d, 81.60524927607362));
  p = hn::MulAdd(p, s, hn::Set(d, -41.341702240399755));
  p = hn::MulAdd(p, s, hn::Set(d, 6.283185307179586));
  return hn::Mul(p, t);
}

/// cos(2 pi x).
HWY_INLINE V cosine_of_turns(V x) {
  const V r = hn::Sub(x, hn::Round(x));
  return sine_of_turn(hn::Sub(hn::Set(Reals(), 0.25), hn::Abs(r)));
}

HWY_INLINE double sum_of_lanes(V value) { return hn::GetLane(hn::SumOfLanes(Reals(), value)); }

HWY_INLINE double product_of_lanes(V value) {
  alignas(64) double lane[8];
  hn::Store(value, Reals(), lane);
  double product = lane[0];
  for (std::size_t j = 1; j < hn::Lanes(Reals()); ++j) product *= lane[j];
  return product;
}

}  // namespace skein::bench::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
