#include <cmath>
#include <cstddef>

#include "problems/multi_objective/all.hpp"
#include "problems/multi_objective/zdt.hpp"
#include "skein/math.hpp"

namespace skein {
namespace {

/// f1 = x_1, f2 = g (1 - sqrt(f1 / g)), g = 1 + 10 (d - 1) + sum of (x_i^2 - 10 cos(4 pi x_i)) over i from 2 to d,
/// computed as 1 + sum of (x_i^2 + 10 (1 - cos(4 pi x_i))), so that it is exactly 1 at its minimum; x_1 in [0, 1], the
/// others in [-5, 5]. The front is that of ZDT1; there are 21^9 local ones in 10 dimensions.
void zdt4(const double* x, std::size_t dimension, double* f) noexcept {
  double sum = 0;
  for (std::size_t i = 1; i < dimension; ++i) sum += x[i] * x[i] + 10 * (1 - math::cos_turns(2 * x[i]));
  const double g = 1 + sum;
  f[0] = x[0];
  f[1] = g * (1 - std::sqrt(x[0] / g));
}

SeveralObjectives make_kind() {
  SeveralObjectives kind = zdt_kind("zdt4", "two objectives with very many local fronts", &zdt4);
  kind.dimension = "10";
  kind.lower = {0, -5};
  kind.upper = {1, 5};
  return kind;
}

}  // namespace

const SeveralObjectives& zdt4_problem() {
  static const SeveralObjectives kind = make_kind();
  return kind;
}

}  // namespace skein
