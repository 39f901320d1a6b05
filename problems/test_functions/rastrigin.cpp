#include "problems/test_functions/all.hpp"
#include "problems/test_functions/row_function.hpp"
#include "skein/encodings/real_vector_problem.hpp"
#include "skein/math.hpp"

namespace skein {
namespace {

/// f(x) = 10 n + sum of (x_i^2 - 10 cos(2 pi x_i)), computed as the sum of x_i^2 + 10 (1 - cos(2 pi x_i)): so it is
/// exactly 0 at the minimum, which is at 0, and nowhere negative. Eiben and Smith (2003).
double rastrigin(const void*, const double* x, std::size_t dimension) noexcept {
  return math::sum8(dimension, [x](std::size_t i) { return x[i] * x[i] + 10.0 * (1.0 - math::cos_turns(x[i])); });
}

RealVectorProblemKind make_kind() {
  RealVectorProblemKind kind;
  kind.name = "rastrigin";
  kind.summary = "a sphere with a local minimum around every point of a grid";
  kind.source = "Eiben and Smith, Introduction to evolutionary computing (2003)";
  kind.lower = "-5.12";
  kind.upper = "5.12";
  kind.best_known = 0.0;
  kind.best_known_coordinate = 0.0;
  kind.tile_function = &row_function<rastrigin>;
  return kind;
}

}  // namespace

const RealVectorProblemKind& rastrigin_problem() {
  static const RealVectorProblemKind kind = make_kind();
  return kind;
}

}  // namespace skein
