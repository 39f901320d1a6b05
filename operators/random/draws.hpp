// What operators make of the random numbers of a row group.
#pragma once

#include <cstddef>

#include "operators/arithmetic/components.hpp"

namespace skein::draws {

/// A number in an interval, from `u` uniform in [0, 1). May be rounded to `upper`, never beyond it.
struct Uniform {
  static double apply(double u, double lower, double upper) noexcept { return lower + u * (upper - lower); }
};

/// A normal number, from the standard normal number `z`.
struct Normal {
  static double apply(double z, double mean, double standard_deviation) noexcept {
    return mean + standard_deviation * z;
  }
};

/// values(row, e) <- Formula::apply(draw, first(row, e), second(row, e)) for the rows of a row group, where `drawn`
/// holds one number per component, row by row. Each operand may be `values` itself.
template <class Formula, class Draw, class Target, class View>
void write(Rows rows, const Target& values, const Draw* drawn, const View& first, const View& second) noexcept {
  const std::size_t width = values.width();
  const auto draw = [=](std::size_t row) {
    const Draw* elements = drawn + (row - rows.first) * width;
    return [elements](std::size_t element) { return elements[element]; };
  };
  const auto formula = [](auto... number) { return Formula::apply(number...); };
  components::with_readers([&](auto... reader) { components::write(rows, values, formula, draw, reader...); }, first,
                           second);
}

}  // namespace skein::draws
