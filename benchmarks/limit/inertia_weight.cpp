#include "benchmarks/limit/swarm.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "benchmarks/limit/inertia_weight.cpp"
#include "hwy/foreach_target.h"
// Highway wants its own headers after the one above.
#include "benchmarks/limit/swarm_loop-inl.hpp"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace skein::bench::HWY_NAMESPACE {

/// One loop per block of rows: two random numbers per coordinate, velocity, its limit, move, bounds.
struct InertiaWeight {
  HWY_INLINE explicit InertiaWeight(LimitSwarm& all) : swarm(all), generator(all.generator) {}
  LimitSwarm& swarm;
  Generator generator;

  HWY_INLINE void rows(RowBlock block, const BestInformants& informants) {
    const Reals d;
    const std::size_t first = block.first * swarm.dimension;
    double* HWY_RESTRICT v = swarm.velocity.data() + first;
    const double* HWY_RESTRICT p = swarm.personal_best.data() + first;
    const double* HWY_RESTRICT g = informants.personal_bests;
    const V inertia = hn::Set(d, 0.7298);
    const V pull = hn::Set(d, 1.49618);
    const V fastest = hn::Set(d, swarm.upper.data()[0]);
    const auto velocity_of = [&](std::size_t i, V at) HWY_ATTR {
      const V r1 = hn::MulSub(pull, generator.one_to_two(), pull);
      const V r2 = hn::MulSub(pull, generator.one_to_two(), pull);
      V speed = hn::Mul(inertia, hn::LoadU(d, v + i));
      speed = hn::MulAdd(r1, hn::Sub(hn::LoadU(d, p + i), at), speed);
      speed = hn::MulAdd(r2, hn::Sub(hn::LoadU(d, g + i), at), speed);
      return hn::Min(hn::Max(speed, hn::Neg(fastest)), fastest);
    };
    move_coordinates(swarm.position.data() + first, v, swarm.lower.data(), swarm.upper.data(),
                     block.count * swarm.dimension, velocity_of, [](V) HWY_ATTR { return hn::Zero(Reals()); });
  }
};

void advance_inertia_weight(LimitSwarm& swarm, std::size_t iterations) {
  advance_with<InertiaWeight>(swarm, iterations);
}
const char* target_name() { return hwy::TargetName(HWY_TARGET); }

}  // namespace skein::bench::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skein::bench {

HWY_EXPORT(advance_inertia_weight);
HWY_EXPORT(target_name);

void advance_inertia_weight(LimitSwarm& swarm, std::size_t iterations) {
  HWY_DYNAMIC_DISPATCH(advance_inertia_weight)(swarm, iterations);
}
const char* limit_target() { return HWY_DYNAMIC_DISPATCH(target_name)(); }

}  // namespace skein::bench
#endif
