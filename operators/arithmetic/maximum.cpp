#include "operators/all.hpp"
#include "operators/arithmetic/elementary.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// maximum <- the larger of first and second, component by component: second where second > first, otherwise first.
///
/// A NaN in `first` stays, a NaN in `second` is ignored, and of zeros `first` is taken, as in clamp. `maximum` may be
/// `first` or `second` itself. Cost: one selection per component.
struct Maximum {
  static constexpr std::string_view name = "maximum";
  static constexpr std::string_view summary = "takes the larger of two vectors component by component";

  struct Ports {
    In<double> first, second;
    Out<double> maximum;
  };
  static constexpr auto ports =
      std::tuple{in("first", &Ports::first, "real[n,d]", "what is taken unless the other is larger").broadcast(),
                 in("second", &Ports::second, "real[n,d]", "what is taken where it is larger").broadcast(),
                 out("maximum", &Ports::maximum, "real[n,d]", "the larger one").broadcast()};

  static void run(const Ports& io, RowContext& context) noexcept {
    compute(Elementary::maximum, context.rows(), io.maximum, {io.first, io.second});
  }

  static ElementKernel element_kernel() noexcept { return skein::element_kernel(Elementary::maximum); }
};

}  // namespace

const OperatorTable& maximum_operator() { return operator_table<Maximum>(); }

}  // namespace skein
