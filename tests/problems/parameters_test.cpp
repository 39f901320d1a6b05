#include <doctest/doctest.h>

#include <cmath>

#include "core/src/contract/numbers.hpp"
#include "tests/problems/catalogue.hpp"

using namespace skein;
using namespace skein::testing;

TEST_CASE("the sphere with another factor and exponent") {
  const Registry registry = catalogue();
  const auto sphere = [&registry](double factor, double exponent, const Point& point) {
    const auto problem = make(registry, "sphere", point.size(), {{"factor", factor}, {"exponent", exponent}});
    CHECK(problem->best_known == 0);
    CHECK(same_bits(values(*problem, problem->best_known_solution), {0.0}));
    return values(*problem, point)[0];
  };
  CHECK(sphere(3, 2, {1, 2}) == 15);
  CHECK(sphere(1, 1, {3, 4}) == 5);
  CHECK(sphere(2, 3, {3, 4}) == 250);
  CHECK(sphere(1, 0.5, {0, 16}) == 4);
}

TEST_CASE("rastrigin with other amplitudes") {
  const Registry registry = catalogue();
  const auto rastrigin = [&registry](double amplitude, const Point& point) {
    const auto problem = make(registry, "rastrigin", point.size(), {{"amplitude", amplitude}});
    CHECK(problem->best_known == 0);
    return values(*problem, point)[0];
  };
  CHECK(rastrigin(0, {1.5, 2}) == 6.25);
  CHECK(rastrigin(1, {0.5, 2}) == 6.25);
  CHECK(rastrigin(10, {0.5, 2}) == 24.25);
}
