#include <numbers>

#include "problems/engineering_designs/all.hpp"
#include "problems/engineering_designs/design.hpp"

namespace skein {
namespace {

constexpr double step = 0.0625;

/// The nearest thicknesses that plates come in.
void take_plates(double* x) noexcept {
  for (int i = 0; i < 2; ++i) x[i] = step * nearest_integer(x[i] / step);
}

/// The cost of a cylindrical vessel with two heads, of shell thickness a, head thickness b, radius r and length l:
/// f = 0.6224 a r l + 1.7781 b r^2 + 3.1661 a^2 l + 19.84 a^2 r. Plates come in multiples of 1/16 inch: a and b are
/// rounded to the nearest one, which is what results show. Constraints, each <= 0: 0.0193 r - a, 0.00954 r - b,
/// 1296000 - pi r^2 l - 4/3 pi r^3 (the volume), l - 240. Lengths in inches.
ConstrainedValue pressure_vessel(const double* x) noexcept {
  const double a = step * nearest_integer(x[0] / step);
  const double b = step * nearest_integer(x[1] / step);
  const double r = x[2];
  const double l = x[3];
  constexpr double pi = std::numbers::pi;
  const double cost = 0.6224 * a * r * l + 1.7781 * b * r * r + 3.1661 * a * a * l + 19.84 * a * a * r;
  const double missing_volume = 1296000.0 - pi * r * r * l - 4.0 / 3.0 * pi * r * r * r;
  return {violation_of({0.0193 * r - a, 0.00954 * r - b, missing_volume, l - 240.0}), cost};
}

RealVectorProblemKind make_kind() {
  RealVectorProblemKind kind;
  kind.name = "pressure_vessel";
  kind.summary = "a cylindrical pressure vessel, as cheap as can be, of plates in steps of 1/16 inch";
  kind.source = "Sandgren, Nonlinear integer and discrete programming in mechanical design optimization (1990)";
  kind.smallest_dimension = 4;
  kind.largest_dimension = 4;
  kind.dimension = "4";
  kind.lower = "[0.0625, 0.0625, 10, 10]";
  kind.upper = "[6.1875, 6.1875, 200, 200]";
  kind.best_known = 6059.714335;
  kind.best_known_solution = {0.8125, 0.4375, 42.0984456, 176.6365958};
  kind.best_within_default_bounds = true;
  kind.constrained_tile_function = &design_tile<pressure_vessel>;
  kind.show = &show_settled<take_plates>;
  return kind;
}

}  // namespace

const RealVectorProblemKind& pressure_vessel_problem() {
  static const RealVectorProblemKind kind = make_kind();
  return kind;
}

}  // namespace skein
