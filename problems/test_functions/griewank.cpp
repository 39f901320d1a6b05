#include <cmath>
#include <vector>

#include "problems/test_functions/all.hpp"
#include "problems/test_functions/row_function.hpp"
#include "skein/encodings/real_vector_problem.hpp"
#include "skein/math.hpp"

namespace skein {
namespace {

/// factor(0) * … * factor(count - 1) in 8 fixed lanes, as math::sum8 adds.
template <class Factor>
double product8(std::size_t count, Factor factor) noexcept {
  constexpr std::size_t lanes = 8;
  double lane[lanes] = {1, 1, 1, 1, 1, 1, 1, 1};
  const std::size_t whole = count - count % lanes;
  for (std::size_t i = 0; i < whole; i += lanes) {
    double factors[lanes];
    for (std::size_t j = 0; j < lanes; ++j) factors[j] = factor(i + j);
    for (std::size_t j = 0; j < lanes; ++j) lane[j] *= factors[j];
  }
  for (std::size_t i = whole; i < count; ++i) lane[i - whole] *= factor(i);
  return ((lane[0] * lane[4]) * (lane[2] * lane[6])) * ((lane[1] * lane[5]) * (lane[3] * lane[7]));
}

/// f(x) = (sum of x_i^2) / 4000 + (1 - product of cos(x_i / sqrt(i))) with i from 1. Minimum 0 at 0.
/// x_i / sqrt(i) is computed as x_i * (1 / sqrt(i)) from prepared factors. Locatelli (2003).
double griewank(const void* data, const double* x, std::size_t dimension) noexcept {
  const double* scale = static_cast<const std::vector<double>*>(data)->data();
  const double squares = math::sum8(dimension, [x](std::size_t i) { return x[i] * x[i]; });
  // The fast cosine is NaN for large arguments; the other one has the same bits where both are numbers.
  double waves = product8(dimension, [x, scale](std::size_t i) { return math::cos_within(x[i] * scale[i]); });
  if (std::isnan(waves)) waves = product8(dimension, [x, scale](std::size_t i) { return math::cos(x[i] * scale[i]); });
  return squares / 4000.0 + (1.0 - waves);
}

std::shared_ptr<const void> prepare(std::size_t dimension, std::span<const Value>) {
  std::vector<double> scale(dimension);
  for (std::size_t i = 0; i < dimension; ++i) scale[i] = 1.0 / std::sqrt(static_cast<double>(i + 1));
  return std::make_shared<const std::vector<double>>(std::move(scale));
}

RealVectorProblemKind make_kind() {
  RealVectorProblemKind kind;
  kind.name = "griewank";
  kind.summary = "a wide bowl with many regular waves";
  kind.source = "Locatelli, A note on the Griewank test function (2003)";
  kind.lower = "-600";
  kind.upper = "600";
  kind.best_known = 0.0;
  kind.best_known_solution = {0.0};
  kind.tile_function = &row_function<griewank>;
  kind.prepare = &prepare;
  return kind;
}

}  // namespace

const RealVectorProblemKind& griewank_problem() {
  static const RealVectorProblemKind kind = make_kind();
  return kind;
}

}  // namespace skein
