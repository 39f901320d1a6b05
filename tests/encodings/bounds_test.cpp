// What becomes of particles at their bounds, against one component after the other.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

#include "core/src/contract/numbers.hpp"
#include "core/src/contract/single_operator.hpp"
#include "encodings/real_vector/all.hpp"

using namespace skein;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

struct Moved {
  std::vector<double> position, velocity;
};

Moved kept(const OperatorTable& rule, const Moved& before, const std::vector<double>& lower,
           const std::vector<double>& upper) {
  SingleOperator single(rule, before.position.size() / lower.size(), lower.size());
  single.bind("position", before.position).bind("velocity", before.velocity);
  single.bind("lower", lower).bind("upper", upper).run();
  return {single.content("position"), single.content("velocity")};
}

Moved kept(const OperatorTable& rule, const Moved& before, double lower, double upper) {
  return kept(rule, before, std::vector<double>{lower}, std::vector<double>{upper});
}

void check(const Moved& found, const Moved& expected) {
  CHECK(same_bits(found.position, expected.position));
  CHECK(same_bits(found.velocity, expected.velocity));
}

/// One mirror image or period after the other.
void reflect_by_steps(double& x, double& v, double lower, double upper) {
  while (x < lower || x > upper) {
    x = x < lower ? lower + (lower - x) : upper - (x - upper);
    v = -v;
  }
}

void wrap_by_steps(double& x, double&, double lower, double upper) {
  while (x < lower || x > upper) x += x < lower ? upper - lower : lower - upper;
}

const std::vector<const OperatorTable*>& all_rules() {
  static const std::vector<const OperatorTable*> rules = {&clamp_and_stop_operator(), &clamp_and_bounce_operator(),
                                                          &reflect_and_reverse_operator(), &wrap_around_operator(),
                                                          &reenter_randomly_operator()};
  return rules;
}

}  // namespace

TEST_CASE("rules at the bounds leave alone what is within, on a bound, or NaN") {
  const Moved inside = {{-1, 0.5, 1, not_a_number}, {1, not_a_number, -infinity, 3}};
  for (const OperatorTable* rule : all_rules()) {
    CAPTURE(rule->name);
    check(kept(*rule, inside, -1, 1), inside);
  }
}

TEST_CASE("rules at the bounds treat every component outside, in rows of any width") {
  for (const OperatorTable* rule : all_rules()) {
    CAPTURE(rule->name);
    for (const std::size_t width : {1U, 2U, 7U, 8U, 9U, 30U, 600U}) {
      const std::vector<double> lower = some_numbers(width, -3, -1, 4);
      const std::vector<double> upper = some_numbers(width, 1, 3, 5);
      // One component outside, at every place of a row.
      Moved before = {std::vector<double>(width * width, 0.0), std::vector<double>(width * width, 0.25)};
      if (width > 30) before = {std::vector<double>(2 * width, 0.0), std::vector<double>(2 * width, 0.25)};
      const std::size_t rows = before.position.size() / width;
      for (std::size_t row = 0; row < rows; ++row) before.position[row * width + (row * 7 + 3) % width] = 3.5;
      const Moved after = kept(*rule, before, lower, upper);
      for (std::size_t i = 0; i < after.position.size(); ++i) {
        const double x = after.position[i];
        CHECK(x >= lower[i % width]);
        CHECK(x <= upper[i % width]);
        if (before.position[i] == 0) {
          CHECK(x == 0);
          CHECK(after.velocity[i] == 0.25);
        }
      }
    }
  }
}

TEST_CASE("clamp_and_stop and clamp_and_bounce put particles on the bound") {
  const Moved outside = {{-3, 5, infinity, -infinity}, {-2, 4, 1, -8}};
  check(kept(clamp_and_stop_operator(), outside, -1, 2), {{-1, 2, 2, -1}, {0, 0, 0, 0}});
  check(kept(clamp_and_bounce_operator(), outside, -1, 2), {{-1, 2, 2, -1}, {1, -2, -0.5, 4}});

  SingleOperator elastic(clamp_and_bounce_operator(), 1, 1);
  elastic.bind("position", {3}).bind("velocity", {2}).bind("lower", {0}).bind("upper", {1}).bind("restitution", {1});
  CHECK(same_bits(elastic.run().content("velocity"), {-2}));
}

TEST_CASE("reflect_and_reverse mirrors as often as it takes") {
  // Powers of two: mirroring step by step is exact.
  for (const double overshoot : {0.25, 0.5, 1.0, 1.25, 2.0, 2.5, 3.75, 4.0, 1001.5, 4096.25}) {
    CAPTURE(overshoot);
    for (const bool is_below : {true, false}) {
      double x = is_below ? -1 - overshoot : overshoot;
      double v = 3;
      const Moved found = kept(reflect_and_reverse_operator(), {{x}, {v}}, -1, 0);
      reflect_by_steps(x, v, -1, 0);
      CHECK(found.position[0] == x);
      CHECK(found.velocity[0] == v);
    }
  }
  // fmod(1e15 - 0.5, 1) is exact: what is added over and over would not be.
  CHECK(kept(reflect_and_reverse_operator(), {{1e15 + 0.25}, {1}}, 0, 0.5).position[0] == doctest::Approx(0.25));
  check(kept(reflect_and_reverse_operator(), {{infinity, -infinity}, {1, -1}}, -1, 2), {{2, -1}, {0, 0}});
}

TEST_CASE("wrap_around moves by whole periods") {
  for (const double overshoot : {0.25, 0.5, 1.25, 2.5, 3.75, 1001.5}) {
    CAPTURE(overshoot);
    for (const bool is_below : {true, false}) {
      double x = is_below ? -1 - overshoot : overshoot;
      double v = 3;
      const Moved found = kept(wrap_around_operator(), {{x}, {v}}, -1, 0);
      wrap_by_steps(x, v, -1, 0);
      check(found, {{x}, {v}});
    }
  }
  check(kept(wrap_around_operator(), {{infinity, -infinity}, {1, -1}}, -1, 2), {{2, -1}, {1, -1}});
}

TEST_CASE("rules at the bounds know bounds without width") {
  const Moved before = {{0.5, 3, -7}, {1, 1, 1}};
  for (const OperatorTable* rule : all_rules()) {
    CAPTURE(rule->name);
    CHECK(same_bits(kept(*rule, before, 0.5, 0.5).position, {0.5, 0.5, 0.5}));
  }
  check(kept(reflect_and_reverse_operator(), before, 0.5, 0.5), {{0.5, 0.5, 0.5}, {1, 0, 0}});
}

TEST_CASE("reenter_randomly draws uniform places for what is outside, at rest") {
  const std::size_t rows = 5000;
  const Moved before = {std::vector<double>(2 * rows, 9.0), std::vector<double>(2 * rows, 1.0)};
  const Moved after = kept(reenter_randomly_operator(), before, {-1, 2}, {1, 6});
  CHECK(same_bits(after.velocity, std::vector<double>(2 * rows, 0.0)));
  for (const std::size_t i : {0U, 1U}) {
    std::vector<double> u;
    for (std::size_t row = 0; row < rows; ++row) {
      u.push_back(i == 0 ? (after.position[2 * row] + 1) / 2 : (after.position[2 * row + 1] - 2) / 4);
    }
    std::ranges::sort(u);
    // Kolmogorov: a gap times sqrt(count) above 2.74 has a probability of 6e-7.
    double gap = 0;
    for (std::size_t k = 0; k < rows; ++k) gap = std::max(gap, std::abs(double(k) / rows - u[k]));
    CHECK(gap * std::sqrt(double(rows)) < 2.74);
  }
}

TEST_CASE("penalize_outside adds the distance beyond the bounds, as a share of their width") {
  SingleOperator single(penalize_outside_operator(), 4, 2);
  single.bind("position", {0, 1, -1, 1, 3, -6, not_a_number, 0}).bind("fitness", {0, 5, 0.5, 6, 0, 7, 0, 8});
  single.bind("lower", {0, -4}).bind("upper", {2, 4}).run();
  CHECK(same_bits(single.content("fitness"), {0, 5, 0.5 + 0.5, 6, 0.5 + 0.25, 7, 0, 8}));

  SingleOperator equal_bounds(penalize_outside_operator(), 1, 1);
  equal_bounds.bind("position", {3}).bind("fitness", {0, 1}).bind("lower", {1}).bind("upper", {1}).run();
  CHECK(same_bits(equal_bounds.content("fitness"), {2, 1}));
}
