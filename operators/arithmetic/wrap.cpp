#include <cmath>
#include <limits>

#include "operators/all.hpp"
#include "operators/arithmetic/components.hpp"
#include "operators/arithmetic/whole_part.hpp"
#include "skein/math.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// value <- value - k (upper - lower) with the whole number k that puts it into [lower, upper), component by component:
/// what leaves the interval on one side comes in on the other.
///
/// What is within stays as it is, NaN stays NaN. A result that rounding puts outside is `lower`; so is a value 2^51
/// widths away or further, infinities included. Where upper - lower is not positive and finite, wrap does what clamp
/// does: equal limits give the limit. Cost: two comparisons per component within, one division beyond.
struct Wrap {
  static constexpr std::string_view name = "wrap";
  static constexpr std::string_view summary = "puts components into an interval whose ends are joined";

  struct Ports {
    InOut<double> value;
    In<double> lower, upper;
  };
  static constexpr auto ports = std::tuple{
      inout("value", &Ports::value, "real[n,d]", "wrapped in place").broadcast(),
      in("lower", &Ports::lower, "real[n,d]", "lower limit: one for all, per row, per dimension or per component")
          .broadcast(),
      in("upper", &Ports::upper, "real[n,d]", "upper limit, >= lower").broadcast()};

  static double apply(double value, double lower, double upper) noexcept {
    const double width = upper - lower;
    if (!(width > 0.0 && width < std::numeric_limits<double>::infinity())) return math::clamp(value, lower, upper);
    if ((value >= lower && value < upper) || std::isnan(value)) return value;

    const double periods = (value - lower) / width;
    if (!(periods > -whole_number_limit && periods < whole_number_limit)) return lower;
    const double moved = value - whole_part(periods) * width;
    return moved >= lower && moved < upper ? moved : lower;
  }

  static void run(const Ports& io, RowContext& context) noexcept {
    components::apply<Wrap>(context.rows(), io.value, io.value, io.lower, io.upper);
  }
};

}  // namespace

const OperatorTable& wrap_operator() { return operator_table<Wrap>(); }

}  // namespace skein
