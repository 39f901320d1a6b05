#include "operators/all.hpp"
#include "operators/reduction/row_sums.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// vector <- vector * (limit / |vector|) where |vector| > limit, row by row, with the Euclidean norm.
///
/// The direction stays. The squares are summed in 8 fixed lanes and scaled where they would overflow or underflow. A
/// row with a NaN stays as it is; a row whose norm is infinite gets 0 for its finite components and NaN for its
/// infinite ones. Cost: one multiplication per component, and one more where the row is too long.
struct LimitNorm {
  static constexpr std::string_view name = "limit_norm";
  static constexpr std::string_view summary = "shortens every row to a length";

  struct Ports {
    InOut<double> vector;
    In<double> limit;
  };
  static constexpr auto ports = std::tuple{
      inout("vector", &Ports::vector, "real[n,d]", "shortened in place"),
      in("limit", &Ports::limit, "real[n]", "largest length, >= 0: one for all or per row").broadcast().minimum(0)};

  static void run(const Ports& io, RowContext& context) noexcept { limit_norms(context.rows(), io.vector, io.limit); }
};

}  // namespace

const OperatorTable& limit_norm_operator() { return operator_table<LimitNorm>(); }

}  // namespace skein
