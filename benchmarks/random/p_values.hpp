// How likely chance alone gives a statistic at least as far from what is expected.
#pragma once

#include <cstdint>
#include <span>

namespace skein::bench {

/// Of a standard normal statistic, two-sided.
[[nodiscard]] double normal_p(double z);

/// Of a chi-square statistic, two-sided: too even is as suspicious as too uneven.
[[nodiscard]] double chi_square_p(double statistic, double degrees_of_freedom);

/// The p-value of counts of equally likely bins.
[[nodiscard]] double even_counts_p(std::span<const std::uint64_t> counts);

}  // namespace skein::bench
