// Repeated measurements, taken side by side.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace skein::bench {

/// Something that can be measured again and again: returns one figure, nanoseconds say.
using Contender = std::function<double()>;

/// The figures of one contender, in the order in which they were taken.
struct Samples {
  std::vector<double> values;

  [[nodiscard]] double median() const;
  /// Half the distance between the quartiles.
  [[nodiscard]] double spread() const;
};

/// Measures every contender once, then every one again, and so on: what disturbs the machine for a while disturbs all.
[[nodiscard]] std::vector<Samples> interleave(const std::vector<Contender>& contenders, std::size_t repetitions);

/// figure / reference, repetition by repetition.
[[nodiscard]] Samples ratios(const Samples& figure, const Samples& reference);

/// figure - reference, repetition by repetition.
[[nodiscard]] Samples differences(const Samples& figure, const Samples& reference);

/// "1.52 ± 0.04": median and spread; a single sample has no spread. "–" without samples.
[[nodiscard]] std::string to_text(const Samples& samples);

/// A number with three significant digits.
[[nodiscard]] std::string to_text(double number);

}  // namespace skein::bench
