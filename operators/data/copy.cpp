#include "operators/all.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// target <- source, row by row, for a column of any type (solution bundles of any encoding included).
///
/// Cost: one copy of each row's bytes.
struct Copy {
  static constexpr std::string_view name = "copy";
  static constexpr std::string_view summary = "copies a column of any type";

  struct Ports {
    InBundle source;
    OutBundle target;
  };
  static constexpr auto ports = std::tuple{in("source", &Ports::source, "T[n]", "what is copied"),
                                           out("target", &Ports::target, "T[n]", "the copy")};

  static void run(const Ports& io, RowContext& context) noexcept {
    const Rows rows = context.rows();
    for (std::size_t row = rows.first; row < rows.last; ++row) io.target.copy_row(row, io.source, row);
  }
};

}  // namespace

const OperatorTable& copy_operator() { return operator_table<Copy>(); }

}  // namespace skein
