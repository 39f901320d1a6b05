#include <cmath>

#include "problems/test_functions/all.hpp"
#include "problems/test_functions/row_function.hpp"
#include "skein/encodings/real_vector_problem.hpp"
#include "skein/math.hpp"

namespace skein {
namespace {

/// f(x) = 20 - 20 exp(-0.2 sqrt(mean of x_i^2)) + e - exp(mean of cos(2 pi x_i)), computed as
/// 20 (1 - exp(-0.2 sqrt(mean of x_i^2))) + e (1 - exp(-mean of (1 - cos(2 pi x_i)))): so it is exactly 0 at the
/// minimum, which is at 0, and nowhere negative. Eiben and Smith (2003).
double ackley(const void*, const double* x, std::size_t dimension) noexcept {
  constexpr double e = 2.718281828459045;
  const auto count = static_cast<double>(dimension);
  const double squares = math::sum8(dimension, [x](std::size_t i) { return x[i] * x[i]; });
  const double waves = math::sum8(dimension, [x](std::size_t i) { return 1.0 - math::cos_turns(x[i]); });
  return 20.0 * (1.0 - math::exp(-0.2 * std::sqrt(squares / count))) + e * (1.0 - math::exp(-(waves / count)));
}

RealVectorProblemKind make_kind() {
  RealVectorProblemKind kind;
  kind.name = "ackley";
  kind.summary = "a funnel in an almost flat field of small waves";
  kind.source = "Eiben and Smith, Introduction to evolutionary computing (2003)";
  kind.lower = "-32.768";
  kind.upper = "32.768";
  kind.best_known = 0.0;
  kind.best_known_solution = {0.0};
  kind.tile_function = &row_function<ackley>;
  return kind;
}

}  // namespace

const RealVectorProblemKind& ackley_problem() {
  static const RealVectorProblemKind kind = make_kind();
  return kind;
}

}  // namespace skein
