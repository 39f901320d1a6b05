// How a particle moves and what becomes of it at its bounds, inside a kernel.
#if defined(SKEIN_ENCODINGS_MOVE_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef SKEIN_ENCODINGS_MOVE_INL_HPP
#undef SKEIN_ENCODINGS_MOVE_INL_HPP
#else
#define SKEIN_ENCODINGS_MOVE_INL_HPP
#endif

#include "core/kernel/math-inl.hpp"
#include "core/kernel/rows-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {

/// velocity <- v = velocity_at(at, x), position x <- x + v for a row of `count` numbers. A component beyond a bound is
/// put on the bound; its velocity becomes within_bounds(v, stays), where `stays` says which of eight are within theirs.
/// A NaN is beyond no bound: it stays NaN.
template <class VelocityAt, class WithinBounds>
HWY_INLINE void move_places(std::size_t count, double* position, double* velocity, const double* lower,
                            const double* upper, VelocityAt velocity_at, WithinBounds within_bounds) noexcept {
  for_places(
      count,
      [=](auto at, auto store) SKEIN_INLINED {
        const Reals x = at.load(position);
        const Reals v = velocity_at(at, x);
        const Reals moved = x + v;
        const Reals bounded = math::clamp(moved, at.load(lower), at.load(upper));
        store(bounded, within_bounds(v, same_bits(moved, bounded)));
      },
      [=](auto at, Reals new_position, Reals new_velocity) SKEIN_INLINED {
        at.store(new_position, position);
        at.store(new_velocity, velocity);
      });
}

}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
