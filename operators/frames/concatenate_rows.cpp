#include <cstddef>
#include <string>

#include "operators/all.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// joined <- the rows of the columns, one column after another: those of every frame of a set, or of a list of columns
/// of one population.
///
/// `joined` is a column of another population, of the same type. Where it has fewer rows, the last ones are left out;
/// where it has more, the others stay as they are. Cost: one copy of each row's bytes.
struct ConcatenateRows {
  static constexpr std::string_view name = "concatenate_rows";
  static constexpr std::string_view summary = "puts the rows of several columns one after another";

  struct Ports {
    Group<InBundle> columns;
    InOutBundle joined;
  };
  static constexpr auto ports =
      std::tuple{in("columns", &Ports::columns, "T[n]", "what every frame has, or a list").variadic(),
                 inout("joined", &Ports::joined, "T[m]", "all rows, in the order of the frames").accepts_unwritten()};

  static bool check(const PrepareInput& input, Diagnostics& diagnostics) {
    const BoundPort& columns = input.port("columns");
    const BoundPort& joined = input.port("joined");
    if (columns.members.empty()) {
      diagnostics.add(input.refusal("shape-mismatch", "in/columns", "There are no rows to concatenate.",
                                    "at least one column", "none"));
      return false;
    }
    if (columns.members.front().rows != columns.members.front().capacity) return true;
    const std::size_t rows = columns.members.size() * columns.members.front().rows;
    if (joined.rows != joined.capacity || joined.rows == rows) return true;
    diagnostics.add(input.refusal("shape-mismatch", "inout/joined", "The rows do not fill the population they go to.",
                                  std::to_string(rows) + " rows", std::to_string(joined.rows) + " rows"));
    return false;
  }

  static void run(const Ports& io, StepContext&) noexcept {
    std::size_t next = 0;
    for (std::size_t frame = 0; frame < io.columns.size(); ++frame) {
      const InBundle column = io.columns[frame];
      for (std::size_t row = 0; row < column.rows() && next < io.joined.rows(); ++row) {
        io.joined.copy_row(next++, column, row);
      }
    }
  }
};

}  // namespace

const OperatorTable& concatenate_rows_operator() { return operator_table<ConcatenateRows>(); }

}  // namespace skein
