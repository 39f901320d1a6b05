#include "benchmarks/limit/swarm.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "benchmarks/limit/spso_2011.cpp"
#include "hwy/foreach_target.h"
// Highway wants its own headers after the one above.
#include "benchmarks/limit/swarm_loop-inl.hpp"
#include "hwy/contrib/math/math-inl.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace skein::bench::HWY_NAMESPACE {

/// Two vectors of standard normal numbers: sqrt(-2 log u) in a direction that is uniform in the plane (Box, Muller
/// 1958). A half turn and a random sign make the full turn, so that sine and cosine need no case distinctions.
HWY_INLINE void DrawNormals(Generator& generator, V& first, V& second) {
  const Reals d;
  const U bits = generator.bits();
  const V u = hn::Sub(hn::Set(d, 2.0), Generator::FromBits(bits));  // in (0, 1]
  const V length = hn::Sqrt(hn::Mul(hn::Set(d, -2.0), hn::Log(d, u)));
  const V turn = hn::MulSub(hn::Set(d, 0.5), generator.one_to_two(), hn::Set(d, 0.75));  // in [-1/4, 1/4)
  // The highest of the bits that u leaves over is its sign.
  const V signed_length = hn::CopySign(length, hn::BitCast(d, hn::ShiftLeft<52>(bits)));
  first = hn::Mul(signed_length, SineOfTurn(turn));
  second = hn::Mul(signed_length, SineOfTurn(hn::Sub(hn::Set(d, 0.25), hn::Abs(turn))));
}

/// Two loops per row: ways c, normal numbers D and both lengths first, then v <- w v + c + D u |c| / |D|, the move, the
/// bounds and the function.
struct Spso2011 {
  HWY_INLINE explicit Spso2011(LimitSwarm& all)
      : swarm(all),
        width(all.stride == all.dimension ? all.dimension : hwy::RoundUpTo(all.dimension, hn::Lanes(Reals()))),
        way(all.scratch.data()),
        direction(all.scratch.data() + all.stride + 8),
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

  /// direction <- D, 0 beyond the row; returns |D|.
  HWY_INLINE double find_direction() {
    const Reals d;
    const std::size_t lanes = hn::Lanes(d);
    const std::size_t dimension = swarm.dimension;
    V squares = hn::Zero(d);
    V first, second;
    std::size_t i = 0;
    for (; i + 2 * lanes <= dimension; i += 2 * lanes) {
      DrawNormals(generator, first, second);
      hn::StoreU(first, d, direction + i);
      hn::StoreU(second, d, direction + i + lanes);
      squares = hn::MulAdd(second, second, hn::MulAdd(first, first, squares));
    }
    if (i < dimension) {
      DrawNormals(generator, first, second);
      first = hn::IfThenElseZero(hn::FirstN(d, dimension - i), first);
      second = dimension - i > lanes ? hn::IfThenElseZero(hn::FirstN(d, dimension - i - lanes), second) : hn::Zero(d);
      hn::StoreU(first, d, direction + i);
      if (i + lanes < dimension) hn::StoreU(second, d, direction + i + lanes);
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
