#include <algorithm>
#include <cmath>
#include <limits>

#include "encodings/real_vector/all.hpp"
#include "encodings/real_vector/bounds/bounds.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// x <- x mirrored at the bound that it is beyond, again and again until it is within, and v <- -v for every mirroring,
/// component by component. In closed form, so that any overshoot costs the same: of the distance beyond the bound only
/// its rest modulo twice the width of the bounds counts, which is exact.
///
/// Equal bounds, and a distance that is infinite, put x on the bound and v to 0. A NaN stays. Cost: about 0.2 ns per
/// component where all of a row is within, otherwise some 10 ns per component that is not.
struct ReflectAndReverse {
  static constexpr std::string_view name = "reflect_and_reverse";
  static constexpr std::string_view summary = "mirrors components at the bounds until they are within";
  static constexpr auto roles = std::array<std::string_view, 1>{"bounds_handling"};

  using Ports = BoundsPorts;
  static constexpr auto ports = bounds_ports<Ports>();

  static void reflect(double& x, double& v, double lower, double upper) noexcept {
    const double width = upper - lower;
    const bool is_below = x < lower;
    const double beyond = is_below ? lower - x : x - upper;
    if (width <= 0 || beyond > std::numeric_limits<double>::max()) {
      x = is_below ? lower : upper;
      v = 0;
      return;
    }
    const double rest = std::fmod(beyond, 2 * width);
    const bool is_reversed = rest > 0 && rest <= width;
    const double from_near = rest <= width ? rest : 2 * width - rest;
    x = std::clamp(is_below ? lower + from_near : upper - from_near, lower, upper);
    if (is_reversed) v = -v;
  }

  static void run(const Ports& io, RowContext& context) noexcept {
    for_rows_outside(io, context.rows(), [&](std::size_t row) { for_components_outside(io, row, &reflect); });
  }
};

}  // namespace

const OperatorTable& reflect_and_reverse_operator() { return operator_table<ReflectAndReverse>(); }

}  // namespace skein
