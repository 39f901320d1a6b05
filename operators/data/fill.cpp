#include "operators/all.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// target <- value in every row, for a column of any type: numbers, booleans, whole solutions.
///
/// `value` has the type of one row: for a real[n] write 0.0, not 0. For the components of vectors see fill_vector.
/// Cost: one copy of each row's bytes.
struct Fill {
  static constexpr std::string_view name = "fill";
  static constexpr std::string_view summary = "gives every row of a column of any type the same value";

  struct Ports {
    OutBundle target;
    InBundle value;
  };
  static constexpr auto ports = std::tuple{out("target", &Ports::target, "T[n]", "the column that is filled"),
                                           in("value", &Ports::value, "T", "what every row becomes")};

  static void run(const Ports& io, RowContext& context) noexcept {
    const Rows rows = context.rows();
    for (std::size_t row = rows.first; row < rows.last; ++row) io.target.copy_row(row, io.value, 0);
  }
};

}  // namespace

const OperatorTable& fill_operator() { return operator_table<Fill>(); }

}  // namespace skein
