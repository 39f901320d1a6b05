#include "problems/test_functions/all.hpp"
#include "problems/test_functions/row_function.hpp"
#include "skein/encodings/real_vector_problem.hpp"

namespace skein {
namespace {

/// f(x, y) = 0.26 (x^2 + y^2) - 0.48 x y, computed as 0.02 (x^2 + y^2) + 0.24 (x - y)^2: so nothing cancels in the
/// valley and it is nowhere negative. Minimum 0 at 0. Jamil and Yang (2013).
double matyas(const void*, const double* point, std::size_t) noexcept {
  const double x = point[0];
  const double y = point[1];
  return 0.02 * (x * x + y * y) + 0.24 * ((x - y) * (x - y));
}

RealVectorProblemKind make_kind() {
  RealVectorProblemKind kind;
  kind.name = "matyas";
  kind.summary = "a flat valley along the diagonal, in 2 dimensions";
  kind.source = "Jamil and Yang, A literature survey of benchmark functions for global optimisation problems (2013)";
  kind.smallest_dimension = 2;
  kind.largest_dimension = 2;
  kind.lower = "-10";
  kind.upper = "10";
  kind.best_known = 0.0;
  kind.best_known_solution = {0.0};
  kind.tile_function = &row_function<matyas>;
  return kind;
}

}  // namespace

const RealVectorProblemKind& matyas_problem() {
  static const RealVectorProblemKind kind = make_kind();
  return kind;
}

}  // namespace skein
