// The rank sum test that the tables of comparisons use, against published values and against all ways of dividing
// ranks.
#include "benchmarks/measure/rank_sum.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

namespace {

using skein::bench::rank_sum_p;
using Sample = std::vector<double>;

/// Twice the mean rank of every value among all.
std::vector<int> double_ranks(const Sample& all) {
  std::vector<int> ranks;
  for (const double value : all) {
    const auto below = std::ranges::count_if(all, [value](double other) { return other < value; });
    const auto equal = std::ranges::count(all, value);
    ranks.push_back(static_cast<int>(2 * below + equal + 1));
  }
  return ranks;
}

/// The share of all divisions of the values into two samples of these sizes whose rank sums are at least as far from
/// their mean.
double exact_p(const Sample& first, const Sample& second) {
  Sample all = first;
  all.insert(all.end(), second.begin(), second.end());
  const std::vector<int> ranks = double_ranks(all);
  const auto sum = [&](std::uint32_t chosen) {
    int total = 0;
    for (std::size_t i = 0; i < ranks.size(); ++i) total += (chosen >> i & 1U) != 0 ? ranks[i] : 0;
    return total;
  };
  const auto n = static_cast<int>(first.size());
  const int mean = n * static_cast<int>(all.size() + 1);
  const int distance = std::abs(sum((1U << first.size()) - 1) - mean);
  double extreme = 0;
  double count = 0;
  for (std::uint32_t chosen = 0; chosen < 1U << all.size(); ++chosen) {
    if (std::popcount(chosen) != n) continue;
    ++count;
    extreme += std::abs(sum(chosen) - mean) >= distance ? 1 : 0;
  }
  return extreme / count;
}

TEST_CASE("rank sum: values that are published") {
  // Documentation of scipy.stats.mannwhitneyu, method asymptotic: ages of 5 men and 4 women.
  CHECK(rank_sum_p({19, 22, 16, 29, 24}, {20, 11, 17, 12}) == doctest::Approx(0.11134688653314041).epsilon(1e-12));
  // Hollander and Wolfe (1973), p. 69: permeability of membranes, W = 35; exact one-sided p 0.1272.
  const Sample term = {0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};
  const Sample early = {1.15, 0.88, 0.90, 0.74, 1.21};
  CHECK(exact_p(term, early) == doctest::Approx(2 * 0.1272).epsilon(1e-3));
  CHECK(rank_sum_p(term, early) == doctest::Approx(2 * 0.1272).epsilon(0.05));
}

TEST_CASE("rank sum: equal values have mean ranks, and their variance is corrected") {
  // Ranks 1, 3, 3, 5.5 against 3, 5.5, 7.5, 7.5: 2.5 wins of 16; variance 16 / 12 * (9 - 36 / 56).
  CHECK(rank_sum_p({1, 2, 2, 3}, {2, 3, 4, 4}) ==
        doctest::Approx(std::erfc(5.0 / std::sqrt(2 * 11.142857142857142))).epsilon(1e-12));
}

TEST_CASE("rank sum: from eight values on it is near what all divisions give") {
  const Sample first = {0.3, 1.9, 2.2, 3.7, 4.1, 6.8, 7.7, 9.4};
  for (const double shift : {0.0, 1.0, 2.5, 4.0, 6.0, 20.0}) {
    for (const bool rounded : {false, true}) {
      CAPTURE(shift);
      CAPTURE(rounded);
      Sample one = first;
      Sample other;
      for (const double value : first) other.push_back(value * 1.1 + shift + 0.05);
      if (rounded) {
        for (Sample* sample : {&one, &other}) {
          for (double& value : *sample) value = std::floor(value / 2);
        }
      }
      CHECK(std::abs(rank_sum_p(one, other) - exact_p(one, other)) < 0.02);
      CHECK(rank_sum_p(one, other) == rank_sum_p(other, one));
    }
  }
}

TEST_CASE("rank sum: what says nothing has p 1, and what could not be clearer a small one") {
  CHECK(rank_sum_p({}, {1, 2, 3}) == 1.0);
  CHECK(rank_sum_p({1, 2, 3}, {}) == 1.0);
  CHECK(rank_sum_p({4, 4, 4}, {4, 4}) == 1.0);
  CHECK(rank_sum_p({1, 2, 3, 4}, {1, 2, 3, 4}) == 1.0);
  Sample low;
  Sample high;
  for (int i = 0; i < 25; ++i) {
    low.push_back(i);
    high.push_back(100 + i);
  }
  // 625 wins, standard deviation sqrt(25 * 25 * 51 / 12): 6.05 of them from the mean.
  CHECK(rank_sum_p(low, high) == doctest::Approx(std::erfc(312.0 / std::sqrt(2 * 2656.25))).epsilon(1e-12));
  CHECK(rank_sum_p(low, high) < 2e-9);
}

}  // namespace
