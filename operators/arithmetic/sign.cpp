#include "operators/all.hpp"
#include "operators/arithmetic/elementary.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// sign <- 1 where value > 0, -1 where value < 0, otherwise value itself, component by component.
///
/// So zeros keep their sign and NaN stays NaN. `sign` may be `value` itself. Cost: two selections per component.
struct Sign {
  static constexpr std::string_view name = "sign";
  static constexpr std::string_view summary = "takes the sign of every component";

  struct Ports {
    In<double> value;
    Out<double> sign;
  };
  static constexpr auto ports = std::tuple{in("value", &Ports::value, "real[n,d]", "any numbers").broadcast(),
                                           out("sign", &Ports::sign, "real[n,d]", "-1, 0 or 1").broadcast()};

  static void run(const Ports& io, RowContext& context) noexcept {
    compute(Elementary::sign, context.rows(), io.sign, {io.value});
  }

  static ElementKernel element_kernel() noexcept { return skein::element_kernel(Elementary::sign); }
};

}  // namespace

const OperatorTable& sign_operator() { return operator_table<Sign>(); }

}  // namespace skein
