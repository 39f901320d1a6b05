#include "problems/test_functions/all.hpp"
#include "problems/test_functions/row_function.hpp"
#include "skein/encodings/real_vector_problem.hpp"
#include "skein/math.hpp"

namespace skein {
namespace {

/// f(x) = sum of i x_i^2 with i from 1. Minimum 0 at 0. Jamil and Yang (2013).
double sum_squares(const void*, const double* x, std::size_t dimension) noexcept {
  // From 32 bits, because that conversion is vectorised.
  return math::sum8(dimension, [x](std::size_t i) { return static_cast<std::int32_t>(i + 1) * (x[i] * x[i]); });
}

RealVectorProblemKind make_kind() {
  RealVectorProblemKind kind;
  kind.name = "sum_squares";
  kind.summary = "one valley, steeper in every further dimension";
  kind.source = "Jamil and Yang, A literature survey of benchmark functions for global optimisation problems (2013)";
  kind.lower = "-10";
  kind.upper = "10";
  kind.best_known = 0.0;
  kind.best_known_solution = {0.0};
  kind.tile_function = &row_function<sum_squares>;
  return kind;
}

}  // namespace

const RealVectorProblemKind& sum_squares_problem() {
  static const RealVectorProblemKind kind = make_kind();
  return kind;
}

}  // namespace skein
