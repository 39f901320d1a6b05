#include <cmath>

#include "problems/test_functions/all.hpp"
#include "problems/test_functions/row_function.hpp"
#include "skein/encodings/real_vector_problem.hpp"
#include "skein/math.hpp"

namespace skein {
namespace {

constexpr double best_coordinate = 420.96874635998205;  // 420.968746359982027…
constexpr double best_root = 20.51752290994169;         // its square root, rounded as sqrt rounds

/// The sum over all coordinates, with s = sqrt(|x_i|) sign(x_i), r = best_root and d = s - r, of
///   sin r (r^2 (1 - cos d) + 2 r (sin d - d cos d) + (4 d + 2 d^2 / r) sin d - d^2 cos d).
template <double (*sine)(double) noexcept, double (*cosine)(double) noexcept>
double sum_of_terms(const double* x, std::size_t dimension) noexcept {
  constexpr double r = best_root;
  constexpr double sine_of_root = 0.9952826448406929;
  return math::sum8(dimension, [x](std::size_t i) {
    const double d = std::copysign(std::sqrt(std::abs(x[i])), x[i]) - r;
    const double half_sine = sine(0.5 * d);
    const double versine = 2.0 * half_sine * half_sine;  // 1 - cos d
    const double sine_d = 2.0 * half_sine * cosine(0.5 * d);
    const double cosine_d = 1.0 - versine;
    const double across = r * (r * versine + 2.0 * (sine_d - d * cosine_d));
    return sine_of_root * (across + d * ((4.0 + d * (2.0 / r)) * sine_d - d * cosine_d));
  });
}

/// f(x) = 418.9828872724337… n - sum of x_i sin(sqrt(|x_i|)), the sine root function, where the number is the largest
/// value of z sin(sqrt(z)) up to z = 500. Two large numbers that cancel near the minimum are avoided: the difference
/// is expanded around the maximiser r^2 of z sin(sqrt(z)), with tan r = -r / 2 inserted. So f is exactly 0 at the best
/// known solution (420.9687…, …) and nowhere negative within the default bounds. Beyond them there are deeper minima.
/// Schwefel (1981).
double schwefel(const void*, const double* x, std::size_t dimension) noexcept {
  // The fast functions are NaN for large arguments; the others have the same bits where all are numbers.
  const double value = sum_of_terms<math::sin_within, math::cos_within>(x, dimension);
  return std::isnan(value) ? sum_of_terms<math::sin, math::cos>(x, dimension) : value;
}

RealVectorProblemKind make_kind() {
  RealVectorProblemKind kind;
  kind.name = "schwefel";
  kind.summary = "many deep valleys, the best one near a corner and far from the second best";
  kind.source = "Schwefel, Numerical optimization of computer models (1981)";
  kind.lower = "-500";
  kind.upper = "500";
  kind.best_known = 0.0;
  kind.best_known_solution = {best_coordinate};
  kind.best_from = -500;
  kind.best_to = 500;
  kind.tile_function = &row_function<schwefel>;
  return kind;
}

}  // namespace

const RealVectorProblemKind& schwefel_problem() {
  static const RealVectorProblemKind kind = make_kind();
  return kind;
}

}  // namespace skein
