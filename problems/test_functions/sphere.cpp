#include "problems/test_functions/all.hpp"
#include "problems/test_functions/row_function.hpp"
#include "skein/encodings/real_vector_problem.hpp"
#include "skein/math.hpp"

namespace skein {
namespace {

/// f(x) = sum of x_i^2. Minimum 0 at 0. Beyer and Schwefel (2002).
double sphere(const void*, const double* x, std::size_t dimension) noexcept {
  return math::sum8(dimension, [x](std::size_t i) { return x[i] * x[i]; });
}

RealVectorProblemKind make_kind() {
  RealVectorProblemKind kind;
  kind.name = "sphere";
  kind.summary = "sum of squares: one valley, the same in all directions";
  kind.source = "Beyer and Schwefel, Evolution strategies (2002)";
  kind.lower = "-5.12";
  kind.upper = "5.12";
  kind.best_known = 0.0;
  kind.best_known_coordinate = 0.0;
  kind.tile_function = &row_function<sphere>;
  return kind;
}

}  // namespace

const RealVectorProblemKind& sphere_problem() {
  static const RealVectorProblemKind kind = make_kind();
  return kind;
}

}  // namespace skein
