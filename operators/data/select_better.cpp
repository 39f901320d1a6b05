#include "operators/all.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// Per row: if better(candidate_fitness, fitness), then solution <- candidate and fitness <- candidate_fitness.
///
/// Of equally good ones `solution` stays. Works on solutions of any encoding. Cost: one comparison per row, and one
/// copy where the candidate is better.
struct SelectBetter {
  static constexpr std::string_view name = "select_better";
  static constexpr std::string_view summary = "keeps the better of two solutions, row by row";

  struct Ports {
    InBundle candidate;
    InFitness candidate_fitness;
    InOutBundle solution;
    InOutFitness fitness;
  };
  static constexpr auto ports =
      std::tuple{in("candidate", &Ports::candidate, "T[n]", "the challenger"),
                 in("candidate_fitness", &Ports::candidate_fitness, "fitness[n]", "fitness of the challenger"),
                 inout("solution", &Ports::solution, "T[n]", "the holder; replaced where the challenger is better"),
                 inout("fitness", &Ports::fitness, "fitness[n]", "fitness of the holder")};

  static void run(const Ports& io, RowContext& context) noexcept {
    const Rows rows = context.rows();
    for (std::size_t row = rows.first; row < rows.last; ++row) {
      if (!better(io.candidate_fitness[row], io.fitness[row])) continue;
      io.solution.copy_row(row, io.candidate, row);
      io.fitness.assign(row, io.candidate_fitness[row]);
    }
  }
};

}  // namespace

const OperatorTable& select_better_operator() { return operator_table<SelectBetter>(); }

}  // namespace skein
