#include "operators/all.hpp"
#include "operators/arithmetic/elementary.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// absolute <- |value|, component by component.
///
/// -0 becomes 0, NaN stays NaN. `absolute` may be `value` itself. Cost: one operation per component.
struct Absolute {
  static constexpr std::string_view name = "absolute";
  static constexpr std::string_view summary = "takes the absolute value of every component";

  struct Ports {
    In<double> value;
    Out<double> absolute;
  };
  static constexpr auto ports =
      std::tuple{in("value", &Ports::value, "real[n,d]", "any numbers").broadcast(),
                 out("absolute", &Ports::absolute, "real[n,d]", "their size without sign").broadcast()};

  static void run(const Ports& io, RowContext& context) noexcept {
    compute(Elementary::absolute, context.rows(), io.absolute, {io.value});
  }

  static ElementKernel element_kernel() noexcept { return skein::element_kernel(Elementary::absolute); }
};

}  // namespace

const OperatorTable& absolute_operator() { return operator_table<Absolute>(); }

}  // namespace skein
