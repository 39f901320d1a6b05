#include "operators/all.hpp"
#include "operators/arithmetic/elementary.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// product <- first * second, component by component (Hadamard product).
///
/// `product` may be `first` or `second` itself. Cost: one multiplication per component.
struct Multiply {
  static constexpr std::string_view name = "multiply";
  static constexpr std::string_view summary = "multiplies two vectors component by component";

  struct Ports {
    In<double> first, second;
    Out<double> product;
  };
  static constexpr auto ports = std::tuple{in("first", &Ports::first, "real[n,d]", "first factor").broadcast(),
                                           in("second", &Ports::second, "real[n,d]", "second factor").broadcast(),
                                           out("product", &Ports::product, "real[n,d]", "first * second").broadcast()};

  static void run(const Ports& io, RowContext& context) noexcept {
    compute(Elementary::multiply, context.rows(), io.product, {io.first, io.second});
  }

  static ElementKernel element_kernel() noexcept { return skein::element_kernel(Elementary::multiply); }
};

}  // namespace

const OperatorTable& multiply_operator() { return operator_table<Multiply>(); }

}  // namespace skein
