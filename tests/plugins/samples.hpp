// Samples of results in tests of quality.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

namespace skein::tests {

inline double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

/// Two-sided p of the Mann-Whitney test, normal approximation with continuity correction; values without ties.
inline double mann_whitney(const std::vector<double>& a, const std::vector<double>& b) {
  double wins = 0;
  for (const double x : a) {
    for (const double y : b) wins += x < y ? 1.0 : x == y ? 0.5 : 0.0;
  }
  const auto n = static_cast<double>(a.size());
  const auto m = static_cast<double>(b.size());
  const double deviation = std::sqrt(n * m * (n + m + 1) / 12);
  const double z = std::max(0.0, std::abs(wins - n * m / 2) - 0.5) / deviation;
  return std::erfc(z / std::numbers::sqrt2);
}

}  // namespace skein::tests
