#include "problems/test_functions/all.hpp"
#include "problems/test_functions/row_function.hpp"
#include "skein/encodings/real_vector_problem.hpp"
#include "skein/math.hpp"

namespace skein {
namespace {

/// f(x) = sum of x_i^2 + t^2 + t^4 with t = sum of 0.5 i x_i, i from 1. Minimum 0 at 0. Hedar and Fukushima (2004).
double zakharov(const void*, const double* x, std::size_t dimension) noexcept {
  const double squares = math::sum8(dimension, [x](std::size_t i) { return x[i] * x[i]; });
  // From 32 bits, because that conversion is vectorised.
  const double sum = math::sum8(dimension, [x](std::size_t i) { return static_cast<std::int32_t>(i + 1) * x[i]; });
  const double square = 0.5 * sum * (0.5 * sum);
  return squares + square + square * square;
}

RealVectorProblemKind make_kind() {
  RealVectorProblemKind kind;
  kind.name = "zakharov";
  kind.summary = "a plate with a narrow valley: flat in all directions but one";
  kind.source = "Hedar and Fukushima, Heuristic pattern search and its hybridization with simulated annealing (2004)";
  kind.lower = "-5";
  kind.upper = "10";
  kind.best_known = 0.0;
  kind.best_known_solution = {0.0};
  kind.tile_function = &row_function<zakharov>;
  return kind;
}

}  // namespace

const RealVectorProblemKind& zakharov_problem() {
  static const RealVectorProblemKind kind = make_kind();
  return kind;
}

}  // namespace skein
