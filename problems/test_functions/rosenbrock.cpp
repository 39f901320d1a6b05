#include "core/kernel/kernel-inl.hpp"

#include "problems/test_functions/all.hpp"
#include "problems/test_functions/for_rows-inl.hpp"
#include "skein/encodings/real_vector_problem.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {
namespace {

/// f(x) = sum over i < n of 100 (x_i^2 - x_{i+1})^2 + (x_i - 1)^2. Minimum 0 at (1, ..., 1). Shang and Qiu (2006).
void rosenbrock(const void*, const In<double>& position, Rows rows, double* values) {
  fold_rows<Sum>(position, rows, position.width() - 1, values, [](const double* x, auto at) SKEIN_INLINED {
    const Reals x_i = at.load(x);
    const Reals across = x_i * x_i - at.load(x + 1);
    const Reals along = x_i - 1.0;
    return 100.0 * (across * across) + along * along;
  });
}

}  // namespace
}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skein {
namespace {

HWY_EXPORT(rosenbrock);

RealVectorProblemKind make_kind() {
  RealVectorProblemKind kind;
  kind.name = "rosenbrock";
  kind.summary = "a long, narrow and bent valley";
  kind.source = "Shang and Qiu, A note on the extended Rosenbrock function (2006)";
  kind.smallest_dimension = 2;
  kind.lower = "-2.048";
  kind.upper = "2.048";
  kind.best_known = 0.0;
  kind.best_known_solution = {1.0};
  kind.tile_function = [](const void* data, const In<double>& position, Rows rows, double* values) noexcept {
    HWY_DYNAMIC_DISPATCH(rosenbrock)(data, position, rows, values);
  };
  return kind;
}

}  // namespace

const RealVectorProblemKind& rosenbrock_problem() {
  static const RealVectorProblemKind kind = make_kind();
  return kind;
}

}  // namespace skein
#endif  // HWY_ONCE
