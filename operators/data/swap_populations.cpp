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

  static void run(const Ports& io, StepContext& context) { context.swap(io.first, io.second); }
};

}  // namespace

const OperatorTable& swap_populations_operator() { return operator_table<SwapPopulations>(); }

}  // namespace skein
