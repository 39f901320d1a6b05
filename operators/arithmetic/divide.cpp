#include "operators/all.hpp"
#include "operators/arithmetic/elementary.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// quotient <- dividend / divisor, component by component.
///
/// As IEEE 754 has it: x / 0 is an infinity with the sign of both operands, 0 / 0 and infinity / infinity are NaN.
/// `quotient` may be `dividend` or `divisor` itself. Cost: one division per component.
struct Divide {
  static constexpr std::string_view name = "divide";
  static constexpr std::string_view summary = "divides two vectors component by component";

  struct Ports {
    In<double> dividend, divisor;
    Out<double> quotient;
  };
  static constexpr auto ports =
      std::tuple{in("dividend", &Ports::dividend, "real[n,d]", "what is divided").broadcast(),
                 in("divisor", &Ports::divisor, "real[n,d]", "what it is divided by").broadcast(),
                 out("quotient", &Ports::quotient, "real[n,d]", "dividend / divisor").broadcast()};

  static void run(const Ports& io, RowContext& context) noexcept {
    compute(Elementary::divide, context.rows(), io.quotient, {io.dividend, io.divisor});
  }

  static ElementKernel element_kernel() noexcept { return skein::element_kernel(Elementary::divide); }
};

}  // namespace

const OperatorTable& divide_operator() { return operator_table<Divide>(); }

}  // namespace skein
