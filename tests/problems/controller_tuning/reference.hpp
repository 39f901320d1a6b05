// Figures of the double inverted pendulum that independent programs have computed, and what tests of it share.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "skein/json.hpp"
#include "skein/problems/double_pendulum.hpp"
#include "skein/value.hpp"

namespace skein::testing {

inline const Value& reference() {
  static const Value value = [] {
    std::ifstream stream(SKEIN_SOURCE_DIR "/tests/problems/data/double_pendulum.json");
    std::ostringstream text;
    text << stream.rdbuf();
    Diagnostics diagnostics;
    auto read = parse_json(text.str(), "", diagnostics);
    REQUIRE(read.has_value());
    return *read;
  }();
  return value;
}

inline std::vector<double> numbers(const Value& list) {
  std::vector<double> result;
  for (const Value& item : list.list()) result.push_back(item.number());
  return result;
}

inline PendulumState state_of(const std::vector<double>& x) { return {x[0], x[1], x[2], x[3], x[4], x[5]}; }
inline PendulumState state_of(const Value& list) { return state_of(numbers(list)); }

inline std::array<double, 6> components(const PendulumState& x) {
  return {x.position, x.first_angle, x.second_angle, x.velocity, x.first_rate, x.second_rate};
}

/// Every component is within `tolerance`, relative to the published one or, below 1, absolutely.
inline void check_close(const PendulumState& found, const Value& published, double tolerance) {
  const std::vector<double> expected = numbers(published);
  for (std::size_t i = 0; i < 6; ++i) {
    CAPTURE(i);
    CHECK(std::abs(components(found)[i] - expected[i]) <= tolerance * std::max(1.0, std::abs(expected[i])));
  }
}

}  // namespace skein::testing
