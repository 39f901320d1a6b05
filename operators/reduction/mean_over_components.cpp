#include "operators/all.hpp"
#include "operators/reduction/row_sums.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// mean <- (x_1 + ... + x_d) / d of every row, summed in 8 fixed lanes.
///
/// Cost: one addition per component.
struct MeanOverComponents {
  static constexpr std::string_view name = "mean_over_components";
  static constexpr std::string_view summary = "takes the mean of the components of every row";

  struct Ports {
    In<double> vector;
    Out<double> mean;
  };
  static constexpr auto ports = std::tuple{in("vector", &Ports::vector, "real[n,d]", "any vectors"),
                                           out("mean", &Ports::mean, "real[n]", "the mean of each row")};

  static void run(const Ports& io, RowContext& context) noexcept {
    const Rows rows = context.rows();
    const auto count = static_cast<double>(io.vector.width());
    sum_rows(rows, io.vector, io.mean);
    for (std::size_t row = rows.first; row < rows.last; ++row) io.mean.value(row) /= count;
  }
};

}  // namespace

const OperatorTable& mean_over_components_operator() { return operator_table<MeanOverComponents>(); }

}  // namespace skein
