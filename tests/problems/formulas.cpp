#include "tests/problems/formulas.hpp"

#include <cmath>
#include <numbers>

namespace skein::testing {
namespace {

constexpr Real pi = std::numbers::pi_v<Real>;
constexpr std::size_t any = 1'000'000;

Real square(Real x) { return x * x; }

Real ackley(const Point& x) {
  Real squares = 0;
  Real waves = 0;
  for (const Real value : x) {
    squares += value * value;
    waves += std::cos(2 * pi * value);
  }
  const auto n = Real(x.size());
  return 20 - 20 * std::exp(-0.2L * std::sqrt(squares / n)) + std::numbers::e_v<Real> - std::exp(waves / n);
}

Real beale(const Point& point) {
  const Real x = point[0];
  const Real y = point[1];
  return square(1.5L - x + x * y) + square(2.25L - x + x * y * y) + square(2.625L - x + x * y * y * y);
}

Real booth(const Point& x) { return square(Real(x[0]) + 2 * Real(x[1]) - 7) + square(2 * Real(x[0]) + x[1] - 5); }

Real griewank(const Point& x) {
  Real sum = 0;
  Real product = 1;
  for (std::size_t i = 0; i < x.size(); ++i) {
    sum += Real(x[i]) * x[i];
    product *= std::cos(Real(x[i]) / std::sqrt(Real(i + 1)));
  }
  return sum / 4000 - product + 1;
}

Real levy(const Point& x) {
  const auto z = [&x](std::size_t i) { return 1 + (Real(x[i]) - 1) / 4; };
  const std::size_t last = x.size() - 1;
  Real sum = square(std::sin(pi * z(0)));
  for (std::size_t i = 0; i < last; ++i) sum += square(z(i) - 1) * (1 + 10 * square(std::sin(pi * z(i) + 1)));
  return sum + square(z(last) - 1) * (1 + square(std::sin(2 * pi * z(last))));
}

Real matyas(const Point& point) {
  const Real x = point[0];
  const Real y = point[1];
  return 0.26L * (x * x + y * y) - 0.48L * x * y;
}

Real rastrigin(const Point& x) {
  Real sum = 10 * Real(x.size());
  for (const Real value : x) sum += value * value - 10 * std::cos(2 * pi * value);
  return sum;
}

Real rosenbrock(const Point& x) {
  Real sum = 0;
  for (std::size_t i = 0; i + 1 < x.size(); ++i) {
    sum += 100 * square(Real(x[i]) * x[i] - x[i + 1]) + square(Real(x[i]) - 1);
  }
  return sum;
}

Real schwefel(const Point& x) {
  Real sum = 418.98288727243370627478643519560L * Real(x.size());
  for (const Real value : x) sum -= value * std::sin(std::sqrt(std::abs(value)));
  return sum;
}

Real sphere(const Point& x) {
  Real sum = 0;
  for (const Real value : x) sum += value * value;
  return sum;
}

Real sum_squares(const Point& x) {
  Real sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += Real(i + 1) * square(x[i]);
  return sum;
}

Real zakharov(const Point& x) {
  Real t = 0;
  for (std::size_t i = 0; i < x.size(); ++i) t += 0.5L * Real(i + 1) * x[i];
  return sphere(x) + t * t + t * t * t * t;
}

}  // namespace

std::vector<std::size_t> Formula::dimensions(std::initializer_list<std::size_t> wanted) const {
  std::vector<std::size_t> found;
  for (const std::size_t dimension : wanted) {
    if (dimension >= smallest_dimension && dimension <= largest_dimension) found.push_back(dimension);
  }
  return found;
}

Point Formula::best_point(std::size_t dimension) const {
  return best.size() == 1 ? Point(dimension, best.front()) : best;
}

std::span<const Formula> formulas() {
  static const std::vector<Formula> all = {
      {"ackley", &ackley, 1, any, -32.768, 32.768, {0}, 1e-14, 1e-14},
      {"beale", &beale, 2, 2, -4.5, 4.5, {3, 0.5}, 1e-13, 1e-13},
      {"booth", &booth, 2, 2, -10, 10, {1, 3}, 1e-14, 1e-13},
      {"griewank", &griewank, 1, any, -600, 600, {0}, 1e-14, 1e-12},
      {"levy", &levy, 2, any, -10, 10, {1}, 1e-14, 1e-14},
      {"matyas", &matyas, 2, 2, -10, 10, {0}, 1e-14, 0},
      {"rastrigin", &rastrigin, 1, any, -5.12, 5.12, {0}, 1e-14, 1e-14},
      {"rosenbrock", &rosenbrock, 2, any, -2.048, 2.048, {1}, 1e-14, 0},
      {"schwefel", &schwefel, 1, any, -500, 500, {420.96874635998205}, 1e-14, 1e-12},
      {"sphere", &sphere, 1, any, -5.12, 5.12, {0}, 1e-14, 0},
      {"sum_squares", &sum_squares, 1, any, -10, 10, {0}, 1e-14, 0},
      {"zakharov", &zakharov, 1, any, -5, 10, {0}, 1e-13, 0}};
  return all;
}

}  // namespace skein::testing
