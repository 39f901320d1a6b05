#include "operators/all.hpp"
#include "operators/arithmetic/elementary.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// sine <- sin(value) with value in radians, component by component, by math::sin.
///
/// NaN for infinities and NaN. `sine` may be `value` itself. Cost: about 10 ns per component, more beyond 2^20.
struct Sine {
  static constexpr std::string_view name = "sine";
  static constexpr std::string_view summary = "takes the sine of every component";

  struct Ports {
    In<double> value;
    Out<double> sine;
  };
  static constexpr auto ports = std::tuple{in("value", &Ports::value, "real[n,d]", "angles in radians").broadcast(),
                                           out("sine", &Ports::sine, "real[n,d]", "their sines").broadcast()};

  static void run(const Ports& io, RowContext& context) noexcept {
    compute(Elementary::sine, context.rows(), io.sine, {io.value});
  }

  static ElementKernel element_kernel() noexcept { return skein::element_kernel(Elementary::sine); }
};

}  // namespace

const OperatorTable& sine_operator() { return operator_table<Sine>(); }

}  // namespace skein
