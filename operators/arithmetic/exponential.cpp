#include "operators/all.hpp"
#include "operators/arithmetic/elementary.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// exponential <- e ^ value, component by component, by math::exp.
///
/// Infinity above 709.79, 0 below -745.14, NaN for NaN. `exponential` may be `value` itself. Cost: about 5 ns per
/// component.
struct Exponential {
  static constexpr std::string_view name = "exponential";
  static constexpr std::string_view summary = "raises e to every component";

  struct Ports {
    In<double> value;
    Out<double> exponential;
  };
  static constexpr auto ports =
      std::tuple{in("value", &Ports::value, "real[n,d]", "any numbers").broadcast(),
                 out("exponential", &Ports::exponential, "real[n,d]", "e ^ value").broadcast()};

  static void run(const Ports& io, RowContext& context) noexcept {
    compute(Elementary::exponential, context.rows(), io.exponential, {io.value});
  }

  static ElementKernel element_kernel() noexcept { return skein::element_kernel(Elementary::exponential); }
};

}  // namespace

const OperatorTable& exponential_operator() { return operator_table<Exponential>(); }

}  // namespace skein
