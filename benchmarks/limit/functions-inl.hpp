// The objectives as the kernels evaluate them: sums over the coordinates of a row that is still in the fastest cache,
// and values of the sums of several rows at once. Loops of their own, because a processor works on many vectors of a
// long polynomial at a time when nothing else is in between. Included once per instruction set.
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

/// Up to two sums over the coordinates of a row.
struct Sums {
  double first = 0;
  double second = 0;
};

struct Sphere {
  HWY_INLINE explicit Sphere(const LimitSwarm&) {}
  HWY_INLINE Sums sums(const double* row, std::size_t dimension) const {
    const Reals d;
    V squares = hn::Zero(d);
    for_vectors(dimension, [&](std::size_t i, auto only) HWY_ATTR {
      const V x = only(hn::LoadU(d, row + i));
      squares = hn::MulAdd(x, x, squares);
    });
    return {sum_of_lanes(squares)};
  }
  static HWY_INLINE V value(V squares, V, double) { return squares; }
};

struct Rastrigin {
  HWY_INLINE explicit Rastrigin(const LimitSwarm&) {}
  HWY_INLINE Sums sums(const double* row, std::size_t dimension) const {
    const Reals d;
    V sum = hn::Zero(d);
    for_vectors(dimension, [&](std::size_t i, auto only) HWY_ATTR {
      const V x = only(hn::LoadU(d, row + i));
      const V wave = hn::Sub(hn::Set(d, 1.0), cosine_of_turns(x));
      sum = hn::MulAdd(x, x, hn::MulAdd(hn::Set(d, 10.0), wave, sum));
    });
    return {sum_of_lanes(sum)};
  }
  static HWY_INLINE V value(V sum, V, double) { return sum; }
};

struct Rosenbrock {
  HWY_INLINE explicit Rosenbrock(const LimitSwarm&) {}
  HWY_INLINE Sums sums(const double* row, std::size_t dimension) const {
    const Reals d;
    V sum = hn::Zero(d);
    for_vectors(dimension - 1, [&](std::size_t i, auto only) HWY_ATTR {
      const V x = hn::LoadU(d, row + i);
      const V across = hn::MulSub(x, x, hn::LoadU(d, row + i + 1));
      const V along = hn::Sub(x, hn::Set(d, 1.0));
      sum = hn::Add(sum, only(hn::MulAdd(hn::Mul(hn::Set(d, 100.0), across), across, hn::Mul(along, along))));
    });
    return {sum_of_lanes(sum)};
  }
  static HWY_INLINE V value(V sum, V, double) { return sum; }
};

struct Griewank {
  HWY_INLINE explicit Griewank(const LimitSwarm& swarm) : scale(swarm.scale.data()) {}
  const double* scale;
  HWY_INLINE Sums sums(const double* row, std::size_t dimension) const {
    const Reals d;
    V squares = hn::Zero(d);
    V product = hn::Set(d, 1.0);
    for_vectors(dimension, [&](std::size_t i, auto only) HWY_ATTR {
      const V x = only(hn::LoadU(d, row + i));
      squares = hn::MulAdd(x, x, squares);
      product = hn::Mul(product, cosine_of_turns(hn::Mul(x, hn::LoadU(d, scale + i))));
    });
    return {sum_of_lanes(squares), product_of_lanes(product)};
  }
  static HWY_INLINE V value(V squares, V product, double) {
    return hn::MulAdd(squares, hn::Set(Reals(), 1.0 / 4000.0), hn::Sub(hn::Set(Reals(), 1.0), product));
  }
};

struct Ackley {
  HWY_INLINE explicit Ackley(const LimitSwarm&) {}
  HWY_INLINE Sums sums(const double* row, std::size_t dimension) const {
    const Reals d;
    V squares = hn::Zero(d);
    V waves = hn::Zero(d);
    for_vectors(dimension, [&](std::size_t i, auto only) HWY_ATTR {
      const V x = only(hn::LoadU(d, row + i));
      squares = hn::MulAdd(x, x, squares);
      waves = hn::Add(waves, hn::Sub(hn::Set(d, 1.0), cosine_of_turns(x)));
    });
    return {sum_of_lanes(squares), sum_of_lanes(waves)};
  }
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
