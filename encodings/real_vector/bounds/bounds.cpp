#include "encodings/real_vector/bounds/bounds.hpp"

#include "core/kernel/kernel-inl.hpp"
#include "core/kernel/rows-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {
namespace {

bool is_outside(const double* x, const double* lower, const double* upper, std::size_t count) {
  const auto is_beyond = [=](auto at) SKEIN_INLINED {
    const Reals x_i = at.load(x);
    return any((x_i < at.load(lower)) | (x_i > at.load(upper)));
  };
  if (count < 8) return is_beyond(Part(0, count));
  for (std::size_t first = 0; first + 8 <= count; first += 8) {
    if (is_beyond(Whole{first})) return true;
  }
  return count % 8 != 0 && is_beyond(Whole{count - 8});
}

std::size_t find_row_outside(const BoundsPorts& io, Rows rows) {
  const std::size_t width = io.position.width();
  std::size_t row = rows.first;
  while (row < rows.last && !is_outside(io.position.row(row), io.lower.row(0), io.upper.row(0), width)) ++row;
  return row;
}

/// `velocity_at_bound(v)` replaces the velocity v of a component that was beyond a bound.
template <class VelocityAtBound>
HWY_INLINE void clamp_places(const BoundsPorts& io, std::size_t row, VelocityAtBound velocity_at_bound) noexcept {
  double* position = io.position.row(row);
  double* velocity = io.velocity.row(row);
  const double* lower = io.lower.row(row);
  const double* upper = io.upper.row(row);
  for_places(
      io.position.width(),
      [=](auto at, auto store) SKEIN_INLINED {
        const Reals x = at.load(position);
        const Reals v = at.load(velocity);
        // Comparisons, because minimum and maximum may flush denormal numbers that are within.
        const Truths is_below = x < at.load(lower);
        const Truths is_above = x > at.load(upper);
        store(select(is_below, at.load(lower), select(is_above, at.load(upper), x)),
              select(is_below | is_above, velocity_at_bound(v), v));
      },
      [=](auto at, Reals new_position, Reals new_velocity) SKEIN_INLINED {
        at.store(new_position, position);
        at.store(new_velocity, velocity);
      });
}

void clamp_one_row(const BoundsPorts& io, std::size_t row, double factor) {
  if (factor == 0) {
    clamp_places(io, row, [](Reals) SKEIN_INLINED { return Reals(0.0); });
  } else {
    clamp_places(io, row, [factor](Reals v) SKEIN_INLINED { return factor * v; });
  }
}

}  // namespace
}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skein {
namespace {

HWY_EXPORT(find_row_outside);
HWY_EXPORT(clamp_one_row);

}  // namespace

std::size_t first_row_outside(const BoundsPorts& io, Rows rows) noexcept {
  return HWY_DYNAMIC_DISPATCH(find_row_outside)(io, rows);
}

void clamp_row(const BoundsPorts& io, std::size_t row, double factor) noexcept {
  HWY_DYNAMIC_DISPATCH(clamp_one_row)(io, row, factor);
}

}  // namespace skein
#endif  // HWY_ONCE
