#include <cmath>
#include <cstddef>

#include "problems/multi_objective/all.hpp"
#include "problems/multi_objective/zdt.hpp"
#include "skein/math.hpp"

namespace skein {
namespace {

/// f1 = 1 - exp(-4 x_1) sin^6(6 pi x_1), f2 = g (1 - (f1 / g)^2), g = 1 + 9 ((x_2 + … + x_d) / (d - 1))^0.25, x in
/// [0, 1]^d. The front: f2 = 1 - f1^2 for f1 from 0.28078 on, where x_2 … x_d are 0.
void zdt6(const double* x, std::size_t dimension, double* f) noexcept {
  const double x1 = x[0];
  const double wave = math::sin_turns(3 * x1);
  const double cube = wave * wave * wave;
  double sum = 0;
  for (std::size_t i = 1; i < dimension; ++i) sum += x[i];
  const double g = 1 + 9 * std::sqrt(std::sqrt(sum / static_cast<double>(dimension - 1)));
  f[0] = 1 - math::exp(-4 * x1) * (cube * cube);
  const double ratio = f[0] / g;
  f[1] = g * (1 - ratio * ratio);
}

SeveralObjectives make_kind() {
  SeveralObjectives kind = zdt_kind("zdt6", "two objectives with few solutions near the front, unevenly spread", &zdt6);
  kind.dimension = "10";
  return kind;
}

}  // namespace

const SeveralObjectives& zdt6_problem() {
  static const SeveralObjectives kind = make_kind();
  return kind;
}

}  // namespace skein
