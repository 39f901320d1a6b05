#include "problems/test_functions/all.hpp"
#include "problems/test_functions/row_function.hpp"
#include "skein/encodings/real_vector_problem.hpp"
#include "skein/math.hpp"

namespace skein {
namespace {

/// f(x) = sum over i < n of 100 (x_i^2 - x_{i+1})^2 + (x_i - 1)^2. Minimum 0 at (1, ..., 1). Shang and Qiu (2006).
double rosenbrock(const void*, const double* x, std::size_t dimension) noexcept {
  return math::sum8(dimension - 1, [x](std::size_t i) {
    const double across = x[i] * x[i] - x[i + 1];
    const double along = x[i] - 1.0;
    return 100.0 * (across * across) + along * along;
  });
}

RealVectorProblemKind make_kind() {
  RealVectorProblemKind kind;
  kind.name = "rosenbrock";
  kind.summary = "a long, narrow and bent valley";
  kind.source = "Shang and Qiu, A note on the extended Rosenbrock function (2006)";
  kind.smallest_dimension = 2;
  kind.lower = "-2.048";
  kind.upper = "2.048";
  kind.best_known = 0.0;
  kind.best_known_solution = {1.0};
  kind.tile_function = &row_function<rosenbrock>;
  return kind;
}

}  // namespace

const RealVectorProblemKind& rosenbrock_problem() {
  static const RealVectorProblemKind kind = make_kind();
  return kind;
}

}  // namespace skein
