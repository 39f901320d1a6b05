// The test functions as they are published, at higher precision, and what is known of them.
#pragma once

#include <span>
#include <string>

#include "tests/problems/catalogue.hpp"

namespace skein::testing {

using Real = long double;

/// A function that is the same in every run and needs no data.
struct Formula {
  std::string name;
  Real (*value)(const Point& x);
  std::size_t smallest_dimension, largest_dimension;
  double lower, upper;
  Point best;                 ///< one coordinate for all dimensions or one each
  double relative, absolute;  ///< tolerance

  /// Those of the dimensions that the function has.
  [[nodiscard]] std::vector<std::size_t> dimensions(std::initializer_list<std::size_t> wanted) const;
  [[nodiscard]] Point best_point(std::size_t dimension) const;
};

std::span<const Formula> formulas();

}  // namespace skein::testing
