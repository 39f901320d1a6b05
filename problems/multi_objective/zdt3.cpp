#include <cmath>
#include <cstddef>

#include "problems/multi_objective/all.hpp"
#include "problems/multi_objective/zdt.hpp"
#include "skein/math.hpp"

namespace skein {
namespace {

/// f1 = x_1, f2 = g (1 - sqrt(f1 / g) - (f1 / g) sin(10 pi f1)), x in [0, 1]^d. The front lies on f2 = 1 - sqrt(f1) -
/// f1 sin(10 pi f1), where x_2 … x_d are 0, in five pieces; f2 goes down to -0.77337.
void zdt3(const double* x, std::size_t dimension, double* f) noexcept {
  const double g = zdt_distance(x, dimension);
  const double ratio = x[0] / g;
  f[0] = x[0];
  f[1] = g * ((1 - std::sqrt(ratio)) - ratio * math::sin_turns(5 * x[0]));
}

SeveralObjectives make_kind() {
  SeveralObjectives kind = zdt_kind("zdt3", "two objectives with a front in five pieces", &zdt3);
  return kind;
}

}  // namespace

const SeveralObjectives& zdt3_problem() {
  static const SeveralObjectives kind = make_kind();
  return kind;
}

}  // namespace skein
