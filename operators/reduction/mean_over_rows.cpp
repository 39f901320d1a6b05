#include <limits>

#include "operators/all.hpp"
#include "operators/reduction/vector_partial.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// mean <- the mean of all rows, component by component (the centroid), summed as by sum_over_rows.
///
/// NaN for a population without rows. Cost: one addition per component.
struct MeanOverRows {
  static constexpr std::string_view name = "mean_over_rows";
  static constexpr std::string_view summary = "takes the mean of the rows of a column of vectors";

  struct Ports {
    In<double> vector;
    Out<double> mean;
  };
  static constexpr auto ports = std::tuple{in("vector", &Ports::vector, "real[n,d]", "any vectors"),
                                           out("mean", &Ports::mean, "real[d]", "the mean over all rows")};

  using Partial = VectorPartial;

  static void map(const Ports& io, RowContext& context, Partial& partial) noexcept {
    partial.sum_up(context.rows(), io.vector);
  }

  static void combine(Partial& into, const Partial& later) noexcept { into.add(later); }

  static void finish(const Ports& io, const Partial* total) noexcept {
    const auto rows = static_cast<double>(io.vector.rows());
    double* mean = io.mean.row(0);
    for (std::size_t i = 0; i < io.mean.width(); ++i) {
      mean[i] = total == nullptr ? std::numeric_limits<double>::quiet_NaN() : total->sums()[i] / rows;
    }
  }
};

}  // namespace

const OperatorTable& mean_over_rows_operator() {
  static const OperatorTable table = with_vector_partial(operator_table<MeanOverRows>());
  return table;
}

}  // namespace skein
