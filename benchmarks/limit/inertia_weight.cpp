#include "benchmarks/limit/swarm.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "benchmarks/limit/inertia_weight.cpp"
#include "hwy/foreach_target.h"
// Highway wants its own headers after the one above.
#include "benchmarks/limit/swarm_loop-inl.hpp"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace skein::bench::HWY_NAMESPACE {

/// One loop per row: two random numbers per coordinate, velocity, its limit, move, bounds, function.
struct InertiaWeight {
  HWY_INLINE explicit InertiaWeight(LimitSwarm& all)
      : swarm(all),
        width(all.stride == all.dimension ? all.dimension : hwy::RoundUpTo(all.dimension, hn::Lanes(Reals()))),
        limit(all.upper.data()[0]),
        generator(all.generator) {}
  LimitSwarm& swarm;
  std::size_t width;
  double limit;
  Generator generator;

  template <class Function>
  HWY_INLINE void row(Function& function, std::size_t row, std::size_t, const double* HWY_RESTRICT g) {
    const Reals d;
    double* HWY_RESTRICT x = swarm.position.data() + row * swarm.stride;
    double* HWY_RESTRICT v = swarm.velocity.data() + row * swarm.stride;
    const double* HWY_RESTRICT p = swarm.personal_best.data() + row * swarm.stride;
    const double* HWY_RESTRICT lower = swarm.lower.data();
    const double* HWY_RESTRICT upper = swarm.upper.data();
    const V inertia = hn::Set(d, 0.7298);
    const V pull = hn::Set(d, 1.49618);
    const V fastest = hn::Set(d, limit);
    ForVectors(width, [&](std::size_t i, auto range) HWY_ATTR {
      const V at = range.load(x + i);
      const V r1 = hn::MulSub(pull, generator.one_to_two(), pull);
      const V r2 = hn::MulSub(pull, generator.one_to_two(), pull);
      V speed = hn::Mul(inertia, range.load(v + i));
      speed = hn::MulAdd(r1, hn::Sub(range.load(p + i), at), speed);
      speed = hn::MulAdd(r2, hn::Sub(range.load(g + i), at), speed);
      speed = hn::Min(hn::Max(speed, hn::Neg(fastest)), fastest);
      const V moved = hn::Add(at, speed);
      const V bounded = hn::Min(hn::Max(moved, range.load(lower + i)), range.load(upper + i));
      range.store(bounded, x + i);
      range.store(hn::IfThenElseZero(hn::Eq(moved, bounded), speed), v + i);
      function.add(bounded);
    });
  }
};

void AdvanceInertiaWeight(LimitSwarm& swarm, std::size_t iterations) { AdvanceWith<InertiaWeight>(swarm, iterations); }
const char* TargetName() { return hwy::TargetName(HWY_TARGET); }

}  // namespace skein::bench::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skein::bench {

HWY_EXPORT(AdvanceInertiaWeight);
HWY_EXPORT(TargetName);

void advance_inertia_weight(LimitSwarm& swarm, std::size_t iterations) {
  HWY_DYNAMIC_DISPATCH(AdvanceInertiaWeight)(swarm, iterations);
}
const char* limit_target() { return HWY_DYNAMIC_DISPATCH(TargetName)(); }

}  // namespace skein::bench
#endif
