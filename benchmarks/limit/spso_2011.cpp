#include "benchmarks/limit/swarm.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "benchmarks/limit/spso_2011.cpp"
#include "hwy/foreach_target.h"
// Highway wants its own headers after the one above.
#include "benchmarks/limit/swarm_loop-inl.hpp"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace skein::bench::HWY_NAMESPACE {

/// log(x) for x in (0, 1]: x = 2^e m with m in [0.707, 1.414), log(m) by its series in (m - 1) / (m + 1), with the
/// coefficients of Sun's fdlibm (1993).
HWY_INLINE V LogOfUniform(V x) {
  const Reals d;
  const Words words;
  const U least = hn::Set(words, 0x3fe6a09e667f3bcd);  // the bits of sqrt(1/2)
  // Biased by 1024, so that it is positive.
  const U biased =
      hn::ShiftRight<52>(hn::Add(hn::Sub(hn::BitCast(words, x), least), hn::Set(words, 0x4000000000000000)));
  const V e = hn::Sub(hn::BitCast(d, hn::Or(biased, hn::Set(words, 0x4330000000000000))), hn::Set(d, 0x1p52 + 1024));
  const U exponent = hn::ShiftLeft<52>(biased);
  const V m = hn::BitCast(d, hn::Sub(hn::BitCast(words, x), hn::Sub(exponent, hn::Set(words, 0x4000000000000000))));
  const V f = hn::Sub(m, hn::Set(d, 1.0));
  const V s = hn::Div(f, hn::Add(m, hn::Set(d, 1.0)));
  const V z = hn::Mul(s, s);
  const V w = hn::Mul(z, z);
  V even = hn::MulAdd(w, hn::Set(d, 1.531383769920937332e-01), hn::Set(d, 2.222219843214978396e-01));
  even = hn::MulAdd(w, even, hn::Set(d, 3.999999999940941908e-01));
  V odd = hn::MulAdd(w, hn::Set(d, 1.479819860511658591e-01), hn::Set(d, 1.818357216161805012e-01));
  odd = hn::MulAdd(w, odd, hn::Set(d, 2.857142874366239149e-01));
  odd = hn::MulAdd(w, odd, hn::Set(d, 6.666666666666735130e-01));
  const V rest = hn::MulAdd(z, odd, hn::Mul(w, even));
  // log(m) = f - s (f - rest)
  const V log_m = hn::NegMulAdd(s, hn::Sub(f, rest), f);
  return hn::MulAdd(e, hn::Set(d, 0.693147180559945309417), log_m);
}

/// Loops over a row, each short enough for a processor to work on several vectors at a time: the ways c; lengths and
/// directions of pairs of normal numbers D; then v <- w v + c + D u |c| / |D|, the move, the bounds and the function.
///
/// Pairs of normal numbers are sqrt(-2 log u) in a direction that is uniform in the plane (Box, Muller 1958). A half
/// turn and a random sign make the full turn, so that sine and cosine need no case distinctions.
struct Spso2011 {
  HWY_INLINE explicit Spso2011(LimitSwarm& all)
      : swarm(all),
        width(all.stride == all.dimension ? all.dimension : hwy::RoundUpTo(all.dimension, hn::Lanes(Reals()))),
        way(all.scratch.data()),
        direction(all.scratch.data() + all.stride + 16),
        generator(all.generator) {}
  LimitSwarm& swarm;
  std::size_t width;
  double* way;
  double* direction;
  Generator generator;

  /// One uniform number of [0, 1).
  HWY_INLINE double draw_one() { return hn::GetLane(generator.one_to_two()) - 1.0; }

  /// way <- c; returns |c|.
  HWY_INLINE double find_way(const double* HWY_RESTRICT x, const double* HWY_RESTRICT p, const double* HWY_RESTRICT g,
                             bool own) const {
    const Reals d;
    const V to_own = hn::Set(d, own ? 1.193 / 2.0 : 1.193 / 3.0);
    const V to_informant = hn::Set(d, own ? 0.0 : 1.193 / 3.0);
    V squares = hn::Zero(d);
    ForVectors(width, [&](std::size_t i, auto range) HWY_ATTR {
      const V at = range.load(x + i);
      const V c =
          hn::MulAdd(to_own, hn::Sub(range.load(p + i), at), hn::Mul(to_informant, hn::Sub(range.load(g + i), at)));
      hn::StoreU(c, d, way + i);
      squares = hn::MulAdd(c, c, squares);
    });
    return std::sqrt(SumOfLanes(squares));
  }

  /// direction <- D, 0 beyond the row; returns |D|. First the signed lengths of the pairs, in the places of their
  /// cosines.
  HWY_INLINE double find_direction() {
    const Reals d;
    const std::size_t lanes = hn::Lanes(d);
    const std::size_t dimension = swarm.dimension;
    for (std::size_t i = 0; i < dimension; i += 2 * lanes) {
      const U bits = generator.bits();
      const V u = hn::Sub(hn::Set(d, 2.0), Generator::FromBits(bits));  // in (0, 1]
      const V length = hn::Sqrt(hn::Mul(hn::Set(d, -2.0), LogOfUniform(u)));
      // The highest of the bits that u leaves over is the sign.
      hn::StoreU(hn::CopySign(length, hn::BitCast(d, hn::ShiftLeft<52>(bits))), d, direction + i);
    }
    V squares = hn::Zero(d);
    for (std::size_t i = 0; i < dimension; i += 2 * lanes) {
      const V turn = hn::MulSub(hn::Set(d, 0.5), generator.one_to_two(), hn::Set(d, 0.75));  // in [-1/4, 1/4)
      const V length = hn::LoadU(d, direction + i);
      V first = hn::Mul(length, SineOfTurn(hn::Sub(hn::Set(d, 0.25), hn::Abs(turn))));
      V second = hn::Mul(length, SineOfTurn(turn));
      if (i + 2 * lanes > dimension) {
        first = hn::IfThenElseZero(hn::FirstN(d, dimension - i), first);
        second = hn::IfThenElseZero(hn::FirstN(d, dimension - std::min(dimension, i + lanes)), second);
      }
      hn::StoreU(first, d, direction + i);
      hn::StoreU(second, d, direction + i + lanes);
      squares = hn::MulAdd(second, second, hn::MulAdd(first, first, squares));
    }
    return std::sqrt(SumOfLanes(squares));
  }

  template <class Function>
  HWY_INLINE void row(Function& function, std::size_t row, std::size_t informant, const double* HWY_RESTRICT g) {
    const Reals d;
    double* HWY_RESTRICT x = swarm.position.data() + row * swarm.stride;
    double* HWY_RESTRICT v = swarm.velocity.data() + row * swarm.stride;
    const double radius =
        find_way(x, swarm.personal_best.data() + row * swarm.stride, g, informant == row) * draw_one();
    const V stretch = hn::Set(d, radius / find_direction());
    const V inertia = hn::Set(d, 0.721);
    ForVectors(width, [&](std::size_t i, auto range) HWY_ATTR {
      const V aim = hn::MulAdd(range.load(direction + i), stretch, range.load(way + i));
      const V speed = hn::MulAdd(inertia, range.load(v + i), aim);
      const V moved = hn::Add(range.load(x + i), speed);
      const V bounded = hn::Min(hn::Max(moved, range.load(swarm.lower.data() + i)), range.load(swarm.upper.data() + i));
      range.store(bounded, x + i);
      range.store(hn::IfThenElse(hn::Eq(moved, bounded), speed, hn::Mul(hn::Set(d, -0.5), speed)), v + i);
      function.add(bounded);
    });
  }
};

void AdvanceSpso2011(LimitSwarm& swarm, std::size_t iterations) { AdvanceWith<Spso2011>(swarm, iterations); }

}  // namespace skein::bench::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skein::bench {

HWY_EXPORT(AdvanceSpso2011);

void advance_spso_2011(LimitSwarm& swarm, std::size_t iterations) {
  HWY_DYNAMIC_DISPATCH(AdvanceSpso2011)(swarm, iterations);
}

}  // namespace skein::bench
#endif
