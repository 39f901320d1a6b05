// The rank sum test: whether one of two samples tends to be smaller.
#pragma once

#include <vector>

namespace skein::bench {

/// Two-sided p of the rank sum test of Wilcoxon (1945) and of Mann and Whitney (1947) for two independent samples:
/// normal approximation with continuity correction, equal values with mean ranks and their variance corrected. 1 where
/// all values are equal or a sample is empty. Good for samples of 8 values and more. Cost: O(n log n).
[[nodiscard]] double rank_sum_p(const std::vector<double>& first, const std::vector<double>& second);

}  // namespace skein::bench
