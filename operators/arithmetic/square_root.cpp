#include "operators/all.hpp"
#include "operators/arithmetic/elementary.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// root <- the square root of value, component by component, correctly rounded.
///
/// NaN for value < 0 and NaN; the root of -0 is -0. `root` may be `value` itself. Cost: one square root per component.
struct SquareRoot {
  static constexpr std::string_view name = "square_root";
  static constexpr std::string_view summary = "takes the square root of every component";

  struct Ports {
    In<double> value;
    Out<double> root;
  };
  static constexpr auto ports =
      std::tuple{in("value", &Ports::value, "real[n,d]", "numbers >= 0").broadcast().minimum(0),
                 out("root", &Ports::root, "real[n,d]", "their square roots").broadcast()};

  static void run(const Ports& io, RowContext& context) noexcept {
    compute(Elementary::square_root, context.rows(), io.root, {io.value});
  }

  static ElementKernel element_kernel() noexcept { return skein::element_kernel(Elementary::square_root); }
};

}  // namespace

const OperatorTable& square_root_operator() { return operator_table<SquareRoot>(); }

}  // namespace skein
