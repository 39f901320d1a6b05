#include "core/kernel/kernel-inl.hpp"

#include "problems/test_functions/all.hpp"
#include "problems/test_functions/for_rows-inl.hpp"
#include "skein/encodings/real_vector_problem.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {
namespace {

constexpr double one_radian = 0.15915494309189535;  // in turns

HWY_INLINE Reals squared(Reals x) noexcept { return x * x; }
constexpr double squared(double x) noexcept { return x * x; }

/// f(x) = sin^2(pi z_1) + sum over i < n of (z_i - 1)^2 (1 + 10 sin^2(pi z_i + 1)) + (z_n - 1)^2 (1 + sin^2(2 pi z_n))
/// with z_i = 1 + (x_i - 1) / 4, computed from y_i = z_i - 1, with which the squared sines are the same, and with sines
/// of turns: so it is exactly 0 at the minimum, which is at (1, ..., 1). Laguna and Marti (2005).
void levy(const void*, const In<double>& position, Rows rows, double* values) {
  for_rows(position, rows, values, [](const double* x, std::size_t dimension) SKEIN_INLINED {
    const std::size_t last = dimension - 1;
    const double first_y = (x[0] - 1.0) * 0.25;
    const double last_y = (x[last] - 1.0) * 0.25;
    const double waves = sum8(last, [=](auto at) SKEIN_INLINED {
      const Reals y = (at.load(x) - 1.0) * 0.25;
      return y * y * (1.0 + 10.0 * squared(math::sin_turns(0.5 * y + one_radian)));
    });
    const double end = last_y * last_y * (1.0 + squared(skein::math::sin_turns(last_y)));
    return squared(skein::math::sin_turns(0.5 * first_y)) + waves + end;
  });
}

}  // namespace
}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skein {
namespace {

HWY_EXPORT(levy);

RealVectorProblemKind make_kind() {
  RealVectorProblemKind kind;
  kind.name = "levy";
  kind.summary = "a bowl with waves of unequal length";
  kind.source = "Laguna and Marti, Experimental testing of advanced scatter search designs (2005)";
  kind.smallest_dimension = 2;
  kind.lower = "-10";
  kind.upper = "10";
  kind.best_known = 0.0;
  kind.best_known_solution = {1.0};
  kind.tile_function = [](const void* data, const In<double>& position, Rows rows, double* values) noexcept {
    HWY_DYNAMIC_DISPATCH(levy)(data, position, rows, values);
  };
  return kind;
}

}  // namespace

const RealVectorProblemKind& levy_problem() {
  static const RealVectorProblemKind kind = make_kind();
  return kind;
}

}  // namespace skein
#endif  // HWY_ONCE
