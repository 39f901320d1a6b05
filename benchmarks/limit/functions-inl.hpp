// The objectives as the kernels evaluate them. A function collects the coordinates of a row, vector by vector as they
// are moved, in sums of its own, and makes values of the sums of several rows at once. Included once per instruction
// set.
#if defined(SKEIN_BENCHMARKS_LIMIT_FUNCTIONS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef SKEIN_BENCHMARKS_LIMIT_FUNCTIONS_INL_HPP
#undef SKEIN_BENCHMARKS_LIMIT_FUNCTIONS_INL_HPP
#else
#define SKEIN_BENCHMARKS_LIMIT_FUNCTIONS_INL_HPP
#endif

#include "benchmarks/limit/swarm.hpp"
#include "benchmarks/limit/vectors-inl.hpp"
#include "hwy/contrib/math/math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace skein::bench::HWY_NAMESPACE {

/// What functions have in common. `add` sees every vector of coordinates while it is still in a register, `whole_row`
/// the row when it is complete. A function uses one of them: coming back costs loads from the fastest cache, but lets a
/// processor work on many vectors of a long polynomial at a time. Lanes beyond the row are 0.
struct Function {
  HWY_INLINE explicit Function(const LimitSwarm&) : first(hn::Zero(Reals())) {}
  V first;
  HWY_INLINE void add(V) {}
  HWY_INLINE void whole_row(const double*, std::size_t) {}
  HWY_INLINE double first_sum() const { return SumOfLanes(first); }
  HWY_INLINE double second_sum() const { return 0; }
  static HWY_INLINE V value(V first_sums, V, double) { return first_sums; }
};

struct Sphere : Function {
  HWY_INLINE explicit Sphere(const LimitSwarm& swarm) : Function(swarm) {}
  HWY_INLINE void add(V x) { first = hn::MulAdd(x, x, first); }
};

struct Rastrigin : Function {
  HWY_INLINE explicit Rastrigin(const LimitSwarm& swarm) : Function(swarm) {}
  HWY_INLINE void whole_row(const double* row, std::size_t dimension) {
    const Reals d;
    ForVectors(dimension, [&](std::size_t i, auto range) HWY_ATTR {
      const V x = range.load(row + i);
      const V wave = hn::Sub(hn::Set(d, 1.0), CosineOfTurns(x));
      first = hn::MulAdd(x, x, hn::MulAdd(hn::Set(d, 10.0), wave, first));
    });
  }
};

struct Rosenbrock : Function {
  HWY_INLINE explicit Rosenbrock(const LimitSwarm& swarm) : Function(swarm) {}
  HWY_INLINE void whole_row(const double* row, std::size_t dimension) {
    const Reals d;
    ForVectors(dimension - 1, [&](std::size_t i, auto range) HWY_ATTR {
      const V x = range.load(row + i);
      const V across = hn::MulSub(x, x, range.load(row + i + 1));
      const V along = hn::Sub(x, hn::Set(d, 1.0));
      const V term = hn::MulAdd(hn::Mul(hn::Set(d, 100.0), across), across, hn::Mul(along, along));
      first = hn::Add(first, range.only(term));
    });
  }
};

struct Griewank : Function {
  HWY_INLINE explicit Griewank(const LimitSwarm& swarm)
      : Function(swarm), scale(swarm.scale.data()), second(hn::Set(Reals(), 1.0)) {}
  const double* scale;
  V second;
  HWY_INLINE void whole_row(const double* row, std::size_t dimension) {
    ForVectors(dimension, [&](std::size_t i, auto range) HWY_ATTR {
      const V x = range.load(row + i);
      first = hn::MulAdd(x, x, first);
      second = hn::Mul(second, CosineOfTurns(hn::Mul(x, range.load(scale + i))));
    });
  }
  HWY_INLINE double second_sum() const { return ProductOfLanes(second); }
  static HWY_INLINE V value(V squares, V product, double) {
    return hn::MulAdd(squares, hn::Set(Reals(), 1.0 / 4000.0), hn::Sub(hn::Set(Reals(), 1.0), product));
  }
};

struct Ackley : Function {
  HWY_INLINE explicit Ackley(const LimitSwarm& swarm) : Function(swarm), second(hn::Zero(Reals())) {}
  V second;
  HWY_INLINE void whole_row(const double* row, std::size_t dimension) {
    ForVectors(dimension, [&](std::size_t i, auto range) HWY_ATTR {
      const V x = range.load(row + i);
      first = hn::MulAdd(x, x, first);
      second = hn::Add(second, hn::Sub(hn::Set(Reals(), 1.0), CosineOfTurns(x)));
    });
  }
  HWY_INLINE double second_sum() const { return SumOfLanes(second); }
  static HWY_INLINE V value(V squares, V waves, double dimension) {
    const Reals d;
    const V part = hn::Set(d, 1.0 / dimension);
    const V one = hn::Set(d, 1.0);
    const V funnel = hn::Sub(one, hn::Exp(d, hn::Mul(hn::Set(d, -0.2), hn::Sqrt(hn::Mul(squares, part)))));
    const V ripples = hn::Sub(one, hn::Exp(d, hn::Neg(hn::Mul(waves, part))));
    return hn::MulAdd(hn::Set(d, 20.0), funnel, hn::Mul(hn::Set(d, 2.718281828459045), ripples));
  }
};

}  // namespace skein::bench::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
