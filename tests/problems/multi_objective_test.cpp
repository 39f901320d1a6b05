// The problems of Zitzler, Deb and Thiele against their formulas as they are printed.
#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <numeric>
#include <vector>

#include "core/src/contract/numbers.hpp"
#include "problems/multi_objective/all.hpp"
#include "skein/encodings/several_objectives.hpp"
#include "skein/problems/multi_objective.hpp"
#include "tests/problems/catalogue.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

constexpr double pi = std::numbers::pi;

struct Two {
  double f1, f2;
};

Two found(const SeveralObjectives& kind, const Point& x) {
  Two f{};
  double objectives[2];
  kind.function(x.data(), x.size(), objectives);
  f.f1 = objectives[0];
  f.f2 = objectives[1];
  return f;
}

Two printed(char number, const Point& x) {
  const double others = std::accumulate(x.begin() + 1, x.end(), 0.0);
  const double n1 = static_cast<double>(x.size() - 1);
  double f1 = x[0];
  double g = 1 + 9 * others / n1;
  if (number == '4') {
    g = 1 + 10 * n1;
    for (std::size_t i = 1; i < x.size(); ++i) g += x[i] * x[i] - 10 * std::cos(4 * pi * x[i]);
  }
  if (number == '6') {
    f1 = 1 - std::exp(-4 * x[0]) * std::pow(std::sin(6 * pi * x[0]), 6);
    g = 1 + 9 * std::pow(others / n1, 0.25);
  }
  double h = 1 - std::sqrt(f1 / g);
  if (number == '2' || number == '6') h = 1 - f1 / g * (f1 / g);
  if (number == '3') h -= f1 / g * std::sin(10 * pi * f1);
  return {f1, g * h};
}

}  // namespace

TEST_CASE("zdt problems compute the printed formulas, off the front and on it") {
  const std::vector<std::pair<char, const SeveralObjectives*>> kinds = {{'1', &zdt1_problem()},
                                                                        {'2', &zdt2_problem()},
                                                                        {'3', &zdt3_problem()},
                                                                        {'4', &zdt4_problem()},
                                                                        {'6', &zdt6_problem()}};
  for (const auto& entry : kinds) {
    const auto number = entry.first;
    const auto* const kind = entry.second;
    CAPTURE(number);
    for (const std::size_t dimension : {2U, 3U, 10U, 30U}) {
      for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Point x = some_numbers(dimension, 0, 1, seed);
        for (std::size_t i = 1; i < dimension; ++i)
          x[i] = kind->lower.back() + x[i] * (kind->upper.back() - kind->lower.back());
        if (seed == 20) std::fill(x.begin() + 1, x.end(), 0.0);
        const Two f = found(*kind, x);
        const Two expected = printed(number, x);
        CHECK(f.f1 == doctest::Approx(expected.f1).epsilon(1e-12));
        CHECK(f.f2 == doctest::Approx(expected.f2).epsilon(1e-11));
      }
    }
  }
}

TEST_CASE("zdt problems have the published sizes, bounds and objectives") {
  Registry registry;
  registry.begin_plugin("multi_objective");
  register_multi_objective(registry);
  REQUIRE(registry.diagnostics().empty());
  CHECK(registry.problems().size() == 5);
  for (const auto& entry : registry.problems()) {
    CAPTURE(entry.name);
    const bool is_small = entry.name == "zdt4" || entry.name == "zdt6";
    CHECK(default_value(entry.content->parameters.front()).number() == (is_small ? 10 : 30));
    const auto problem = make(registry, entry.name, 7);
    REQUIRE(problem->objectives.size() == 2);
    CHECK(problem->objectives[1].name == "f2");
    CHECK(problem->objectives[1].sense == Sense::minimize);
    CHECK(!problem->best_known);
    const double wide = entry.name == "zdt4" ? 5 : 1;
    CHECK(problem->published[0].data == std::vector<double>{0, -5 * double(wide == 5), -5 * double(wide == 5),
                                                            -5 * double(wide == 5), -5 * double(wide == 5),
                                                            -5 * double(wide == 5), -5 * double(wide == 5)});
    CHECK(problem->published[1].data == std::vector<double>{1, wide, wide, wide, wide, wide, wide});
    CHECK(problem->published[2].name == "reference_point");
    CHECK(problem->published[2].data == std::vector<double>{1, 1});
  }
}
