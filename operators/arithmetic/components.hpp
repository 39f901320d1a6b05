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
template <class Use, class View>
void with_reader(Use use, const View& view) noexcept {
  if (view.element_stride() == 0) {
    use([view](std::size_t row) {
      const auto number = view.value(row);
      return [number](std::size_t) { return number; };
    });
  } else {
    use([view](std::size_t row) {
      const auto* elements = view.row(row);
      return [elements](std::size_t element) { return elements[element]; };
    });
  }
}

/// Calls `use(reader...)` with one reader per view.
template <class Use>
void with_readers(Use use) noexcept {
  use();
}
template <class Use, class View, class... Others>
void with_readers(Use use, const View& view, const Others&... others) noexcept {
  const auto with_first = [&](auto reader) {
    with_readers([&](auto... other_readers) { use(reader, other_readers...); }, others...);
  };
  with_reader(with_first, view);
}

/// target(row, e) <- f(reader(row)(e)...) for all rows. `vectorised` asks for a vector loop, for an f without calls.
template <bool vectorised = true, class Target, class F, class... Reader>
void write(Rows rows, const Target& target, F f, Reader... reader) noexcept {
  const std::size_t width = target.width();
  for (std::size_t row = rows.first; row < rows.last; ++row) {
    const auto write_row = [f, width](auto* elements, auto... operand) {
      if constexpr (vectorised) {
        SKEIN_INDEPENDENT_ITERATIONS
        for (std::size_t element = 0; element < width; ++element) elements[element] = f(operand(element)...);
      } else {
        for (std::size_t element = 0; element < width; ++element) elements[element] = f(operand(element)...);
      }
    };
    write_row(target.row(row), reader(row)...);
  }
}

/// target(row, e) <- Operator::apply(operand(row, e)...) for all rows. Each operand may be the target itself. An
/// operator whose formula calls functions says so: `static constexpr bool calls_functions = true`.
template <class Operator, class Target, class... Operand>
void apply(Rows rows, const Target& target, const Operand&... operand) noexcept {
  constexpr bool vectorised = !requires { Operator::calls_functions; };
  const auto formula = [](auto... component) { return Operator::apply(component...); };
  with_readers([&](auto... reader) { write<vectorised>(rows, target, formula, reader...); }, operand...);
}

}  // namespace skein::components
