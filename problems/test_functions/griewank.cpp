#include "core/kernel/kernel-inl.hpp"

#include <cmath>
#include <vector>

#include "problems/test_functions/all.hpp"
#include "problems/test_functions/for_rows-inl.hpp"
#include "skein/encodings/real_vector_problem.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {
namespace {

/// f(x) = (sum of x_i^2) / 4000 + (1 - product of cos(x_i / sqrt(i))) with i from 1. Minimum 0 at 0.
/// x_i / sqrt(i) is computed as x_i * (1 / sqrt(i)) from prepared factors; the product is taken in 8 fixed lanes, as
/// sums are. Locatelli (2003).
void griewank(const void* data, const In<double>& position, Rows rows, double* values) {
  const double* scale = static_cast<const std::vector<double>*>(data)->data();
  for_rows(position, rows, values, [=](const double* x, std::size_t dimension) SKEIN_INLINED {
    const double squares = sum_of_squares(x, dimension);
    // The fast cosine is NaN for large arguments; the other one has the same bits where both are numbers.
    double waves =
        product8(dimension, [=](auto at) SKEIN_INLINED { return math::cos_within(at.load(x) * at.load(scale)); });
    if (std::isnan(waves)) {
      waves = product8(dimension, [=](auto at) SKEIN_INLINED { return math::cos(at.load(x) * at.load(scale)); });
    }
    return squares / 4000.0 + (1.0 - waves);
  });
}

}  // namespace
}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skein {
namespace {

HWY_EXPORT(griewank);

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
  kind.tile_function = [](const void* data, const In<double>& position, Rows rows, double* values) noexcept {
    HWY_DYNAMIC_DISPATCH(griewank)(data, position, rows, values);
  };
  kind.prepare = &prepare;
  return kind;
}

}  // namespace

const RealVectorProblemKind& griewank_problem() {
  static const RealVectorProblemKind kind = make_kind();
  return kind;
}

}  // namespace skein
#endif  // HWY_ONCE
