// How a particle moves by its velocity, within the limits of velocities, inside a kernel.
#if defined(SKEIN_ENCODINGS_MOVE_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef SKEIN_ENCODINGS_MOVE_INL_HPP
#undef SKEIN_ENCODINGS_MOVE_INL_HPP
#else
#define SKEIN_ENCODINGS_MOVE_INL_HPP
#endif

#include "core/kernel/math-inl.hpp"
#include "core/kernel/rows-inl.hpp"
#include "encodings/real_vector/updater_ports.hpp"
#include "operators/reduction/norm-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {

/// velocity <- v = velocity_at(at, x), position x <- x + v for `count` numbers.
template <class VelocityAt>
HWY_INLINE void move_places(std::size_t count, double* position, double* velocity, VelocityAt velocity_at) noexcept {
  for_places(
      count,
      [=](auto at, auto store) SKEIN_INLINED {
        const Reals x = at.load(position);
        const Reals v = velocity_at(at, x);
        store(x + v, v);
      },
      [=](auto at, Reals new_position, Reals new_velocity) SKEIN_INLINED {
        at.store(new_position, position);
        at.store(new_velocity, velocity);
      });
}

/// The part of a row from `first` on.
struct RowPart {
  std::size_t row;
  std::size_t first;
  std::size_t count;
};

/// velocity <- velocity with every component limited to its limit, for a part of a row.
HWY_INLINE void limit_components(const UpdaterPorts& io, RowPart part) noexcept {
  double* velocity = io.velocity.row(part.row) + part.first;
  const bool is_one = io.component_limits.element_stride() == 0;
  const Reals one = io.component_limits.value();
  const double* limits = io.component_limits.row(0) + (is_one ? 0 : part.first);
  write_places(part.count, velocity, [=](auto at) SKEIN_INLINED {
    const Reals limit = is_one ? one : at.load(limits);
    return math::clamp(at.load(velocity), -limit, limit);
  });
}

/// Limits the velocities of a part of a row. With the last part the row's velocity is limited to its length, and the
/// row moves by it.
inline void move_limited(const UpdaterPorts& io, RowPart part) noexcept {
  if (io.limits_components()) limit_components(io, part);
  const std::size_t width = io.position.width();
  if (part.first + part.count != width) return;
  double* velocity = io.velocity.row(part.row);
  if (io.limits_velocities()) limit_norm(velocity, width, io.velocity_limit.value());
  move_places(width, io.position.row(part.row), velocity,
              [=](auto at, Reals) SKEIN_INLINED { return at.load(velocity); });
}

/// velocity <- v = velocity_at(at, x), limited; position x <- x + v, for a part of a row. First every component of v is
/// limited to its limit, then v to its length, where there are such limits. Parts of a row come in ascending order, and
/// where there are limits the row moves with its last part.
template <class VelocityAt>
HWY_INLINE void move_part(const UpdaterPorts& io, RowPart part, VelocityAt velocity_at) noexcept {
  double* position = io.position.row(part.row) + part.first;
  double* velocity = io.velocity.row(part.row) + part.first;
  if (!io.limits_components() && !io.limits_velocities()) {
    move_places(part.count, position, velocity, velocity_at);
    return;
  }
  write_places(part.count, velocity, [=](auto at) SKEIN_INLINED { return velocity_at(at, at.load(position)); });
  move_limited(io, part);
}

/// x limited to [-2^1000, 2^1000], so that a few sums and products of such numbers stay finite. A NaN stays NaN.
HWY_INLINE Reals finite(Reals x) noexcept { return math::clamp(x, -0x1p1000, 0x1p1000); }

}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
