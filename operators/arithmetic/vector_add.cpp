#include "operators/all.hpp"
#include "operators/arithmetic/elementary.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// sum <- first + second, component by component.
///
/// `sum` may be `first` or `second` itself. Cost: one addition per component.
struct VectorAdd {
  static constexpr std::string_view name = "vector_add";
  static constexpr std::string_view summary = "adds two vectors";

  struct Ports {
    In<double> first, second;
    Out<double> sum;
  };
  static constexpr auto ports = std::tuple{in("first", &Ports::first, "real[n,d]", "first term").broadcast(),
                                           in("second", &Ports::second, "real[n,d]", "second term").broadcast(),
                                           out("sum", &Ports::sum, "real[n,d]", "first + second").broadcast()};

  static void run(const Ports& io, RowContext& context) noexcept {
    compute(Elementary::add, context.rows(), io.sum, {io.first, io.second});
  }

  static ElementKernel element_kernel() noexcept { return skein::element_kernel(Elementary::add); }
};

}  // namespace

const OperatorTable& vector_add_operator() { return operator_table<VectorAdd>(); }

}  // namespace skein
