#include <cstdint>

#include "operators/all.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// selected <- when_true where condition holds, otherwise when_false, row by row, for columns of any type.
///
/// What is selected is one value per row or one for all. `selected` may be `when_true` or `when_false` itself. Cost:
/// one copy of each row's bytes.
struct SelectRows {
  static constexpr std::string_view name = "select_rows";
  static constexpr std::string_view summary = "takes every row from one of two columns of any type";

  struct Ports {
    In<std::uint8_t> condition;
    InBundle when_true, when_false;
    OutBundle selected;
  };
  static constexpr auto ports = std::tuple{
      in("condition", &Ports::condition, "boolean[n]", "which one: for all or per row").broadcast(),
      in("when_true", &Ports::when_true, "T[n]", "taken where the condition holds: per row or one for all").broadcast(),
      in("when_false", &Ports::when_false, "T[n]", "taken elsewhere").broadcast(),
      out("selected", &Ports::selected, "T[n]", "what was taken")};

  static void run(const Ports& io, RowContext& context) noexcept {
    const Rows rows = context.rows();
    for (std::size_t row = rows.first; row < rows.last; ++row) {
      io.selected.copy_row(row, io.condition.value(row) != 0 ? io.when_true : io.when_false, row);
    }
  }
};

}  // namespace

const OperatorTable& select_rows_operator() { return operator_table<SelectRows>(); }

}  // namespace skein
