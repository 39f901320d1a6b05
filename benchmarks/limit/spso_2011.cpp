#include <cmath>

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
HWY_INLINE V log_of_uniform(V x) {
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

/// Loops over a block of rows, each short enough for a processor to work on several vectors at a time: normal numbers
/// D; per row the way c, both lengths and the aim c + D u |c| / |D|; then v <- w v + aim, the move and the bounds.
///
/// What is computed row by row is stored in whole vectors: the next row overwrites what reaches beyond a row.
struct Spso2011 {
  HWY_INLINE explicit Spso2011(LimitSwarm& all)
      : swarm(all),
        direction(all.scratch.data()),
        aim(direction + all.rows_at_once * all.dimension + 16),
        generator(all.generator) {}
  LimitSwarm& swarm;
  double* direction;
  double* aim;
  Generator generator;

  /// direction <- normal numbers in pairs, sqrt(-2 log u) in a direction that is uniform in the plane (Box, Muller
  /// 1958). A half turn and a random sign make the full turn, so that sine and cosine need no case distinctions. The
  /// first loop puts the signed lengths in the places of the cosines.
  HWY_INLINE void draw_directions(std::size_t count) {
    const Reals d;
    const std::size_t lanes = hn::Lanes(d);
    for (std::size_t i = 0; i < count; i += 2 * lanes) {
      const U bits = generator.bits();
      const V u = hn::Sub(hn::Set(d, 2.0), Generator::from_bits(bits));  // in (0, 1]
      const V length = hn::Sqrt(hn::Mul(hn::Set(d, -2.0), log_of_uniform(u)));
      // The highest of the bits that u leaves over is the sign.
      hn::StoreU(hn::CopySign(length, hn::BitCast(d, hn::ShiftLeft<52>(bits))), d, direction + i);
    }
    for (std::size_t i = 0; i < count; i += 2 * lanes) {
      const V turn = hn::MulSub(hn::Set(d, 0.5), generator.one_to_two(), hn::Set(d, 0.75));  // in [-1/4, 1/4)
      const V length = hn::LoadU(d, direction + i);
      hn::StoreU(hn::Mul(length, sine_of_turn(hn::Sub(hn::Set(d, 0.25), hn::Abs(turn)))), d, direction + i);
      hn::StoreU(hn::Mul(length, sine_of_turn(turn)), d, direction + i + lanes);
    }
  }

  /// to <- c, then c + D u |c| / |D|, for one row.
  HWY_INLINE void find_aim(double* HWY_RESTRICT to, const double* HWY_RESTRICT x, const double* HWY_RESTRICT p,
                           const double* HWY_RESTRICT g, const double* HWY_RESTRICT normal, bool own) {
    const Reals d;
    const V to_own = hn::Set(d, own ? 1.193 / 2.0 : 1.193 / 3.0);
    const V to_informant = hn::Set(d, own ? 0.0 : 1.193 / 3.0);
    V way_squares = hn::Zero(d);
    V normal_squares = hn::Zero(d);
    for_vectors(swarm.dimension, [&](std::size_t i, auto only) HWY_ATTR {
      const V at = hn::LoadU(d, x + i);
      const V informant_pull = hn::Mul(to_informant, hn::Sub(hn::LoadU(d, g + i), at));
      const V c = only(hn::MulAdd(to_own, hn::Sub(hn::LoadU(d, p + i), at), informant_pull));
      const V n = only(hn::LoadU(d, normal + i));
      hn::StoreU(c, d, to + i);
      way_squares = hn::MulAdd(c, c, way_squares);
      normal_squares = hn::MulAdd(n, n, normal_squares);
    });
    const double ratio = std::sqrt(sum_of_lanes(way_squares) / sum_of_lanes(normal_squares));
    const V stretch = hn::Set(d, ratio * (hn::GetLane(generator.one_to_two()) - 1.0));
    for_vectors(swarm.dimension, [&](std::size_t i, auto) HWY_ATTR {
      hn::StoreU(hn::MulAdd(hn::LoadU(d, normal + i), stretch, hn::LoadU(d, to + i)), d, to + i);
    });
  }

  HWY_INLINE void rows(RowBlock block, const BestInformants& informants) {
    const Reals d;
    const std::size_t dimension = swarm.dimension;
    const std::size_t first = block.first * dimension;
    double* HWY_RESTRICT x = swarm.position.data() + first;
    double* HWY_RESTRICT v = swarm.velocity.data() + first;
    const double* HWY_RESTRICT p = swarm.personal_best.data() + first;
    draw_directions(block.count * dimension);
    for (std::size_t k = 0; k < block.count; ++k) {
      const std::size_t at = k * dimension;
      find_aim(aim + at, x + at, p + at, informants.personal_bests + at, direction + at,
               informants.row[k] == block.first + k);
    }
    const V inertia = hn::Set(d, 0.721);
    move_coordinates(
        x, v, swarm.lower.data(), swarm.upper.data(), block.count * dimension,
        [&](std::size_t i, V) HWY_ATTR { return hn::MulAdd(inertia, hn::LoadU(d, v + i), hn::LoadU(d, aim + i)); },
        [](V speed) HWY_ATTR { return hn::Mul(hn::Set(Reals(), -0.5), speed); });
  }
};

void advance_spso_2011(LimitSwarm& swarm, std::size_t iterations) { advance_with<Spso2011>(swarm, iterations); }

}  // namespace skein::bench::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skein::bench {

HWY_EXPORT(advance_spso_2011);

void advance_spso_2011(LimitSwarm& swarm, std::size_t iterations) {
  HWY_DYNAMIC_DISPATCH(advance_spso_2011)(swarm, iterations);
}

}  // namespace skein::bench
#endif
