#include "problems/test_functions/all.hpp"
#include "problems/test_functions/row_function.hpp"
#include "skein/encodings/real_vector_problem.hpp"
#include "skein/math.hpp"

namespace skein {
namespace {

/// f(x) = A n + sum of (x_i^2 - A cos(2 pi x_i)) with the amplitude A, computed as the sum of
/// x_i^2 + A (1 - cos(2 pi x_i)): so it is exactly 0 at the minimum, which is at 0, and nowhere negative.
/// Eiben and Smith (2003).
double rastrigin(const void* data, const double* x, std::size_t dimension) noexcept {
  const double amplitude = *static_cast<const double*>(data);
  return math::sum8(dimension,
                    [x, amplitude](std::size_t i) { return x[i] * x[i] + amplitude * (1.0 - math::cos_turns(x[i])); });
}

std::shared_ptr<const void> prepare(std::size_t, std::span<const Value> parameters) {
  return std::make_shared<const double>(parameters[0].number());
}

RealVectorProblemKind make_kind() {
  ParameterSpec amplitude;
  amplitude.name = "amplitude";
  amplitude.summary = "A in A n + sum of (x_i^2 - A cos(2 pi x_i)): how high the waves are";
  amplitude.initial = "10";
  amplitude.minimum = 0;

  RealVectorProblemKind kind;
  kind.name = "rastrigin";
  kind.summary = "a sphere with a local minimum around every point of a grid";
  kind.source = "Eiben and Smith, Introduction to evolutionary computing (2003)";
  kind.lower = "-5.12";
  kind.upper = "5.12";
  kind.best_known = 0.0;
  kind.best_known_solution = {0.0};
  kind.parameters = {amplitude};
  kind.tile_function = &row_function<rastrigin>;
  kind.prepare = &prepare;
  return kind;
}

}  // namespace

const RealVectorProblemKind& rastrigin_problem() {
  static const RealVectorProblemKind kind = make_kind();
  return kind;
}

}  // namespace skein
