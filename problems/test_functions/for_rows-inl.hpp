// for_rows: evaluates a function of one point for all rows of a tile, inside a kernel.
#if defined(SKEIN_PROBLEMS_FOR_ROWS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef SKEIN_PROBLEMS_FOR_ROWS_INL_HPP
#undef SKEIN_PROBLEMS_FOR_ROWS_INL_HPP
#else
#define SKEIN_PROBLEMS_FOR_ROWS_INL_HPP
#endif

#include "core/kernel/rows-inl.hpp"
#include "skein/context.hpp"
#include "skein/view.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {

/// values[i] <- value(coordinates, dimension) for every row of the tile.
template <class Value>
HWY_INLINE void for_rows(const In<double>& position, Rows rows, double* values, Value value) noexcept {
  const std::size_t dimension = position.width();
  for (std::size_t i = 0; i < rows.count(); ++i) values[i] = value(position.row(rows.first + i), dimension);
}

/// The sum of x_i^2.
HWY_INLINE double sum_of_squares(const double* x, std::size_t dimension) noexcept {
  return sum8(dimension, [x](auto at) SKEIN_INLINED {
    const Reals x_i = at.load(x);
    return x_i * x_i;
  });
}

}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
