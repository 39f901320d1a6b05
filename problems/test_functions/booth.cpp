#include "problems/test_functions/all.hpp"
#include "problems/test_functions/row_function.hpp"
#include "skein/encodings/real_vector_problem.hpp"

namespace skein {
namespace {

/// f(x, y) = (x + 2 y - 7)^2 + (2 x + y - 5)^2. Minimum 0 at (1, 3). Jamil and Yang (2013).
double booth(const void*, const double* point, std::size_t) noexcept {
  const double x = point[0];
  const double y = point[1];
  const double first = x + 2.0 * y - 7.0;
  const double second = 2.0 * x + y - 5.0;
  return first * first + second * second;
}

RealVectorProblemKind make_kind() {
  RealVectorProblemKind kind;
  kind.name = "booth";
  kind.summary = "an oblique bowl, in 2 dimensions";
  kind.source = "Jamil and Yang, A literature survey of benchmark functions for global optimisation problems (2013)";
  kind.smallest_dimension = 2;
  kind.largest_dimension = 2;
  kind.lower = "-10";
  kind.upper = "10";
  kind.best_known = 0.0;
  kind.best_known_solution = {1.0, 3.0};
  kind.tile_function = &row_function<booth>;
  return kind;
}

}  // namespace

const RealVectorProblemKind& booth_problem() {
  static const RealVectorProblemKind kind = make_kind();
  return kind;
}

}  // namespace skein
