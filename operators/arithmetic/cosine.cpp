#include "operators/all.hpp"
#include "operators/arithmetic/elementary.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// cosine <- cos(value) with value in radians, component by component, by math::cos.
///
/// NaN for infinities and NaN. `cosine` may be `value` itself. Cost: about 10 ns per component, more beyond 2^20.
struct Cosine {
  static constexpr std::string_view name = "cosine";
  static constexpr std::string_view summary = "takes the cosine of every component";

  struct Ports {
    In<double> value;
    Out<double> cosine;
  };
  static constexpr auto ports = std::tuple{in("value", &Ports::value, "real[n,d]", "angles in radians").broadcast(),
                                           out("cosine", &Ports::cosine, "real[n,d]", "their cosines").broadcast()};

  static void run(const Ports& io, RowContext& context) noexcept {
    compute(Elementary::cosine, context.rows(), io.cosine, {io.value});
  }

  static ElementKernel element_kernel() noexcept { return skein::element_kernel(Elementary::cosine); }
};

}  // namespace

const OperatorTable& cosine_operator() { return operator_table<Cosine>(); }

}  // namespace skein
