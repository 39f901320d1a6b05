#include <algorithm>
#include <cstdint>
#include <numeric>
#include <string>
#include <vector>

#include "operators/all.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// Gives a population `rows` rows. When it shrinks, the first rows stay, or the best by `fitness` (of equally good ones
/// the lowest); those that stay keep their order. When it grows, fresh rows with initial values are appended.
///
/// `rows` is at most the population's capacity. Cost: O(n) copies of rows; O(n log n) comparisons to keep the best.
/// Refused when `keep` is best and `fitness` is not bound.
struct ResizePopulation {
  static constexpr std::string_view name = "resize_population";
  static constexpr std::string_view summary = "shrinks a population to its first or best rows, or appends fresh rows";
  static constexpr bool strong_guarantee = true;

  struct Ports {
    InOutPopulation population;
    InFitness fitness;
  };
  static constexpr auto ports =
      std::tuple{inout("population", &Ports::population, "population", "what is resized"),
                 in("fitness", &Ports::fitness, "fitness[n]", "a column of the population, to keep the best by")
                     .whole()
                     .optional()};

  enum class Keep { first, best };
  struct Parameters {
    std::int64_t rows = 1;
    Keep keep = Keep::first;
  };
  static constexpr auto parameters = std::tuple{
      parameter("rows", &Parameters::rows, "rows afterwards").range(1, no_row - 1),
      parameter("keep", &Parameters::keep, "first", "which rows stay when it shrinks: the first or the best ones")
          .choices("first|best")};

  static bool check(const Parameters& chosen, const PrepareInput& input, Diagnostics& diagnostics) {
    const BoundPort& population = input.ports[0];
    const BoundPort& fitness = input.ports[1];
    const auto refuse = [&](const char* code, const char* place, std::string message, std::string expected,
                            std::string found, const char* suggestion) {
      diagnostics.add({code,
                       Severity::error,
                       {},
                       input.path + place,
                       std::move(message),
                       std::move(expected),
                       std::move(found),
                       suggestion});
      return false;
    };
    bool fine = true;
    if (static_cast<std::size_t>(chosen.rows) > population.capacity) {
      fine = refuse("out-of-range", "/parameters/rows", "The population cannot get that many rows.",
                    "at most its capacity, " + std::to_string(population.capacity), std::to_string(chosen.rows),
                    "give the population a larger `capacity`");
    }
    if (chosen.keep == Keep::best && !fitness.bound) {
      fine = refuse("unbound-port", "/in/fitness", "To keep the best rows, `fitness` must be bound.",
                    "a fitness column of the population", "nothing", "bind `fitness`, or keep the first rows");
    }
    if (fitness.bound && fitness.population != population.population) {
      fine = refuse("shape-mismatch", "/in/fitness", "`fitness` must be a column of the population that is resized.",
                    "a column of the population", "a column of another one", "");
    }
    return fine;
  }

  static void run(const Ports& io, const Parameters& chosen, StepContext& context) {
    const std::size_t old_rows = io.population.view.rows;
    const auto new_rows = static_cast<std::size_t>(chosen.rows);
    std::vector<std::uint32_t> kept(old_rows);
    std::iota(kept.begin(), kept.end(), 0U);
    if (chosen.keep == Keep::best && new_rows < old_rows) {
      std::stable_sort(kept.begin(), kept.end(),
                       [&](std::uint32_t a, std::uint32_t b) { return better(io.fitness[a], io.fitness[b]); });
      std::sort(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(new_rows));
    }
    kept.resize(new_rows, no_row);
    context.resize(io.population, kept);
  }
};

}  // namespace

const OperatorTable& resize_population_operator() { return operator_table<ResizePopulation>(); }

}  // namespace skein
