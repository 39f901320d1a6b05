#include "benchmarks/random/p_values.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace skein::bench {
namespace {

/// P(X <= x) and P(X > x) of the gamma distribution with the given shape.
struct Tails {
  double lower = 0;
  double upper = 1;
};

/// The series below the mean, Lentz's continued fraction above it (Press et al., Numerical recipes, 6.2).
Tails gamma_tails(double shape, double x) {
  if (x <= 0) return {};
  const double factor = std::exp(shape * std::log(x) - x - std::lgamma(shape));
  if (x < shape + 1) {
    double term = 1 / shape;
    double sum = term;
    for (double n = shape + 1; std::abs(term) > std::abs(sum) * 1e-16; ++n) sum += term *= x / n;
    return {sum * factor, 1 - sum * factor};
  }
  constexpr double tiny = 1e-300;
  double b = x + 1 - shape;
  double c = 1 / tiny;
  double d = 1 / b;
  double fraction = d;
  double change = 0;
  for (int i = 1; std::abs(change - 1) > 1e-16 && i < 100'000; ++i) {
    const double a = -i * (i - shape);
    b += 2;
    d = a * d + b;
    d = 1 / (std::abs(d) < tiny ? tiny : d);
    c = b + a / c;
    if (std::abs(c) < tiny) c = tiny;
    change = d * c;
    fraction *= change;
  }
  return {1 - factor * fraction, factor * fraction};
}

}  // namespace

double normal_p(double z) { return std::erfc(std::abs(z) / std::numbers::sqrt2); }

double chi_square_p(double statistic, double degrees_of_freedom) {
  const Tails tails = gamma_tails(degrees_of_freedom / 2, statistic / 2);
  return std::min(1.0, 2 * std::min(tails.lower, tails.upper));
}

double even_counts_p(std::span<const std::uint64_t> counts) {
  const double total = std::accumulate(counts.begin(), counts.end(), 0.0);
  const double expected = total / static_cast<double>(counts.size());
  double statistic = 0;
  for (const std::uint64_t count : counts) {
    const double difference = static_cast<double>(count) - expected;
    statistic += difference * difference / expected;
  }
  return chi_square_p(statistic, static_cast<double>(counts.size() - 1));
}

}  // namespace skein::bench
