#include "contract/numbers.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "skein/random.hpp"

namespace skein {

bool equal_bits(double a, double b) noexcept {
  return (std::isnan(a) && std::isnan(b)) || std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return std::ranges::equal(a, b, [](double x, double y) { return equal_bits(x, y); });
}

std::vector<double> some_numbers(std::size_t count, double low, double high, std::uint64_t seed) {
  std::vector<double> numbers(count);
  for (double& number : numbers) {
    seed += 0x9e3779b97f4a7c15;
    number = low + static_cast<double>(mix_bits(seed) >> 11) * 0x1p-53 * (high - low);
  }
  return numbers;
}

}  // namespace skein
