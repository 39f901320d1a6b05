#include "operators/all.hpp"
#include "operators/reduction/row_sums.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// sum <- x_1 + ... + x_d of every row, in 8 fixed lanes.
///
/// Cost: one addition per component.
struct SumOverComponents {
  static constexpr std::string_view name = "sum_over_components";
  static constexpr std::string_view summary = "sums up the components of every row";

  struct Ports {
    In<double> vector;
    Out<double> sum;
  };
  static constexpr auto ports = std::tuple{in("vector", &Ports::vector, "real[n,d]", "any vectors"),
                                           out("sum", &Ports::sum, "real[n]", "the sum of each row")};

  static void run(const Ports& io, RowContext& context) noexcept { sum_rows(context.rows(), io.vector, io.sum); }
};

}  // namespace

const OperatorTable& sum_over_components_operator() { return operator_table<SumOverComponents>(); }

}  // namespace skein
