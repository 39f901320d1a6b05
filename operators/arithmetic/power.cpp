#include "operators/all.hpp"
#include "operators/arithmetic/elementary.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// power <- base ^ exponent, component by component, by math::pow.
///
/// x^0 = 1^y = 1; NaN where an operand is NaN (1 and 0 included), and for a finite negative base with an exponent that
/// is no whole number. `power` may be `base` or `exponent` itself. Cost: about 100 ns per component; multiply squares.
struct Power {
  static constexpr std::string_view name = "power";
  static constexpr std::string_view summary = "raises a vector to a power component by component";

  struct Ports {
    In<double> base, exponent;
    Out<double> power;
  };
  static constexpr auto ports =
      std::tuple{in("base", &Ports::base, "real[n,d]", "what is raised").broadcast().minimum(0),
                 in("exponent", &Ports::exponent, "real[n,d]", "to which power").broadcast(),
                 out("power", &Ports::power, "real[n,d]", "base ^ exponent").broadcast()};

  static void run(const Ports& io, RowContext& context) noexcept {
    compute(Elementary::power, context.rows(), io.power, {io.base, io.exponent});
  }

  static ElementKernel element_kernel() noexcept { return skein::element_kernel(Elementary::power); }
};

}  // namespace

const OperatorTable& power_operator() { return operator_table<Power>(); }

}  // namespace skein
