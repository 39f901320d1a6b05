#include "benchmarks/objectives/objective.hpp"

#include <cmath>
#include <numbers>

namespace skein::bench {
namespace {

/// Sum of x_i^2.
double sphere(const double* x, std::size_t dimension) {
  double sum = 0;
  for (std::size_t i = 0; i < dimension; ++i) sum += x[i] * x[i];
  return sum;
}

/// Sum of x_i^2 + 10 (1 - cos(2 pi x_i)).
double rastrigin(const double* x, std::size_t dimension) {
  double sum = 0;
  for (std::size_t i = 0; i < dimension; ++i) {
    sum += x[i] * x[i] + 10.0 * (1.0 - std::cos(2.0 * std::numbers::pi * x[i]));
  }
  return sum;
}

/// Sum over i < n of 100 (x_i^2 - x_{i+1})^2 + (x_i - 1)^2.
double rosenbrock(const double* x, std::size_t dimension) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < dimension; ++i) {
    const double across = x[i] * x[i] - x[i + 1];
    const double along = x[i] - 1.0;
    sum += 100.0 * across * across + along * along;
  }
  return sum;
}

/// (Sum of x_i^2) / 4000 + 1 - product of cos(x_i / sqrt(i)), i from 1.
double griewank(const double* x, std::size_t dimension) {
  double sum = 0;
  double product = 1;
  for (std::size_t i = 0; i < dimension; ++i) {
    sum += x[i] * x[i];
    product *= std::cos(x[i] / std::sqrt(static_cast<double>(i + 1)));
  }
  return sum / 4000.0 + 1.0 - product;
}

/// 20 - 20 exp(-0.2 sqrt(mean of x_i^2)) + e - exp(mean of cos(2 pi x_i)).
double ackley(const double* x, std::size_t dimension) {
  double squares = 0;
  double waves = 0;
  for (std::size_t i = 0; i < dimension; ++i) {
    squares += x[i] * x[i];
    waves += std::cos(2.0 * std::numbers::pi * x[i]);
  }
  const auto count = static_cast<double>(dimension);
  return 20.0 - 20.0 * std::exp(-0.2 * std::sqrt(squares / count)) + std::numbers::e - std::exp(waves / count);
}

constexpr std::array facts = {ObjectiveFacts{"sphere", &sphere, 5.12}, ObjectiveFacts{"rastrigin", &rastrigin, 5.12},
                              ObjectiveFacts{"rosenbrock", &rosenbrock, 2.048},
                              ObjectiveFacts{"griewank", &griewank, 600.0}, ObjectiveFacts{"ackley", &ackley, 32.768}};

}  // namespace

const ObjectiveFacts& facts_of(Objective objective) noexcept { return facts[static_cast<std::size_t>(objective)]; }

}  // namespace skein::bench
