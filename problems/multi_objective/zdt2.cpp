#include <cstddef>

#include "problems/multi_objective/all.hpp"
#include "problems/multi_objective/zdt.hpp"

namespace skein {
namespace {

/// f1 = x_1, f2 = g (1 - (f1 / g)^2), x in [0, 1]^d. The front: f2 = 1 - f1^2, where x_2 … x_d are 0; its hypervolume
/// for (1, 1) is 1/3.
void zdt2(const double* x, std::size_t dimension, double* f) noexcept {
  const double g = zdt_distance(x, dimension);
  const double ratio = x[0] / g;
  f[0] = x[0];
  f[1] = g * (1 - ratio * ratio);
}

SeveralObjectives make_kind() {
  SeveralObjectives kind = zdt_kind("zdt2", "two objectives with a front that is not convex", &zdt2);
  return kind;
}

}  // namespace

const SeveralObjectives& zdt2_problem() {
  static const SeveralObjectives kind = make_kind();
  return kind;
}

}  // namespace skein
