// Loops over the components of rows, for operators that compute one component from others at the same place.
#pragma once

#include <cstddef>

#include "skein/context.hpp"
#include "skein/view.hpp"

// Says of the next loop that no iteration reads what another one writes. It also holds where an operand is the target
// itself, which a compiler would otherwise take for a reason not to vectorise.
#if defined(__clang__)
#define SKEIN_INDEPENDENT_ITERATIONS _Pragma("clang loop vectorize(assume_safety)")
#else
#define SKEIN_INDEPENDENT_ITERATIONS _Pragma("GCC ivdep")
#endif

namespace skein::components {

/// Calls `use(reader)`, where `reader(row)(element)` is a component of `view`. Called with a reader of one of two
/// types, for views with one number per row and for contiguous rows, so that a loop over elements holds no test.
template <class View, class Use>
void with_reader(const View& view, Use use) noexcept {
  if (view.element_stride() == 0) {
    use([view](std::size_t row) {
      const double number = view.value(row);
      return [number](std::size_t) { return number; };
    });
  } else {
    use([view](std::size_t row) {
      const double* elements = view.row(row);
      return [elements](std::size_t element) { return elements[element]; };
    });
  }
}

/// target(row, e) <- f(reader(row)(e)...) for all rows.
template <class Target, class F, class... Reader>
void write(Rows rows, const Target& target, F f, Reader... reader) noexcept {
  const std::size_t width = target.width();
  for (std::size_t row = rows.first; row < rows.last; ++row) {
    const auto write_row = [f, width](double* elements, auto... operand) {
      SKEIN_INDEPENDENT_ITERATIONS
      for (std::size_t element = 0; element < width; ++element) elements[element] = f(operand(element)...);
    };
    write_row(target.row(row), reader(row)...);
  }
}

/// target(row, e) <- f(first(row, e), second(row, e)) for all rows. Each operand may be the target itself.
template <class Target, class F>
void combine(Rows rows, const Target& target, const In<double>& first, const In<double>& second, F f) noexcept {
  with_reader(first, [&](auto first_reader) {
    with_reader(second, [&](auto second_reader) { write(rows, target, f, first_reader, second_reader); });
  });
}

}  // namespace skein::components
