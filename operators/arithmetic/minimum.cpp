#include "operators/all.hpp"
#include "operators/arithmetic/elementary.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// minimum <- the smaller of first and second, component by component: second where second < first, otherwise first.
///
/// A NaN in `first` stays, a NaN in `second` is ignored, and of zeros `first` is taken, as in clamp. `minimum` may be
/// `first` or `second` itself. Cost: one selection per component.
struct Minimum {
  static constexpr std::string_view name = "minimum";
  static constexpr std::string_view summary = "takes the smaller of two vectors component by component";

  struct Ports {
    In<double> first, second;
    Out<double> minimum;
  };
  static constexpr auto ports =
      std::tuple{in("first", &Ports::first, "real[n,d]", "what is taken unless the other is smaller").broadcast(),
                 in("second", &Ports::second, "real[n,d]", "what is taken where it is smaller").broadcast(),
                 out("minimum", &Ports::minimum, "real[n,d]", "the smaller one").broadcast()};

  static void run(const Ports& io, RowContext& context) noexcept {
    compute(Elementary::minimum, context.rows(), io.minimum, {io.first, io.second});
  }

  static ElementKernel element_kernel() noexcept { return skein::element_kernel(Elementary::minimum); }
};

}  // namespace

const OperatorTable& minimum_operator() { return operator_table<Minimum>(); }

}  // namespace skein
