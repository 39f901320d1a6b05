#include "operators/all.hpp"
#include "operators/arithmetic/elementary.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// difference <- minuend - subtrahend, component by component.
///
/// `difference` may be `minuend` or `subtrahend` itself. Cost: one subtraction per component.
struct VectorSubtract {
  static constexpr std::string_view name = "vector_subtract";
  static constexpr std::string_view summary = "subtracts a vector from another";

  struct Ports {
    In<double> minuend, subtrahend;
    Out<double> difference;
  };
  static constexpr auto ports =
      std::tuple{in("minuend", &Ports::minuend, "real[n,d]", "what is subtracted from").broadcast(),
                 in("subtrahend", &Ports::subtrahend, "real[n,d]", "what is subtracted").broadcast(),
                 out("difference", &Ports::difference, "real[n,d]", "minuend - subtrahend").broadcast()};

  static void run(const Ports& io, RowContext& context) noexcept {
    compute(Elementary::subtract, context.rows(), io.difference, {io.minuend, io.subtrahend});
  }

  static ElementKernel element_kernel() noexcept { return skein::element_kernel(Elementary::subtract); }
};

}  // namespace

const OperatorTable& vector_subtract_operator() { return operator_table<VectorSubtract>(); }

}  // namespace skein
