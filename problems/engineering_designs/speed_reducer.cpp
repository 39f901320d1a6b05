#include <cmath>

#include "problems/engineering_designs/all.hpp"
#include "problems/engineering_designs/design.hpp"

namespace skein {
namespace {

void take_whole_teeth(double* x) noexcept { x[2] = nearest_integer(x[2]); }

/// The weight of a gear box, of face width a, module of teeth b, number of teeth c (rounded to the nearest integer, as
/// results show it), lengths of the shafts d and e, diameters of the shafts f and g: 0.7854 a b^2 (3.3333 c^2 + 14.9334
/// c - 43.0934) - 1.508 a (f^2 + g^2) + 7.4777 (f^3 + g^3) + 0.7854 (d f^2 + e g^2). Constraints, each <= 0: 27 / (a
/// b^2 c) - 1, 397.5 / (a b^2 c^2) - 1, 1.93 d^3 / (b c f^4) - 1, 1.93 e^3 / (b c g^4) - 1, sqrt((745 d / (b c))^2
/// + 16.9e6) / (110 f^3) - 1, sqrt((745 e / (b c))^2 + 157.5e6) / (85 g^3) - 1, b c / 40 - 1, 5 b / a - 1, a / (12 b) -
/// 1, (1.5 f + 1.9) / d - 1, (1.1 g + 1.9) / e - 1.
ConstrainedValue speed_reducer(const double* x) noexcept {
  const double a = x[0];
  const double b = x[1];
  const double c = nearest_integer(x[2]);
  const double d = x[3];
  const double e = x[4];
  const double f = x[5];
  const double g = x[6];
  const double first_load = 745.0 * d / (b * c);
  const double second_load = 745.0 * e / (b * c);
  const double f2 = f * f;
  const double g2 = g * g;
  const double weight = 0.7854 * a * b * b * (3.3333 * c * c + 14.9334 * c - 43.0934) - 1.508 * a * (f2 + g2) +
                        7.4777 * (f2 * f + g2 * g) + 0.7854 * (d * f2 + e * g2);
  const double violation = violation_of(
      {27.0 / (a * b * b * c) - 1.0, 397.5 / (a * b * b * c * c) - 1.0, 1.93 * d * d * d / (b * c * f2 * f2) - 1.0,
       1.93 * e * e * e / (b * c * g2 * g2) - 1.0, std::sqrt(first_load * first_load + 16.9e6) / (110.0 * f2 * f) - 1.0,
       std::sqrt(second_load * second_load + 157.5e6) / (85.0 * g2 * g) - 1.0, b * c / 40.0 - 1.0, 5.0 * b / a - 1.0,
       a / (12.0 * b) - 1.0, (1.5 * f + 1.9) / d - 1.0, (1.1 * g + 1.9) / e - 1.0});
  return {violation, weight};
}

RealVectorProblemKind make_kind() {
  RealVectorProblemKind kind;
  kind.name = "speed_reducer";
  kind.summary = "a gear box, as light as can be, with a whole number of teeth";
  kind.source =
      "Golinski, Optimal synthesis problems solved by means of nonlinear programming and random methods (1970)";
  kind.smallest_dimension = 7;
  kind.largest_dimension = 7;
  kind.dimension = "7";
  kind.lower = "[2.6, 0.7, 17, 7.3, 7.3, 2.9, 5]";
  kind.upper = "[3.6, 0.8, 28, 8.3, 8.3, 3.9, 5.5]";
  kind.best_known = 2994.471066;
  kind.best_known_solution = {3.5, 0.7, 17, 7.3, 7.715319911478243, 3.350214666096447, 5.286654464980221};
  kind.best_within_default_bounds = true;
  kind.constrained_tile_function = &design_tile<speed_reducer>;
  kind.show = &show_settled<take_whole_teeth>;
  return kind;
}

}  // namespace

const RealVectorProblemKind& speed_reducer_problem() {
  static const RealVectorProblemKind kind = make_kind();
  return kind;
}

}  // namespace skein
