#include "benchmarks/random/tests.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "benchmarks/random/p_values.hpp"

namespace skein::bench {
namespace {

std::size_t bin_of(double value, std::size_t bins) {
  return std::min(bins - 1, static_cast<std::size_t>(value * static_cast<double>(bins)));
}

/// Of the number of successes of `count` throws of a fair coin.
double coin_p(std::uint64_t successes, std::size_t count) {
  const auto n = static_cast<double>(count);
  return normal_p((2 * static_cast<double>(successes) - n) / std::sqrt(n));
}

}  // namespace

double uniform_p(std::span<const double> values) {
  std::vector<std::uint64_t> counts(1000);
  for (const double value : values) ++counts[bin_of(value, counts.size())];
  return even_counts_p(counts);
}

double pairs_p(std::span<const double> first, std::span<const double> second) {
  constexpr std::size_t side = 64;
  std::vector<std::uint64_t> counts(side * side);
  for (std::size_t i = 0; i < std::min(first.size(), second.size()); ++i) {
    ++counts[bin_of(first[i], side) * side + bin_of(second[i], side)];
  }
  return even_counts_p(counts);
}

double normal_bins_p(std::span<const double> values) {
  std::vector<std::uint64_t> counts(1000);
  for (const double value : values) {
    ++counts[bin_of(0.5 * std::erfc(-value / std::numbers::sqrt2), counts.size())];
  }
  return even_counts_p(counts);
}

double correlation_p(std::span<const double> first, std::span<const double> second) {
  const std::size_t count = std::min(first.size(), second.size());
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += (first[i] - 0.5) * (second[i] - 0.5);
  // The product of two centred uniform numbers has the standard deviation 1/12.
  return normal_p(12 * sum / std::sqrt(static_cast<double>(count)));
}

double bit_p(std::span<const std::uint64_t> words, int bit) {
  std::uint64_t ones = 0;
  for (const std::uint64_t word : words) ones += (word >> bit) & 1;
  return coin_p(ones, words.size());
}

double bit_repeats_p(std::span<const std::uint64_t> words, int bit, std::size_t distance) {
  std::uint64_t repeats = 0;
  for (std::size_t i = distance; i < words.size(); ++i) repeats += (~(words[i] ^ words[i - distance]) >> bit) & 1;
  return coin_p(repeats, words.size() - distance);
}

}  // namespace skein::bench
