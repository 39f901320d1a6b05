#include "core/kernel/kernel-inl.hpp"

#include <cmath>

#include "problems/test_functions/all.hpp"
#include "problems/test_functions/for_rows-inl.hpp"
#include "skein/encodings/real_vector_problem.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {
namespace {

constexpr double best_root = 20.51752290994169;  // sqrt(420.96874635998202…), rounded as sqrt rounds

/// The sum over all coordinates, with s = sqrt(|x_i|) sign(x_i), r = best_root and d = s - r, of
///   sin r (r^2 (1 - cos d) + 2 r (sin d - d cos d) + (4 d + 2 d^2 / r) sin d - d^2 cos d).
template <class Sine, class Cosine>
HWY_INLINE double sum_of_terms(const double* x, std::size_t dimension, Sine sine, Cosine cosine) noexcept {
  constexpr double r = best_root;
  constexpr double sine_of_root = 0.9952826448406929;
  return sum8(dimension, [=](auto at) SKEIN_INLINED {
    const Reals x_i = at.load(x);
    const Reals root = square_root(math::absolute(x_i));
    const Reals d = math::with_sign(root, bits_of(x_i)) - r;
    const Reals half_sine = sine(0.5 * d);
    const Reals versine = 2.0 * half_sine * half_sine;  // 1 - cos d
    const Reals sine_d = 2.0 * half_sine * cosine(0.5 * d);
    const Reals cosine_d = 1.0 - versine;
    const Reals across = r * (r * versine + 2.0 * (sine_d - d * cosine_d));
    return sine_of_root * (across + d * ((4.0 + d * (2.0 / r)) * sine_d - d * cosine_d));
  });
}

/// f(x) = 418.9828872724337… n - sum of x_i sin(sqrt(|x_i|)), the sine root function, where the number is the largest
/// value of z sin(sqrt(z)) up to z = 500. Two large numbers that cancel near the minimum are avoided: the difference
/// is expanded around the maximiser r^2 of z sin(sqrt(z)), with tan r = -r / 2 inserted. So f is exactly 0 at the best
/// known solution (420.9687…, …) and nowhere negative within the default bounds. Beyond them there are deeper minima.
/// Schwefel (1981).
void schwefel(const void*, const In<double>& position, Rows rows, double* values) {
  for_rows(position, rows, values, [](const double* x, std::size_t dimension) SKEIN_INLINED {
    // The fast functions are NaN for large arguments; the others have the same bits where all are numbers.
    const double value = sum_of_terms(
        x, dimension, [](Reals a) SKEIN_INLINED { return math::sin_within(a); },
        [](Reals a) SKEIN_INLINED { return math::cos_within(a); });
    if (!std::isnan(value)) return value;
    return sum_of_terms(
        x, dimension, [](Reals a) SKEIN_INLINED { return math::sin(a); },
        [](Reals a) SKEIN_INLINED { return math::cos(a); });
  });
}

}  // namespace
}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skein {
namespace {

HWY_EXPORT(schwefel);

RealVectorProblemKind make_kind() {
  RealVectorProblemKind kind;
  kind.name = "schwefel";
  kind.summary = "many deep valleys, the best one near a corner and far from the second best";
  kind.source = "Schwefel, Numerical optimization of computer models (1981)";
  kind.lower = "-500";
  kind.upper = "500";
  kind.best_known = 0.0;
  kind.best_known_solution = {420.96874635998205};
  kind.best_from = -500;
  kind.best_to = 500;
  kind.tile_function = [](const void* data, const In<double>& position, Rows rows, double* values) noexcept {
    HWY_DYNAMIC_DISPATCH(schwefel)(data, position, rows, values);
  };
  return kind;
}

}  // namespace

const RealVectorProblemKind& schwefel_problem() {
  static const RealVectorProblemKind kind = make_kind();
  return kind;
}

}  // namespace skein
#endif  // HWY_ONCE
