// Statistics of sequences, as p-values: small ones say that the sequence is not random.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace skein::bench {

/// Chi-square of 1000 bins of [0, 1).
[[nodiscard]] double uniform_p(std::span<const double> values);

/// Chi-square of 64 × 64 bins of pairs (first[i], second[i]).
[[nodiscard]] double pairs_p(std::span<const double> first, std::span<const double> second);

/// Chi-square of 1000 bins that are equally likely for a normal distribution.
[[nodiscard]] double normal_bins_p(std::span<const double> values);

/// Correlation of (first[i], second[i]), both uniform in [0, 1).
[[nodiscard]] double correlation_p(std::span<const double> first, std::span<const double> second);

/// How often the bit is set.
[[nodiscard]] double bit_p(std::span<const std::uint64_t> words, int bit);

/// How often the bit is what it is `distance` words later.
[[nodiscard]] double bit_repeats_p(std::span<const std::uint64_t> words, int bit, std::size_t distance);

}  // namespace skein::bench
