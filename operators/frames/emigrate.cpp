#include <cstddef>
#include <string>

#include "operators/all.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// emigrants <- copies of the best solutions of every island, best first: with k = rows of the emigrants / islands,
/// those of island i stand in the rows i·k ... i·k + k - 1.
///
/// Of equally good solutions the lower row is the better one. An island with fewer than k solutions sends its worst one
/// again. Works on solutions of any encoding. Cost: O(k) comparisons per solution.
/// Whitley, Rana and Heckendorn, The island model genetic algorithm (1999).
struct Emigrate {
  static constexpr std::string_view name = "emigrate";
  static constexpr std::string_view summary = "copies the best solutions of every island";
  static constexpr std::string_view source =
      "Whitley, Rana and Heckendorn, The island model genetic algorithm: on separability, population size and "
      "convergence (1999)";

  struct Ports {
    Group<InBundle> solutions;
    Group<InFitness> fitness;
    OutBundle emigrants;
    InOutFitness emigrant_fitness;
  };
  static constexpr auto ports = std::tuple{
      in("solutions", &Ports::solutions, "T[n]", "the solutions of every island").variadic(),
      in("fitness", &Ports::fitness, "fitness[n]", "fitness of `solutions`").variadic(),
      out("emigrants", &Ports::emigrants, "T[m]", "those that leave; as many of each island"),
      inout("emigrant_fitness", &Ports::emigrant_fitness, "fitness[m]", "fitness of `emigrants`").accepts_unwritten()};

  static bool check(const PrepareInput& input, Diagnostics& diagnostics) {
    const std::size_t islands = input.port("solutions").members.size();
    const std::size_t rows = input.port("emigrants").rows;
    if (islands > 0 && rows % islands == 0) return true;
    diagnostics.add(input.refusal("shape-mismatch", "out/emigrants", "Every island sends as many solutions.",
                                  "a multiple of " + std::to_string(islands) + " rows",
                                  std::to_string(rows) + " rows"));
    return false;
  }

  /// The row that follows `row` in the order from the best to the worst; the best one behind no_row.
  static std::size_t next_best(const InFitness& fitness, std::size_t row) noexcept {
    const auto follows = [&](std::size_t other) {
      if (row == no_row) return true;
      return better(fitness[row], fitness[other]) || (!better(fitness[other], fitness[row]) && other > row);
    };
    std::size_t best = no_row;
    for (std::size_t other = 0; other < fitness.rows(); ++other) {
      if (follows(other) && (best == no_row || better(fitness[other], fitness[best]))) best = other;
    }
    return best == no_row ? row : best;
  }

  static void run(const Ports& io, StepContext&) noexcept {
    const std::size_t each = io.emigrants.rows() / io.solutions.size();
    for (std::size_t island = 0; island < io.solutions.size(); ++island) {
      const InFitness fitness = io.fitness[island];
      const InBundle solutions = io.solutions[island];
      std::size_t row = no_row;
      for (std::size_t i = 0; i < each && fitness.rows() > 0; ++i) {
        row = next_best(fitness, row);
        io.emigrants.copy_row(island * each + i, solutions, row);
        io.emigrant_fitness.assign(island * each + i, fitness[row]);
      }
    }
  }
};

}  // namespace

const OperatorTable& emigrate_operator() { return operator_table<Emigrate>(); }

}  // namespace skein
