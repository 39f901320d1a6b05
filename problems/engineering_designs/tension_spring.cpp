#include "problems/engineering_designs/all.hpp"
#include "problems/engineering_designs/design.hpp"

namespace skein {
namespace {

/// The weight of a spring of wire diameter w, coil diameter D and N coils: f = (N + 2) D w^2. Constraints, each <= 0:
/// 1 - D^3 N / (71785 w^4), (4 D^2 - w D) / (12566 (D w^3 - w^4)) + 1 / (5108 w^2) - 1, 1 - 140.45 w / (D^2 N),
/// (D + w) / 1.5 - 1.
ConstrainedValue tension_spring(const double* x) noexcept {
  const double w = x[0];
  const double d = x[1];
  const double n = x[2];
  const double w2 = w * w;
  const double w3 = w2 * w;
  const double deflection = 1.0 - d * d * d * n / (71785.0 * w2 * w2);
  const double shear = (4.0 * d * d - w * d) / (12566.0 * (d * w3 - w3 * w)) + 1.0 / (5108.0 * w2) - 1.0;
  const double surge = 1.0 - 140.45 * w / (d * d * n);
  const double diameter = (d + w) / 1.5 - 1.0;
  return {violation_of({deflection, shear, surge, diameter}), (n + 2.0) * d * w2};
}

RealVectorProblemKind make_kind() {
  RealVectorProblemKind kind;
  kind.name = "tension_spring";
  kind.summary = "a tension spring, as light as can be";
  kind.source = "Belegundu, A study of mathematical programming methods for structural optimization (1982)";
  kind.smallest_dimension = 3;
  kind.largest_dimension = 3;
  kind.dimension = "3";
  kind.lower = "[0.05, 0.25, 2]";
  kind.upper = "[2, 1.3, 15]";
  kind.best_known = 0.0126652328;
  kind.best_known_solution = {0.051689061, 0.356717735, 11.288965986};
  kind.best_within_default_bounds = true;
  kind.constrained_tile_function = &design_tile<tension_spring>;
  return kind;
}

}  // namespace

const RealVectorProblemKind& tension_spring_problem() {
  static const RealVectorProblemKind kind = make_kind();
  return kind;
}

}  // namespace skein
