#include <cstdint>

#include "operators/all.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// values[row] <- source[rows[row]], for a column of any type.
///
/// A row whose index points at none (`no_row`, for instance after a resize) takes its own row of `source`. `source` and
/// `values` must be different variables. Cost: one copy of each row's bytes.
struct Gather {
  static constexpr std::string_view name = "gather";
  static constexpr std::string_view summary = "takes from other rows what an index column points at";

  struct Ports {
    InBundle source;
    In<std::uint32_t> rows;
    OutBundle values;
  };
  static constexpr auto ports =
      std::tuple{in("source", &Ports::source, "T[n]", "where rows are taken from").any(),
                 in("rows", &Ports::rows, "index<n>[n]", "which row of `source` each row takes"),
                 out("values", &Ports::values, "T[n]", "what was taken; another variable than `source`")};

  static void run(const Ports& io, RowContext& context) noexcept {
    const Rows rows = context.rows();
    for (std::size_t row = rows.first; row < rows.last; ++row) {
      const std::size_t chosen = io.rows.value(row);
      io.values.copy_row(row, io.source, chosen < io.source.rows() ? chosen : row);
    }
  }
};

}  // namespace

const OperatorTable& gather_operator() { return operator_table<Gather>(); }

}  // namespace skein
