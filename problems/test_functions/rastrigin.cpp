#include "core/kernel/kernel-inl.hpp"

#include "problems/test_functions/all.hpp"
#include "problems/test_functions/for_rows-inl.hpp"
#include "skein/encodings/real_vector_problem.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {
namespace {

/// f(x) = A n + sum of (x_i^2 - A cos(2 pi x_i)) with the amplitude A, computed as the sum of
/// x_i^2 + A (1 - cos(2 pi x_i)): so it is exactly 0 at the minimum, which is at 0, and nowhere negative.
/// Eiben and Smith (2003).
void rastrigin(const void* data, const In<double>& position, Rows rows, double* values) {
  const Reals amplitude = *static_cast<const double*>(data);
  sum_rows(position, rows, values, [=](const double* x, auto at) SKEIN_INLINED {
    const Reals x_i = at.load(x);
    return x_i * x_i + amplitude * (1.0 - math::cos_turns(x_i));
  });
}

}  // namespace
}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skein {
namespace {

HWY_EXPORT(rastrigin);

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
  kind.tile_function = [](const void* data, const In<double>& position, Rows rows, double* values) noexcept {
    HWY_DYNAMIC_DISPATCH(rastrigin)(data, position, rows, values);
  };
  kind.prepare = &prepare;
  return kind;
}

}  // namespace

const RealVectorProblemKind& rastrigin_problem() {
  static const RealVectorProblemKind kind = make_kind();
  return kind;
}

}  // namespace skein
#endif  // HWY_ONCE
