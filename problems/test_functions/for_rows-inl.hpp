// Evaluating a function of one point for all rows of a tile, inside a kernel: row by row, or as sums and products over
// the coordinates of each row.
#if defined(SKEIN_PROBLEMS_FOR_ROWS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef SKEIN_PROBLEMS_FOR_ROWS_INL_HPP
#undef SKEIN_PROBLEMS_FOR_ROWS_INL_HPP
#else
#define SKEIN_PROBLEMS_FOR_ROWS_INL_HPP
#endif

#include <algorithm>

#include "core/kernel/narrow-inl.hpp"
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

/// results[i] <- the sum or product of term(x, at), for every row x of the tile, over the first `width` of its places.
/// `term` may load the number behind each of them, too, where width < position.width().
template <class Fold, class Term>
HWY_INLINE void fold_rows(const In<double>& position, Rows rows, std::size_t width, double* results,
                          Term term) noexcept {
  if (!is_narrow(position)) {
    for (std::size_t i = 0; i < rows.count(); ++i) {
      const double* x = position.row(rows.first + i);
      results[i] = fold8<Fold>(width, [=](auto at) SKEIN_INLINED { return term(x, at); });
    }
    return;
  }
  const std::size_t stride = position.width();
  double terms[block_length + 8];
  for_blocks(rows, stride, [&](Rows block) SKEIN_INLINED {
    const double* x = position.row(block.first);
    write_places(block.count() * stride - (stride - width), terms, [=](auto at) SKEIN_INLINED { return term(x, at); });
    fold_rows<Fold>(terms, block.count(), stride, width, results + (block.first - rows.first));
  });
}
template <class Term>
HWY_INLINE void sum_rows(const In<double>& position, Rows rows, double* sums, Term term) noexcept {
  fold_rows<Sum>(position, rows, position.width(), sums, term);
}

/// use(rows, values) for tiles of at most 64 rows, so that what is known of each row finds place on the stack.
inline constexpr std::size_t tile_rows = 64;
template <class Use>
HWY_INLINE void for_tiles(Rows rows, double* values, Use use) noexcept {
  for (std::size_t first = rows.first; first < rows.last; first += tile_rows) {
    use(Rows{first, std::min(first + tile_rows, rows.last)}, values + (first - rows.first));
  }
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
