#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "operators/all.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// Gives a population `rows` fresh rows: all columns, also those that operators keep for themselves, have their initial
/// values, and indices that point into the population point at nothing.
///
/// At least one row, at most the capacity of the population. Objects that speak of its rows, such as neighbourhoods,
/// are told that all rows are new. Cost: O(rows).
struct RenewPopulation {
  static constexpr std::string_view name = "renew_population";
  static constexpr std::string_view summary = "replaces all rows of a population by fresh ones, of any number";
  static constexpr bool strong_guarantee = true;

  struct Ports {
    InOutPopulation population;
    In<std::int64_t> rows;
  };
  static constexpr auto ports = std::tuple{inout("population", &Ports::population, "population", "what is made anew"),
                                           in("rows", &Ports::rows, "integer", "rows afterwards").minimum(1)};

  static void run(const Ports& io, StepContext& context) {
    const auto most = static_cast<std::int64_t>(io.population.view.capacity);
    const auto rows = static_cast<std::size_t>(std::min(std::max<std::int64_t>(io.rows.value(), 1), most));
    const std::vector<std::uint32_t> fresh(rows, no_row);
    context.resize(io.population, fresh);
  }
};

}  // namespace

const OperatorTable& renew_population_operator() { return operator_table<RenewPopulation>(); }

}  // namespace skein
