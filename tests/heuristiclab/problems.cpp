#include <cstddef>
#include <span>

#include "skein/encodings/real_vector_problem.hpp"
#include "tests/heuristiclab/register.hpp"
#include "tests/heuristiclab/test_functions.hpp"

namespace skein::heuristiclab {
namespace {

using Function = double (*)(std::span<const double>);

template <Function function>
const RealVectorProblemKind& kind(std::string_view name, std::string_view lower, std::string_view upper) {
  static const RealVectorProblemKind made = [&] {
    RealVectorProblemKind result;
    result.name = name;
    result.summary = "as HeuristicLab computes it";
    result.lower = lower;
    result.upper = upper;
    result.best_known = 0;
    result.host_arithmetic = true;
    result.tile_function = [](const void*, const In<double>& position, Rows rows, double* values) noexcept {
      for (std::size_t row = rows.first; row < rows.last; ++row) {
        values[row - rows.first] = function({position.row(row), position.width()});
      }
    };
    return result;
  }();
  return made;
}

}  // namespace

void register_problems(Registry& registry) {
  registry.add(problem_spec(kind<rastrigin>("heuristiclab_rastrigin", "-5.12", "5.12")));
  registry.add(problem_spec(kind<schwefel>("heuristiclab_schwefel", "-500", "500")));
  registry.add(problem_spec(kind<ackley>("heuristiclab_ackley", "-32.768", "32.768")));
  registry.add(problem_spec(kind<sphere>("heuristiclab_sphere", "-5.12", "5.12")));
}

}  // namespace skein::heuristiclab
