// HeuristicLab's test functions: sums from left to right, elementary functions of the C++ library. The recorded results
// are those with glibc, whose functions round as the ones that HeuristicLab was run with, wherever it matters there.
#pragma once

#include <cmath>
#include <numbers>
#include <span>

namespace skein::heuristiclab {

inline double rastrigin(std::span<const double> x) {
  double result = 10.0 * static_cast<double>(x.size());
  for (const double x_i : x) {
    result += x_i * x_i;
    result -= 10.0 * std::cos(2 * std::numbers::pi * x_i);
  }
  return result;
}

inline double schwefel(std::span<const double> x) {
  double result = 418.982887272433 * static_cast<double>(x.size());
  for (const double x_i : x) result -= x_i * std::sin(std::sqrt(std::abs(x_i)));
  return result;
}

inline double ackley(std::span<const double> x) {
  const auto n = static_cast<double>(x.size());
  double squares = 0;
  for (const double x_i : x) squares += x_i * x_i;
  double cosines = 0;
  for (const double x_i : x) cosines += std::cos(2 * std::numbers::pi * x_i);
  return 20 - 20 * std::exp(-0.2 * std::sqrt(squares / n)) + std::numbers::e - std::exp(cosines / n);
}

inline double sphere(std::span<const double> x) {
  double result = 0;
  for (const double x_i : x) result += x_i * x_i;
  return result;
}

}  // namespace skein::heuristiclab
