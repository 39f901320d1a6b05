#include <cstddef>
#include <cstdint>

#include "operators/all.hpp"
#include "skein/fitness.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// chosen <- whether the row is among the `count` best, of equally good ones the lowest.
///
/// With `known`, only rows whose fitness is another one than that take part: those that have changed since something
/// was noted about them. Fewer are chosen where there are fewer. Cost: O(count · n).
struct ChooseBestRows {
  static constexpr std::string_view name = "choose_best_rows";
  static constexpr std::string_view summary = "says which rows of a population are the best, or the best that are new";

  struct Ports {
    InFitness fitness;
    InFitness known;
    In<std::int64_t> count;
    Out<std::uint8_t> chosen;
  };
  static constexpr auto ports = std::tuple{
      in("fitness", &Ports::fitness, "fitness[n]", "fitness of the rows").whole(),
      in("known", &Ports::known, "fitness[n]", "rows that still have this fitness are not chosen").whole().optional(),
      in("count", &Ports::count, "integer", "how many rows").initial("1").minimum(0),
      out("chosen", &Ports::chosen, "boolean[n]", "whether a row is chosen").whole()};

  static bool is_known(const Ports& io, std::size_t row) noexcept {
    if (!io.known) return false;
    const FitnessRow fitness = io.fitness[row];
    const FitnessRow known = io.known[row];
    return !better(fitness, known) && !better(known, fitness);
  }

  static void run(const Ports& io, StepContext&) noexcept {
    const std::size_t rows = io.fitness.rows();
    for (std::size_t row = 0; row < rows; ++row) io.chosen.value(row) = 0;
    for (std::int64_t i = 0; i < io.count.value(); ++i) {
      std::size_t best = rows;
      for (std::size_t row = 0; row < rows; ++row) {
        if (io.chosen.value(row) != 0 || is_known(io, row)) continue;
        if (best == rows || better(io.fitness[row], io.fitness[best])) best = row;
      }
      if (best == rows) return;
      io.chosen.value(best) = 1;
    }
  }
};

}  // namespace

const OperatorTable& choose_best_rows_operator() { return operator_table<ChooseBestRows>(); }

}  // namespace skein
