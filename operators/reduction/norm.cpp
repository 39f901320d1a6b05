#include "operators/all.hpp"
#include "operators/reduction/row_sums.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// norm <- sqrt(x_1^2 + ... + x_d^2), the Euclidean norm of every row, the squares summed in 8 fixed lanes.
///
/// Nothing is scaled: a component above 1.3e154 gives infinity. Cost: one multiplication per component.
struct Norm {
  static constexpr std::string_view name = "norm";
  static constexpr std::string_view summary = "takes the Euclidean norm of every row";

  struct Ports {
    In<double> vector;
    Out<double> norm;
  };
  static constexpr auto ports = std::tuple{in("vector", &Ports::vector, "real[n,d]", "any vectors"),
                                           out("norm", &Ports::norm, "real[n]", "their lengths")};

  static void run(const Ports& io, RowContext& context) noexcept { find_norms(context.rows(), io.vector, io.norm); }
};

}  // namespace

const OperatorTable& norm_operator() { return operator_table<Norm>(); }

}  // namespace skein
