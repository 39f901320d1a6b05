#include "operators/all.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// first, second <- second, first: two populations with the same columns exchange all their rows.
///
/// Cost: pointers are exchanged, not elements.
struct SwapPopulations {
  static constexpr std::string_view name = "swap_populations";
  static constexpr std::string_view summary = "exchanges the rows of two populations";
  static constexpr bool strong_guarantee = true;

  struct Ports {
    InOutPopulation first, second;
  };
  static constexpr auto ports =
      std::tuple{inout("first", &Ports::first, "population", "takes the rows of `second`"),
                 inout("second", &Ports::second, "population", "takes the rows of `first`; has the same columns")};

  static bool check(const PrepareInput& input, Diagnostics& diagnostics) {
    const BoundPort& first = input.ports[0];
    const BoundPort& second = input.ports[1];
    if (first.columns == second.columns) return true;
    diagnostics.add({"shape-mismatch",
                     Severity::error,
                     {},
                     input.path,
                     "Only populations with the same columns, in the same order, can exchange their rows.",
                     "the columns of `first`: " + first.columns,
                     "the columns of `second`: " + second.columns,
                     ""});
    return false;
  }

  static void run(const Ports& io, StepContext& context) { context.swap(io.first, io.second); }
};

}  // namespace

const OperatorTable& swap_populations_operator() { return operator_table<SwapPopulations>(); }

}  // namespace skein
