// Narrow rows that follow each other without gaps. Some of them, a block, are treated like one longer row: what is done
// element by element then has few last places, and what is the same for all rows is repeated as often as a block has
// rows.
#if defined(SKEIN_CORE_KERNEL_NARROW_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef SKEIN_CORE_KERNEL_NARROW_INL_HPP
#undef SKEIN_CORE_KERNEL_NARROW_INL_HPP
#else
#define SKEIN_CORE_KERNEL_NARROW_INL_HPP
#endif

#include <algorithm>
#include <initializer_list>

#include "core/kernel/rows-inl.hpp"
#include "skein/context.hpp"
#include "skein/view.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {

/// Most numbers of a narrow row, and of a block.
inline constexpr std::size_t narrow_width = 32;
inline constexpr std::size_t block_length = 8 * narrow_width;

/// How many narrow rows make a block: a multiple of 8, so that all blocks but the last one are whole places.
constexpr std::size_t rows_per_block(std::size_t width) noexcept { return 8 * ((width + 7) / width); }

/// Whether the rows of a view are narrow and follow each other without gaps.
template <class View>
HWY_INLINE bool is_narrow(const View& view) noexcept {
  return view.width() <= narrow_width && view.row_stride() == view.width();
}

/// use(rows of a block) for blocks of narrow rows, in ascending order.
template <class Use>
HWY_INLINE void for_blocks(Rows rows, std::size_t width, Use use) noexcept {
  const std::size_t step = rows_per_block(width);
  for (std::size_t row = rows.first; row < rows.last; row += step) use(Rows{row, std::min(row + step, rows.last)});
}

/// to <- from, `count` numbers that are somewhere else.
HWY_INLINE void copy_numbers(const double* from, std::size_t count, double* to) noexcept {
  write_places(count, to, [from](auto at) SKEIN_INLINED { return at.load(from); });
}

/// One row for each row of a block, side by side.
struct BlockRows {
  double numbers[block_length + 8];  ///< with room for a place that begins at the last number

  /// The k-th row <- row_of(k), `width` numbers.
  template <class RowOf>
  HWY_INLINE void fill(std::size_t rows, std::size_t width, RowOf row_of) noexcept {
    for (std::size_t k = 0; k < rows; ++k) copy_numbers(row_of(k), width, numbers + k * width);
  }

  /// All numbers of the k-th row <- number_of(k). What is stored beyond a row is overwritten by the next one.
  template <class NumberOf>
  HWY_INLINE void spread(std::size_t rows, std::size_t width, NumberOf number_of) noexcept {
    for (std::size_t k = 0; k < rows; ++k) {
      const Reals number = number_of(k);
      for (std::size_t i = 0; i < width; i += 8) number.store(numbers + k * width + i);
    }
  }
};

/// results[k] <- the sum or product of the `width` numbers of the k-th row at x, in 8 lanes as by sum8 and product8.
/// Rows are `stride` numbers apart; behind the last number 8 more can be read.
template <class Fold>
HWY_INLINE void fold_rows(const double* x, std::size_t rows, std::size_t stride, std::size_t width,
                          double* results) noexcept {
  const std::size_t rest = width % 8;
  const Truths truths = first_of_eight(rest);
  for (std::size_t k = 0; k < rows; ++k) {
    const double* row = x + k * stride;
    Reals result = Fold::neutral;
    std::size_t first = 0;
    for (; first + 8 <= width; first += 8) result = Fold::combine(result, Reals::load(row + first));
    if (rest != 0) result = Fold::combine(result, select(truths, Reals::load(row + first), Fold::neutral));
    results[k] = Fold::of_lanes(result);
  }
}

}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
