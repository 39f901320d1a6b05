#include <doctest/doctest.h>

#include "core/src/contract/numbers.hpp"
#include "skein/encodings/real_vector.hpp"
#include "tests/problems/catalogue.hpp"
#include "tests/support/targets.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

bool exists(const ProblemSpec& spec, double dimension) {
  for (const ParameterSpec& parameter : spec.parameters) {
    if (parameter.name == "dimension") return dimension >= parameter.minimum && dimension <= parameter.maximum;
  }
  return false;
}

}  // namespace

TEST_CASE("test functions have the same bits on every target") {
  const Registry registry = catalogue();
  for (const auto& entry : registry.problems()) {
    CAPTURE(entry.name);
    for (const std::size_t dimension : std::vector<std::size_t>{1, 2, 3, 7, 8, 9, 10, 12, 30, 33, 100, 257}) {
      CAPTURE(dimension);
      if (!exists(*entry.content, static_cast<double>(dimension))) continue;
      const auto problem = make(registry, entry.name, dimension);
      // Ordinary points, and points with NaN, infinities and numbers of every size.
      std::vector<double> points = some_numbers(13 * dimension, -5, 5, dimension);
      const std::vector<double> odd = numbers_of_every_kind(6 * dimension);
      points.insert(points.end(), odd.begin(), odd.end());
      std::vector<double> first;
      for_each_target([&](const std::string& target) {
        CAPTURE(target);
        const std::vector<double> found = values(*problem, points);
        if (first.empty()) first = found;
        CHECK(same_bits(found, first));
      });
    }
  }
}
