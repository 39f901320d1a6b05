#include <cstddef>
#include <cstdint>
#include <string>

#include "operators/all.hpp"
#include "skein/neighborhood.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// Every island takes up emigrants of the islands that inform it: the best of them replaces the island's worst
/// solution, then the next best the one that is the worst now, and so on as long as the emigrant is better.
///
/// Of equally good emigrants the one in the lower row comes first; of equally bad solutions the higher row is replaced
/// first. An island never takes its own emigrants. `position` and `position_fitness`, where they are bound, get what
/// `solutions` and `fitness` get: a particle whose best position is replaced goes there as well. Islands and emigrants
/// are those of the operator `emigrate`. Works on solutions of any encoding. Cost: O(rows of the island + emigrants
/// that reach it) comparisons per replacement. Whitley, Rana and Heckendorn, The island model genetic algorithm (1999).
struct Immigrate {
  static constexpr std::string_view name = "immigrate";
  static constexpr std::string_view summary =
      "replaces the worst solutions of islands by emigrants of their neighbours";
  static constexpr std::string_view source =
      "Whitley, Rana and Heckendorn, The island model genetic algorithm: on separability, population size and "
      "convergence (1999)";

  struct Ports {
    InObject<Neighborhood> neighborhood;
    InBundle emigrants;
    InFitness emigrant_fitness;
    Group<InOutBundle> solutions;
    Group<InOutFitness> fitness;
    Group<InOutBundle> position;
    Group<InOutFitness> position_fitness;
    Out<std::int64_t> replaced;
  };
  static constexpr auto ports = std::tuple{
      in("neighborhood", &Ports::neighborhood, "neighborhood<k>", "which islands inform which"),
      in("emigrants", &Ports::emigrants, "T[m]", "the solutions that leave; as many of each island"),
      in("emigrant_fitness", &Ports::emigrant_fitness, "fitness[m]", "fitness of `emigrants`"),
      inout("solutions", &Ports::solutions, "T[n]", "the solutions of every island").variadic(),
      inout("fitness", &Ports::fitness, "fitness[n]", "fitness of `solutions`").variadic(),
      inout("position", &Ports::position, "T[n]", "what else becomes the immigrant").variadic().optional(),
      inout("position_fitness", &Ports::position_fitness, "fitness[n]", "fitness of `position`").variadic().optional(),
      out("replaced", &Ports::replaced, "integer", "solutions that were replaced, on all islands").optional()};

  static bool check(const PrepareInput& input, Diagnostics& diagnostics) {
    const std::size_t islands = input.port("solutions").members.size();
    const BoundPort& neighborhood = input.port("neighborhood");
    const std::size_t rows = input.port("emigrants").rows;
    bool fine = true;
    const auto refuse = [&](const char* place, const char* message, std::string expected, std::string found) {
      diagnostics.add(input.refusal("shape-mismatch", place, message, std::move(expected), std::move(found)));
      fine = false;
    };
    const bool may_change = neighborhood.capacity != neighborhood.rows && islands > 1;
    if (neighborhood.rows != islands || may_change) {
      refuse("in/neighborhood", "The neighbourhood speaks of another number of islands.",
             "a population of " + std::to_string(islands) + " rows",
             std::to_string(neighborhood.rows) + (may_change ? " rows, which may change" : " rows"));
    }
    if (islands == 0 || rows % islands != 0) {
      refuse("in/emigrants", "Every island sends as many solutions.",
             "a multiple of " + std::to_string(islands) + " rows", std::to_string(rows) + " rows");
    }
    return fine;
  }

  /// The emigrant that follows `row` for an island, from the best to the worst; the best one behind no_row, no_row
  /// behind the worst one.
  static std::size_t next_emigrant(const Ports& io, std::size_t island, std::size_t row) noexcept {
    const std::size_t islands = io.solutions.size();
    const std::size_t each = io.emigrants.rows() / islands;
    const InFitness& fitness = io.emigrant_fitness;
    const auto comes_first = [&](std::size_t a, std::size_t b) {
      return better(fitness[a], fitness[b]) || (!better(fitness[b], fitness[a]) && a < b);
    };
    std::size_t best = no_row;
    io.neighborhood->for_each_informant(island, islands, [&](std::size_t from) {
      if (from == island) return;
      for (std::size_t other = from * each; other < (from + 1) * each; ++other) {
        const bool follows = row == no_row || comes_first(row, other);
        if (follows && (best == no_row || comes_first(other, best))) best = other;
      }
    });
    return best;
  }

  static std::size_t worst_row(const InOutFitness& fitness) noexcept {
    std::size_t worst = 0;
    for (std::size_t row = 1; row < fitness.rows(); ++row) {
      if (!better(fitness[row], fitness[worst])) worst = row;
    }
    return worst;
  }

  static void replace(const Ports& io, std::size_t island, std::size_t row, std::size_t emigrant) noexcept {
    io.solutions[island].copy_row(row, io.emigrants, emigrant);
    io.fitness[island].assign(row, io.emigrant_fitness[emigrant]);
    if (io.position.size() > 0) io.position[island].copy_row(row, io.emigrants, emigrant);
    if (io.position_fitness.size() > 0) io.position_fitness[island].assign(row, io.emigrant_fitness[emigrant]);
  }

  static std::int64_t take_up(const Ports& io, std::size_t island) noexcept {
    const InOutFitness fitness = io.fitness[island];
    std::int64_t replaced = 0;
    std::size_t emigrant = no_row;
    for (std::size_t i = 0; i < fitness.rows(); ++i) {
      emigrant = next_emigrant(io, island, emigrant);
      if (emigrant == no_row) break;
      const std::size_t worst = worst_row(fitness);
      if (!better(io.emigrant_fitness[emigrant], fitness[worst])) break;
      replace(io, island, worst, emigrant);
      ++replaced;
    }
    return replaced;
  }

  static void run(const Ports& io, StepContext&) noexcept {
    std::int64_t replaced = 0;
    for (std::size_t island = 0; island < io.solutions.size(); ++island) replaced += take_up(io, island);
    if (io.replaced) io.replaced.value() = replaced;
  }
};

}  // namespace

const OperatorTable& immigrate_operator() { return operator_table<Immigrate>(); }

}  // namespace skein
