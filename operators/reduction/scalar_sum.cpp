#include "operators/all.hpp"
#include "skein/math.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// sum <- the sum of a column of numbers over all rows: in 8 fixed lanes per row group, then group after group.
///
/// 0 for a population without rows. Cost: one addition per row.
struct ScalarSum {
  static constexpr std::string_view name = "scalar_sum";
  static constexpr std::string_view summary = "sums up a number over all rows";

  struct Ports {
    In<double> numbers;
    Out<double> sum;
  };
  static constexpr auto ports = std::tuple{in("numbers", &Ports::numbers, "real[n]", "one number per row"),
                                           out("sum", &Ports::sum, "real", "the sum over all rows")};

  struct Partial {
    double sum = 0;
  };

  static void map(const Ports& io, RowContext& context, Partial& partial) noexcept {
    const Rows rows = context.rows();
    partial.sum = math::sum8(rows.count(), [&](std::size_t i) { return io.numbers.value(rows.first + i); });
  }

  static void combine(Partial& into, const Partial& later) noexcept { into.sum += later.sum; }

  static void finish(const Ports& io, const Partial* total) noexcept {
    io.sum.value() = total == nullptr ? 0.0 : total->sum;
  }
};

}  // namespace

const OperatorTable& scalar_sum_operator() { return operator_table<ScalarSum>(); }

}  // namespace skein
