#include "operators/all.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// target <- source, row by row, for a column of any type: numbers, booleans, whole solutions of any encoding.
///
/// `source` is a column, or one value for all rows, of the type of `target`: for a real[n] write 0.0, not 0. One number
/// for all components is what fill_vector takes. Cost: one copy of each row's bytes.
struct Copy {
  static constexpr std::string_view name = "copy";
  static constexpr std::string_view summary = "copies a column of any type, or gives every row the same value";

  struct Ports {
    InBundle source;
    OutBundle target;
  };
  static constexpr auto ports =
      std::tuple{in("source", &Ports::source, "T[n]", "what is copied: one value per row or one for all").broadcast(),
                 out("target", &Ports::target, "T[n]", "the copy")};

  static void run(const Ports& io, RowContext& context) noexcept {
    const Rows rows = context.rows();
    for (std::size_t row = rows.first; row < rows.last; ++row) io.target.copy_row(row, io.source, row);
  }
};

}  // namespace

const OperatorTable& copy_operator() { return operator_table<Copy>(); }

}  // namespace skein
