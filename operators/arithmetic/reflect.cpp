#include "operators/all.hpp"
#include "operators/arithmetic/elementary.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// value <- value mirrored at the limit that it is beyond, again and again until it is within [lower, upper], component
/// by component. In closed form: the distance to `lower`, modulo 2 (upper - lower), runs up and down the interval.
///
/// What is within stays as it is, NaN stays NaN. Equal limits give the limit; one limit may be infinite. Too far away
/// for its place to be told (2^51 times 2 (upper - lower), or where that overflows; infinities), a value goes to the
/// limit that it is beyond. Where lower > upper or a limit is NaN, reflect does what clamp does. Cost: two comparisons
/// per component within, one division beyond the first mirror image.
struct Reflect {
  static constexpr std::string_view name = "reflect";
  static constexpr std::string_view summary = "mirrors components at the limits of an interval until they are within";

  struct Ports {
    InOut<double> value;
    In<double> lower, upper;
  };
  static constexpr auto ports = std::tuple{
      inout("value", &Ports::value, "real[n,d]", "mirrored in place").broadcast(),
      in("lower", &Ports::lower, "real[n,d]", "lower limit: one for all, per row, per dimension or per component")
          .broadcast(),
      in("upper", &Ports::upper, "real[n,d]", "upper limit, >= lower").broadcast()};

  static void run(const Ports& io, RowContext& context) noexcept {
    compute(Elementary::reflect, context.rows(), io.value, {io.value, io.lower, io.upper});
  }

  static ElementKernel element_kernel() noexcept { return skein::element_kernel(Elementary::reflect); }
};

}  // namespace

const OperatorTable& reflect_operator() { return operator_table<Reflect>(); }

}  // namespace skein
