// What the updaters of standard particle swarms have in common, inside a kernel.
#if defined(SKEIN_ENCODINGS_SPSO_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef SKEIN_ENCODINGS_SPSO_INL_HPP
#undef SKEIN_ENCODINGS_SPSO_INL_HPP
#else
#define SKEIN_ENCODINGS_SPSO_INL_HPP
#endif

#include "core/kernel/math-inl.hpp"
#include "core/kernel/rows-inl.hpp"
#include "encodings/real_vector/move-inl.hpp"
#include "encodings/real_vector/updater_ports.hpp"
#include "operators/reduction/norm-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {

/// x limited to [-2^1000, 2^1000], so that a few sums and products of such numbers stay finite. A NaN stays NaN.
HWY_INLINE Reals finite(Reals x) noexcept { return math::clamp(x, -0x1p1000, 0x1p1000); }

/// Limits the length of the velocity where a limit is bound; then position <- position + velocity, component by
/// component. A component beyond a bound is put on the bound, and its velocity v becomes `at_bound(v)`. A NaN is beyond
/// no bound: it stays NaN.
template <class AtBound>
HWY_INLINE void finish_row(const UpdaterPorts& io, std::size_t row, AtBound at_bound) noexcept {
  const std::size_t width = io.position.width();
  double* position = io.position.row(row);
  double* velocity = io.velocity.row(row);
  if (io.maximum_velocity) limit_norm(velocity, width, io.maximum_velocity.value(row));
  const double* lower = io.lower.row(row);
  const double* upper = io.upper.row(row);
  move_places(
      width, position, velocity, lower, upper, [=](auto at, Reals) SKEIN_INLINED { return at.load(velocity); },
      [=](Reals v, Truths stays) SKEIN_INLINED { return select(stays, v, at_bound(v)); });
}

}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
