#include "operators/all.hpp"
#include "operators/arithmetic/elementary.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// value <- minimum(maximum(value, lower), upper), component by component.
///
/// A NaN in `value` stays NaN, a limit that is NaN does not limit, and `upper` wins where lower > upper.
/// Cost: two selections per component.
struct Clamp {
  static constexpr std::string_view name = "clamp";
  static constexpr std::string_view summary = "limits every component to an interval";

  struct Ports {
    InOut<double> value;
    In<double> lower, upper;
  };
  static constexpr auto ports = std::tuple{
      inout("value", &Ports::value, "real[n,d]", "limited in place").broadcast(),
      in("lower", &Ports::lower, "real[n,d]", "lower limit: one for all, per row, per dimension or per component")
          .broadcast(),
      in("upper", &Ports::upper, "real[n,d]", "upper limit, >= lower").broadcast()};

  static void run(const Ports& io, RowContext& context) noexcept {
    compute(Elementary::clamp, context.rows(), io.value, {io.value, io.lower, io.upper});
  }

  static ElementKernel element_kernel() noexcept { return skein::element_kernel(Elementary::clamp); }
};

}  // namespace

const OperatorTable& clamp_operator() { return operator_table<Clamp>(); }

}  // namespace skein
