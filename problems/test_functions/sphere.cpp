#include <cmath>

#include "problems/test_functions/all.hpp"
#include "problems/test_functions/row_function.hpp"
#include "skein/encodings/real_vector_problem.hpp"
#include "skein/math.hpp"

namespace skein {
namespace {

struct Shape {
  double factor = 1;
  double exponent = 2;
};

/// f(x) = factor |x|^exponent, |x| being the square root of the sum of x_i^2. With the exponent 2, which is the default
/// as the factor 1 is, the sum itself is taken, without root and power. Minimum 0 at 0. Beyer and Schwefel (2002).
double sphere(const void* data, const double* x, std::size_t dimension) noexcept {
  const auto& shape = *static_cast<const Shape*>(data);
  const double squares = math::sum8(dimension, [x](std::size_t i) { return x[i] * x[i]; });
  const double power = shape.exponent == 2.0 ? squares : math::pow(std::sqrt(squares), shape.exponent);
  return shape.factor * power;
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
  kind.tile_function = &row_function<sphere>;
  kind.prepare = &prepare;
  return kind;
}

}  // namespace

const RealVectorProblemKind& sphere_problem() {
  static const RealVectorProblemKind kind = make_kind();
  return kind;
}

}  // namespace skein
