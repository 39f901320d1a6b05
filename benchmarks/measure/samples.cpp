#include "benchmarks/measure/samples.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace skein::bench {
namespace {

/// The value below which the given part of the values lies, interpolated; NaN without values.
double quantile(std::vector<double> values, double part) {
  if (values.empty()) return std::nan("");
  std::ranges::sort(values);
  const double place = part * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, values.size() - 1);
  return std::lerp(values[below], values[above], place - static_cast<double>(below));
}

template <class Combine>
Samples combined(const Samples& first, const Samples& second, Combine combine) {
  Samples result;
  const std::size_t count = std::min(first.values.size(), second.values.size());
  for (std::size_t i = 0; i < count; ++i) result.values.push_back(combine(first.values[i], second.values[i]));
  return result;
}

/// As many decimals as three significant digits of `scale` have.
std::string with_decimals_of(double number, double scale) {
  const double size = std::abs(scale);
  const int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3;
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", decimals, number);
  return text;
}

}  // namespace

double Samples::median() const { return quantile(values, 0.5); }
double Samples::spread() const { return (quantile(values, 0.75) - quantile(values, 0.25)) / 2; }

std::vector<Samples> interleave(const std::vector<Contender>& contenders, std::size_t repetitions) {
  std::vector<Samples> samples(contenders.size());
  for (std::size_t repetition = 0; repetition < repetitions; ++repetition) {
    for (std::size_t i = 0; i < contenders.size(); ++i) samples[i].values.push_back(contenders[i]());
  }
  return samples;
}

Samples ratios(const Samples& figure, const Samples& reference) {
  return combined(figure, reference, [](double a, double b) { return a / b; });
}

Samples differences(const Samples& figure, const Samples& reference) {
  return combined(figure, reference, [](double a, double b) { return a - b; });
}

std::string to_text(const Samples& samples) {
  if (samples.values.empty()) return "–";
  const double median = samples.median();
  if (samples.values.size() == 1) return with_decimals_of(median, median);
  return with_decimals_of(median, median) + " ± " + with_decimals_of(samples.spread(), median);
}

std::string to_text(double number) { return with_decimals_of(number, number); }

}  // namespace skein::bench
