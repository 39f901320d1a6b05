#include <numbers>

#include "problems/engineering_designs/all.hpp"
#include "problems/engineering_designs/design.hpp"

namespace skein {
namespace {

/// The weight of a truss of three bars of length 100, with the cross sections a (outer bars) and b, under the load 2:
/// f = 100 (2 sqrt(2) a + b). Constraints (stress at most 2), each <= 0:
/// 2 (sqrt(2) a + b) / (sqrt(2) a^2 + 2 a b) - 2, 2 b / (sqrt(2) a^2 + 2 a b) - 2, 2 / (sqrt(2) b + a) - 2.
ConstrainedValue three_bar_truss(const double* x) noexcept {
  const double a = x[0];
  const double b = x[1];
  constexpr double root = std::numbers::sqrt2;
  const double area = root * a * a + 2.0 * a * b;
  const double violation =
      violation_of({2.0 * (root * a + b) / area - 2.0, 2.0 * b / area - 2.0, 2.0 / (root * b + a) - 2.0});
  return {violation, 100.0 * (2.0 * root * a + b)};
}

RealVectorProblemKind make_kind() {
  RealVectorProblemKind kind;
  kind.name = "three_bar_truss";
  kind.summary = "a truss of three bars, as light as can be";
  kind.source = "Nowacki, Optimization in pre-contract ship design (1974)";
  kind.smallest_dimension = 2;
  kind.largest_dimension = 2;
  kind.dimension = "2";
  kind.lower = "[0, 0]";
  kind.upper = "[1, 1]";
  kind.best_known = 263.8958434;
  kind.best_known_solution = {0.788675136, 0.408248285};
  kind.best_within_default_bounds = true;
  kind.constrained_tile_function = &design_tile<three_bar_truss>;
  return kind;
}

}  // namespace

const RealVectorProblemKind& three_bar_truss_problem() {
  static const RealVectorProblemKind kind = make_kind();
  return kind;
}

}  // namespace skein
