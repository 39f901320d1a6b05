#include "benchmarks/measure/rank_sum.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <utility>

namespace skein::bench {

double rank_sum_p(const std::vector<double>& first, const std::vector<double>& second) {
  std::vector<std::pair<double, bool>> all;
  for (const double value : first) all.emplace_back(value, true);
  for (const double value : second) all.emplace_back(value, false);
  std::ranges::sort(all);
  double rank_sum = 0;
  double ties = 0;
  for (std::size_t begin = 0; begin < all.size();) {
    std::size_t end = begin;
    while (end < all.size() && all[end].first == all[begin].first) ++end;
    const auto equal = static_cast<double>(end - begin);
    const double mean_rank = (static_cast<double>(begin + end) + 1) / 2;
    for (std::size_t i = begin; i < end; ++i) rank_sum += all[i].second ? mean_rank : 0;
    ties += equal * equal * equal - equal;
    begin = end;
  }
  const auto n = static_cast<double>(first.size());
  const auto m = static_cast<double>(second.size());
  const double count = n + m;
  const double wins = rank_sum - n * (n + 1) / 2;
  const double variance = n * m / 12 * (count + 1 - ties / (count * (count - 1)));
  if (!(variance > 0)) return 1;
  const double distance = std::max(0.0, std::abs(wins - n * m / 2) - 0.5);
  return std::erfc(distance / std::sqrt(2 * variance));
}

}  // namespace skein::bench
