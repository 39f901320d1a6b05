#include "operators/all.hpp"
#include "operators/arithmetic/elementary.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// sum <- first * second + addend, component by component; the product is rounded before it is added.
///
/// `sum` may be any of the operands itself. Cost: one multiplication and one addition per component, in one pass.
struct MultiplyAdd {
  static constexpr std::string_view name = "multiply_add";
  static constexpr std::string_view summary = "adds the product of two vectors to a third one";

  struct Ports {
    In<double> first, second, addend;
    Out<double> sum;
  };
  static constexpr auto ports =
      std::tuple{in("first", &Ports::first, "real[n,d]", "first factor").broadcast(),
                 in("second", &Ports::second, "real[n,d]", "second factor").broadcast(),
                 in("addend", &Ports::addend, "real[n,d]", "what the product is added to").broadcast(),
                 out("sum", &Ports::sum, "real[n,d]", "first * second + addend").broadcast()};

  static void run(const Ports& io, RowContext& context) noexcept {
    compute(Elementary::multiply_add, context.rows(), io.sum, {io.first, io.second, io.addend});
  }

  static ElementKernel element_kernel() noexcept { return skein::element_kernel(Elementary::multiply_add); }
};

}  // namespace

const OperatorTable& multiply_add_operator() { return operator_table<MultiplyAdd>(); }

}  // namespace skein
