#include <limits>

#include "operators/all.hpp"
#include "skein/math.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// mean <- the mean of a column of numbers over all rows, summed as by scalar_sum.
///
/// NaN for a population without rows. Cost: one addition per row.
struct ScalarMean {
  static constexpr std::string_view name = "scalar_mean";
  static constexpr std::string_view summary = "takes the mean of a number over all rows";

  struct Ports {
    In<double> numbers;
    Out<double> mean;
  };
  static constexpr auto ports = std::tuple{in("numbers", &Ports::numbers, "real[n]", "one number per row"),
                                           out("mean", &Ports::mean, "real", "the mean over all rows")};

  struct Partial {
    double sum = 0;
  };

  static void map(const Ports& io, RowContext& context, Partial& partial) noexcept {
    const Rows rows = context.rows();
    partial.sum = math::sum8(rows.count(), [&](std::size_t i) { return io.numbers.value(rows.first + i); });
  }

  static void combine(Partial& into, const Partial& later) noexcept { into.sum += later.sum; }

  static void finish(const Ports& io, const Partial* total) noexcept {
    io.mean.value() = total == nullptr ? std::numeric_limits<double>::quiet_NaN()
                                       : total->sum / static_cast<double>(io.numbers.rows());
  }
};

}  // namespace

const OperatorTable& scalar_mean_operator() { return operator_table<ScalarMean>(); }

}  // namespace skein
