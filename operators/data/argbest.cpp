#include <cstdint>

#include "operators/all.hpp"
#include "operators/swarm/best_row.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// row <- the row with the best fitness, of equally good ones the lowest.
///
/// `no_row` for a population without rows. NaN is worse than every number. Cost: one comparison per row.
struct Argbest {
  static constexpr std::string_view name = "argbest";
  static constexpr std::string_view summary = "finds the row with the best fitness";

  struct Ports {
    InFitness fitness;
    Out<std::uint32_t> row;
  };
  static constexpr auto ports = std::tuple{in("fitness", &Ports::fitness, "fitness[n]", "by which rows are compared"),
                                           out("row", &Ports::row, "index<n>", "the best row")};

  using Partial = BestRow;

  static void map(const Ports& io, RowContext& context, Partial& partial) noexcept {
    partial.consider_rows(io.fitness, context.rows());
  }

  static void combine(Partial& into, const Partial& later) noexcept { into.combine(later); }

  static void finish(const Ports& io, const Partial* total) noexcept {
    io.row.value() = total == nullptr ? no_row : static_cast<std::uint32_t>(total->row);
  }
};

}  // namespace

const OperatorTable& argbest_operator() { return operator_table<Argbest>(); }

}  // namespace skein
