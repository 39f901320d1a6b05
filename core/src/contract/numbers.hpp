// Contents of variables as plain numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace skein {

/// Whether two numbers, or two contents, have the same bits; NaN equals NaN.
[[nodiscard]] bool equal_bits(double a, double b) noexcept;
[[nodiscard]] bool same_bits(const std::vector<double>& a, const std::vector<double>& b);

/// `count` reproducible numbers in [low, high).
[[nodiscard]] std::vector<double> some_numbers(std::size_t count, double low, double high, std::uint64_t seed);

}  // namespace skein
