#include "operators/all.hpp"
#include "operators/arithmetic/elementary.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// product <- scalar * vector, component by component.
///
/// `scalar` is one number for all, one per row (real[n]), one per dimension (real[d]) or one per component, for
/// instance random numbers (real[n,d]). `product` may be `vector` itself. Cost: one multiplication per component.
struct ScalarMultiply {
  static constexpr std::string_view name = "scalar_multiply";
  static constexpr std::string_view summary = "multiplies a vector by a number";

  struct Ports {
    In<double> vector, scalar;
    Out<double> product;
  };
  static constexpr auto ports = std::tuple{
      in("vector", &Ports::vector, "real[n,d]", "what is multiplied").broadcast(),
      in("scalar", &Ports::scalar, "real[n,d]", "the factor: one for all, per row, per dimension or per component")
          .broadcast(),
      out("product", &Ports::product, "real[n,d]", "scalar * vector").broadcast()};

  static void run(const Ports& io, RowContext& context) noexcept {
    compute(Elementary::multiply, context.rows(), io.product, {io.vector, io.scalar});
  }

  static ElementKernel element_kernel() noexcept { return skein::element_kernel(Elementary::multiply); }
};

}  // namespace

const OperatorTable& scalar_multiply_operator() { return operator_table<ScalarMultiply>(); }

}  // namespace skein
