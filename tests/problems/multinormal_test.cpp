#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "core/src/contract/numbers.hpp"
#include "skein/random.hpp"
#include "tests/problems/catalogue.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

using Real = long double;

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The definition, at higher precision: a peak near each corner of [5, 15]^n.
Real formula(std::uint64_t seed, const Point& x) {
  LaneGenerator random({seed, 0, hash_name("multinormal"), 0, 0});
  const std::size_t n = x.size();
  const std::size_t count = std::size_t{1} << n;
  Real sum = 0;
  for (std::size_t peak = 0; peak < count; ++peak) {
    Point draws(n + 1);
    random.fill_uniform(draws.data(), n + 1);
    const bool is_first = peak == 0;
    Real square = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const Real corner = (peak & (std::size_t{1} << i)) != 0 ? 15 : 5;
      const Real difference = x[i] - (is_first ? corner : corner + draws[i]);
      square += difference * difference;
    }
    const Real variance = is_first ? 0.2L : peak == count - 1 ? 2 : 0.75L + 0.5L * draws[n];
    sum -= std::exp(-square / (2 * variance)) / (2 * std::numbers::pi_v<Real> * variance);
  }
  return sum;
}

}  // namespace

TEST_CASE("multinormal equals its definition") {
  const Registry registry = catalogue();
  for (const std::int64_t seed : {0, 1, 77}) {
    for (const std::size_t dimension : {1U, 2U, 3U, 7U}) {
      const auto problem = make(registry, "multinormal", dimension, {{"seed", seed}});
      Point points = some_numbers(50 * dimension, 0, 20, dimension);
      for (const double shift : {5.3, 15.4}) points.insert(points.end(), dimension, shift);
      const std::vector<double> objectives = values(*problem, points);
      for (std::size_t row = 0; row < objectives.size(); ++row) {
        const auto first = points.begin() + std::ptrdiff_t(row * dimension);
        const auto expected = double(formula(std::uint64_t(seed), Point(first, first + std::ptrdiff_t(dimension))));
        CHECK(std::abs(objectives[row] - expected) <= 1e-13 * std::abs(expected) + 1e-300);
      }
    }
  }
}

TEST_CASE("the best known value of multinormal is that of its first peak") {
  const Registry registry = catalogue();
  const double published = -1 / (0.4 * std::numbers::pi);
  for (std::int64_t seed = 0; seed < 20; ++seed) {
    for (const std::size_t dimension : {1U, 2U, 5U, 12U}) {
      CAPTURE(seed);
      CAPTURE(dimension);
      const auto problem = make(registry, "multinormal", dimension, {{"seed", seed}});
      CHECK(problem->best_known_solution == Point(dimension, 5));
      REQUIRE(problem->best_known.has_value());
      CHECK(same_bits(values(*problem, problem->best_known_solution), {*problem->best_known}));
      CHECK(std::abs(*problem->best_known - published) < (dimension == 1 ? 2e-12 : 2e-16));
    }
  }
}

TEST_CASE("multinormal is nowhere below its best known value") {
  const Registry registry = catalogue();
  for (std::int64_t seed = 0; seed < 5; ++seed) {
    for (const std::size_t dimension : {1U, 2U, 4U}) {
      const auto problem = make(registry, "multinormal", dimension, {{"seed", seed}});
      Point points = some_numbers(2000 * dimension, 0, 20, 1);
      for (int exponent = -52; exponent <= 2; ++exponent) {
        for (const double shift : some_numbers(20 * dimension, -1, 1, std::uint64_t(exponent + 100))) {
          points.push_back(5 + std::ldexp(shift, exponent));
        }
      }
      for (const double found : values(*problem, points)) {
        if (!(found >= *problem->best_known)) CHECK(found >= *problem->best_known);
      }
    }
  }
}

TEST_CASE("the seed of multinormal chooses its landscape") {
  const Registry registry = catalogue();
  const Point points = some_numbers(40, 13, 17, 3);
  const auto landscape = [&](std::int64_t seed) {
    return values(*make(registry, "multinormal", 2, {{"seed", seed}}), points);
  };
  CHECK(same_bits(landscape(0), values(*make(registry, "multinormal", 2), points)));
  CHECK(same_bits(landscape(3), landscape(3)));
  CHECK_FALSE(same_bits(landscape(3), landscape(4)));
}

TEST_CASE("multinormal accepts every number") {
  const Registry registry = catalogue();
  const auto problem = make(registry, "multinormal", 2);
  for (const double coordinate : {1e300, -1e300, infinity, -infinity}) {
    CHECK(same_bits(values(*problem, {coordinate, 5}), {0.0}));
  }
  CHECK(std::isnan(values(*problem, {5, std::numeric_limits<double>::quiet_NaN()})[0]));
}
