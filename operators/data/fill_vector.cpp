#include "operators/all.hpp"
#include "operators/arithmetic/elementary.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// target <- value, component by component.
///
/// `value` is one number for all, one per row (real[n]), one per dimension (real[d]) or one per component.
/// Cost: one copy per component.
struct FillVector {
  static constexpr std::string_view name = "fill_vector";
  static constexpr std::string_view summary = "gives every component of a vector a value";

  struct Ports {
    In<double> value;
    Out<double> target;
  };
  static constexpr auto ports = std::tuple{
      in("value", &Ports::value, "real[n,d]", "the number: one for all, per row, per dimension or per component")
          .broadcast(),
      out("target", &Ports::target, "real[n,d]", "the vector that is filled").broadcast()};

  static void run(const Ports& io, RowContext& context) noexcept {
    compute(Elementary::copy, context.rows(), io.target, {io.value});
  }

  static ElementKernel element_kernel() noexcept { return skein::element_kernel(Elementary::copy); }
};

}  // namespace

const OperatorTable& fill_vector_operator() { return operator_table<FillVector>(); }

}  // namespace skein
