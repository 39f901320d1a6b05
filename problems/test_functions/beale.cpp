#include "problems/test_functions/all.hpp"
#include "problems/test_functions/row_function.hpp"
#include "skein/encodings/real_vector_problem.hpp"

namespace skein {
namespace {

/// f(x, y) = (1.5 - x (1 - y))^2 + (2.25 - x (1 - y^2))^2 + (2.625 - x (1 - y^3))^2. Minimum 0 at (3, 0.5).
/// More, Garbow and Hillstrom (1981).
double beale(const void*, const double* point, std::size_t) noexcept {
  const double x = point[0];
  const double y = point[1];
  const double first = 1.5 - x * (1.0 - y);
  const double second = 2.25 - x * (1.0 - y * y);
  const double third = 2.625 - x * (1.0 - y * y * y);
  return first * first + second * second + third * third;
}

RealVectorProblemKind make_kind() {
  RealVectorProblemKind kind;
  kind.name = "beale";
  kind.summary = "a curved valley between steep corners, in 2 dimensions";
  kind.source = "More, Garbow and Hillstrom, Testing unconstrained optimization software (1981)";
  kind.smallest_dimension = 2;
  kind.largest_dimension = 2;
  kind.lower = "-4.5";
  kind.upper = "4.5";
  kind.best_known = 0.0;
  kind.best_known_solution = {3.0, 0.5};
  kind.tile_function = &row_function<beale>;
  return kind;
}

}  // namespace

const RealVectorProblemKind& beale_problem() {
  static const RealVectorProblemKind kind = make_kind();
  return kind;
}

}  // namespace skein
