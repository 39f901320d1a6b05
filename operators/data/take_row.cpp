#include <cstdint>
#include <stdexcept>

#include "operators/all.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// value <- source[row], one row of a column of any type.
///
/// Fails when `row` points at none (`no_row`, for instance after a resize). For one row per row see gather.
struct TakeRow {
  static constexpr std::string_view name = "take_row";
  static constexpr std::string_view summary = "takes one row out of a column of any type";
  static constexpr bool strong_guarantee = true;

  struct Ports {
    InBundle source;
    In<std::uint32_t> row;
    OutBundle value;
  };
  static constexpr auto ports = std::tuple{in("source", &Ports::source, "T[n]", "where the row is taken from").whole(),
                                           in("row", &Ports::row, "index<n>", "which row of `source`"),
                                           out("value", &Ports::value, "T", "what was taken")};

  static void run(const Ports& io, StepContext&) {
    const std::size_t row = io.row.value();
    if (row >= io.source.rows()) throw std::out_of_range("`row` points at no row of `source`");
    io.value.copy_row(0, io.source, row);
  }
};

}  // namespace

const OperatorTable& take_row_operator() { return operator_table<TakeRow>(); }

}  // namespace skein
