#include "operators/all.hpp"
#include "operators/arithmetic/elementary.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// logarithm <- the natural logarithm of value, component by component, by math::log.
///
/// -infinity for 0, NaN for value < 0 and NaN. `logarithm` may be `value` itself. Cost: about 6 ns per component.
struct Logarithm {
  static constexpr std::string_view name = "logarithm";
  static constexpr std::string_view summary = "takes the natural logarithm of every component";

  struct Ports {
    In<double> value;
    Out<double> logarithm;
  };
  static constexpr auto ports =
      std::tuple{in("value", &Ports::value, "real[n,d]", "numbers > 0").broadcast().positive(),
                 out("logarithm", &Ports::logarithm, "real[n,d]", "their natural logarithms").broadcast()};

  static void run(const Ports& io, RowContext& context) noexcept {
    compute(Elementary::logarithm, context.rows(), io.logarithm, {io.value});
  }

  static ElementKernel element_kernel() noexcept { return skein::element_kernel(Elementary::logarithm); }
};

}  // namespace

const OperatorTable& logarithm_operator() { return operator_table<Logarithm>(); }

}  // namespace skein
