#include "core/kernel/kernel-inl.hpp"

#include <cmath>

#include "problems/test_functions/all.hpp"
#include "problems/test_functions/for_rows-inl.hpp"
#include "skein/encodings/real_vector_problem.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {
namespace {

void sums_of_squares(const In<double>& position, Rows rows, double* values) {
  for_rows(position, rows, values, &sum_of_squares);
}

}  // namespace
}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace skein {
namespace {

HWY_EXPORT(sums_of_squares);

struct Shape {
  double factor = 1;
  double exponent = 2;
};

/// f(x) = factor |x|^exponent, |x| being the square root of the sum of x_i^2. With the exponent 2, which is the default
/// as the factor 1 is, the sum itself is taken, without root and power. Minimum 0 at 0. Beyer and Schwefel (2002).
void sphere(const void* data, const In<double>& position, Rows rows, double* values) noexcept {
  const auto& shape = *static_cast<const Shape*>(data);
  HWY_DYNAMIC_DISPATCH(sums_of_squares)(position, rows, values);
  for (std::size_t i = 0; i < rows.count(); ++i) {
    const double power = shape.exponent == 2.0 ? values[i] : math::pow(std::sqrt(values[i]), shape.exponent);
    values[i] = shape.factor * power;
  }
}

std::shared_ptr<const void> prepare(std::size_t, std::span<const Value> parameters) {
  return std::make_shared<const Shape>(Shape{parameters[0].number(), parameters[1].number()});
}

RealVectorProblemKind make_kind() {
  ParameterSpec factor;
  factor.name = "factor";
  factor.summary = "the value at distance 1 from the minimum";
  factor.initial = "1";
  factor.minimum = 0;
  factor.exclusive_minimum = true;

  ParameterSpec exponent;
  exponent.name = "exponent";
  exponent.summary = "power of the distance from the minimum";
  exponent.initial = "2";
  exponent.minimum = 0;
  exponent.exclusive_minimum = true;

  RealVectorProblemKind kind;
  kind.name = "sphere";
  kind.summary = "sum of squares: one valley, the same in all directions";
  kind.source = "Beyer and Schwefel, Evolution strategies (2002)";
  kind.lower = "-5.12";
  kind.upper = "5.12";
  kind.best_known = 0.0;
  kind.best_known_solution = {0.0};
  kind.parameters = {factor, exponent};
  kind.tile_function = &sphere;
  kind.prepare = &prepare;
  return kind;
}

}  // namespace

const RealVectorProblemKind& sphere_problem() {
  static const RealVectorProblemKind kind = make_kind();
  return kind;
}

}  // namespace skein
#endif  // HWY_ONCE
