#include "tests/heuristiclab/normal_numbers.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace skein::heuristiclab {
namespace {

constexpr std::size_t layers = 128;

/// In single precision, written with 11 digits and read again.
double rounded(double number) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.10e", static_cast<double>(static_cast<float>(number)));
  return std::strtod(text.data(), nullptr);
}

/// Of the layer i, from the rightmost border inwards: `inner` is the part of its width that is under the curve all
/// over, in units of 2^-31, `width` its width per unit, `height` the curve at its border.
struct Tables {
  std::array<std::uint32_t, layers> inner{};
  std::array<double, layers> width{}, height{};

  Tables() {
    constexpr double units = 0x1p31;
    constexpr double area = 9.91256303526217e-3;
    double border = 3.442619855899;
    double outer = border;
    const double base = area / std::exp(-0.5 * border * border);
    inner[0] = static_cast<std::uint32_t>(border / base * units);
    inner[1] = 0;
    width[0] = rounded(base / units);
    width[layers - 1] = rounded(border / units);
    height[0] = 1;
    height[layers - 1] = rounded(std::exp(-0.5 * border * border));
    for (std::size_t i = layers - 2; i >= 1; --i) {
      border = std::sqrt(-2.0 * std::log(area / border + std::exp(-0.5 * border * border)));
      inner[i + 1] = static_cast<std::uint32_t>(border / outer * units);
      outer = border;
      height[i] = rounded(std::exp(-0.5 * border * border));
      width[i] = rounded(border / units);
    }
  }
};

double half_to_one(MersenneTwister& random) { return 0.5 + random.next() * 0.2328306e-9; }

double tail(MersenneTwister& random) {
  double x = 0;
  double y = 0;
  do {
    x = -std::log(half_to_one(random)) * 0.2904764;
    y = -std::log(half_to_one(random));
  } while (y + y < x * x);
  return 3.442620 + x;
}

double absolute_normal_number(MersenneTwister& random) {
  static const Tables tables;
  while (true) {
    const std::uint32_t j = random.next();
    const std::size_t i = j % layers;
    const double x = j * tables.width[i];
    if (j < tables.inner[i]) return x;
    if (i == 0) return tail(random);
    const double above = tables.height[i] + half_to_one(random) * (tables.height[i - 1] - tables.height[i]);
    if (above < std::exp(-0.5 * x * x)) return x;
  }
}

}  // namespace

double normal_number(MersenneTwister& random) {
  const bool is_positive = random.next() % 2 == 0;
  const double number = absolute_normal_number(random);
  return is_positive ? number : -number;
}

}  // namespace skein::heuristiclab
