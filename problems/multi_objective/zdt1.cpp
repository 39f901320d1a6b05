#include <cmath>
#include <cstddef>

#include "problems/multi_objective/all.hpp"
#include "problems/multi_objective/zdt.hpp"

namespace skein {
namespace {

/// f1 = x_1, f2 = g (1 - sqrt(f1 / g)), x in [0, 1]^d. The front: f2 = 1 - sqrt(f1), where x_2 … x_d are 0; its
/// hypervolume for (1, 1) is 2/3.
void zdt1(const double* x, std::size_t dimension, double* f) noexcept {
  const double g = zdt_distance(x, dimension);
  f[0] = x[0];
  f[1] = g * (1 - std::sqrt(x[0] / g));
}

SeveralObjectives make_kind() {
  SeveralObjectives kind = zdt_kind("zdt1", "two objectives with a convex front", &zdt1);
  return kind;
}

}  // namespace

const SeveralObjectives& zdt1_problem() {
  static const SeveralObjectives kind = make_kind();
  return kind;
}

}  // namespace skein
