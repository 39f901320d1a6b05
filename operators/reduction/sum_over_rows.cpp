#include "operators/all.hpp"
#include "operators/reduction/vector_partial.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// sum <- the sum of all rows, component by component: row after row within a row group, then group after group.
///
/// 0 for a population without rows. Cost: one addition per component.
struct SumOverRows {
  static constexpr std::string_view name = "sum_over_rows";
  static constexpr std::string_view summary = "sums up the rows of a column of vectors";

  struct Ports {
    In<double> vector;
    Out<double> sum;
  };
  static constexpr auto ports = std::tuple{in("vector", &Ports::vector, "real[n,d]", "any vectors"),
                                           out("sum", &Ports::sum, "real[d]", "the sum over all rows")};

  using Partial = VectorPartial;

  static void map(const Ports& io, RowContext& context, Partial& partial) noexcept {
    partial.sum_up(context.rows(), io.vector);
  }

  static void combine(Partial& into, const Partial& later) noexcept { into.add(later); }

  static void finish(const Ports& io, const Partial* total) noexcept {
    double* sum = io.sum.row(0);
    for (std::size_t i = 0; i < io.sum.width(); ++i) {
      sum[i] = total == nullptr ? 0.0 : total->sums()[i];
    }
  }
};

}  // namespace

const OperatorTable& sum_over_rows_operator() {
  static const OperatorTable table = with_vector_partial(operator_table<SumOverRows>());
  return table;
}

}  // namespace skein
