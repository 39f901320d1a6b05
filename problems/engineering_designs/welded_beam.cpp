#include <cmath>
#include <numbers>

#include "problems/engineering_designs/all.hpp"
#include "problems/engineering_designs/design.hpp"

namespace skein {
namespace {

/// The cost of a beam that is welded to a support, of weld thickness h, weld length l, beam width t and beam thickness
/// b: f = 1.10471 h^2 l + 0.04811 t b (14 + l). With the load P = 6000 at L = 14, E = 30e6 and G = 12e6, and
///
///   M = P (L + l / 2), R = sqrt(l^2 / 4 + ((h + t) / 2)^2), J = 2 sqrt(2) h l (l^2 / 12 + ((h + t) / 2)^2),
///   primary = P / (sqrt(2) h l), secondary = M R / J,
///   shear = sqrt(primary^2 + 2 primary secondary l / (2 R) + secondary^2),
///   bending = 6 P L / (b t^2), deflection = 4 P L^3 / (E t^3 b),
///   buckling = 4.013 E sqrt(t^2 b^6 / 36) / L^2 (1 - t / (2 L) sqrt(E / (4 G))),
///
/// the constraints, each <= 0, are shear - 13600, bending - 30000, h - b, 0.10471 h^2 + 0.04811 t b (14 + l) - 5,
/// 0.125 - h, deflection - 0.25, P - buckling.
ConstrainedValue welded_beam(const double* x) noexcept {
  const double h = x[0];
  const double l = x[1];
  const double t = x[2];
  const double b = x[3];
  constexpr double load = 6000.0;
  constexpr double length = 14.0;
  constexpr double elasticity = 30e6;
  constexpr double rigidity = 12e6;
  const double beam_cost = 0.04811 * t * b * (length + l);
  const double half = 0.5 * (h + t);
  const double moment = load * (length + 0.5 * l);
  const double radius = std::sqrt(0.25 * l * l + half * half);
  const double inertia = 2.0 * std::numbers::sqrt2 * h * l * (l * l / 12.0 + half * half);
  const double primary = load / (std::numbers::sqrt2 * h * l);
  const double secondary = moment * radius / inertia;
  const double shear = std::sqrt(primary * primary + primary * secondary * l / radius + secondary * secondary);
  const double bending = 6.0 * load * length / (b * t * t);
  const double deflection = 4.0 * load * length * length * length / (elasticity * t * t * t * b);
  const double buckling = 4.013 * elasticity * (t * b * b * b / 6.0) / (length * length) *
                          (1.0 - t / (2.0 * length) * std::sqrt(elasticity / (4.0 * rigidity)));
  const double violation = violation_of({shear - 13600.0, bending - 30000.0, h - b, 0.10471 * h * h + beam_cost - 5.0,
                                         0.125 - h, deflection - 0.25, load - buckling});
  return {violation, 1.10471 * h * h * l + beam_cost};
}

RealVectorProblemKind make_kind() {
  RealVectorProblemKind kind;
  kind.name = "welded_beam";
  kind.summary = "a beam that is welded to a support, as cheap as can be";
  kind.source =
      "Ragsdell and Phillips, Optimal design of a class of welded structures using geometric programming (1976)";
  kind.smallest_dimension = 4;
  kind.largest_dimension = 4;
  kind.dimension = "4";
  kind.lower = "[0.1, 0.1, 0.1, 0.1]";
  kind.upper = "[2, 10, 10, 2]";
  kind.best_known = 1.724852309;
  kind.best_known_solution = {0.20572964, 3.470488666, 9.036623910, 0.20572964};
  kind.best_within_default_bounds = true;
  kind.constrained_tile_function = &design_tile<welded_beam>;
  return kind;
}

}  // namespace

const RealVectorProblemKind& welded_beam_problem() {
  static const RealVectorProblemKind kind = make_kind();
  return kind;
}

}  // namespace skein
