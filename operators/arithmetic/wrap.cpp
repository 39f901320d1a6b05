#include "operators/all.hpp"
#include "operators/arithmetic/elementary.hpp"
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

  static void run(const Ports& io, RowContext& context) noexcept {
    compute(Elementary::wrap, context.rows(), io.value, {io.value, io.lower, io.upper});
  }

  static ElementKernel element_kernel() noexcept { return skein::element_kernel(Elementary::wrap); }
};

}  // namespace

const OperatorTable& wrap_operator() { return operator_table<Wrap>(); }

}  // namespace skein
