#include <doctest/doctest.h>

#include <cstdint>

#include "core/src/contract/numbers.hpp"
#include "core/src/contract/single_operator.hpp"
#include "encodings/real_vector/all.hpp"
#include "tests/support/targets.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

/// Position and velocity after one update of some particles, one of them with numbers of every kind.
std::vector<double> moved(const OperatorTable& updater, std::size_t width, bool limited) {
  constexpr std::size_t rows = 19;
  std::vector<double> odd = some_numbers(rows * width, -4, 4, 1);
  const std::vector<double> strange = numbers_of_every_kind(width);
  std::copy(strange.begin(), strange.end(), odd.begin());
  std::vector<double> informants;
  for (std::size_t row = 0; row < rows; ++row) informants.push_back(double(row * row % rows));
  SingleOperator single(updater, rows, width);
  single.bind("position", odd)
      .bind("velocity", some_numbers(rows * width, -1, 1, 2))
      .bind("personal_best", some_numbers(rows * width, -4, 4, 3))
      .bind("neighbor_best", informants)
      .bind("lower", {-4.5})
      .bind("upper", {4.5});
  if (limited) single.bind("maximum_velocity", {0.5}, "real");
  single.run();
  std::vector<double> result = single.content("position");
  const std::vector<double> velocity = single.content("velocity");
  result.insert(result.end(), velocity.begin(), velocity.end());
  return result;
}

}  // namespace

TEST_CASE("updaters have the same bits on every target") {
  for (const OperatorTable* updater :
       {&inertia_weight_operator(), &spso_2007_updater_operator(), &spso_2011_updater_operator()}) {
    CAPTURE(updater->name);
    for (const std::size_t width : std::vector<std::size_t>{1, 2, 3, 7, 8, 10, 30, 33, 100, 600, 1030}) {
      CAPTURE(width);
      for (const bool limited : {false, true}) {
        std::vector<double> first;
        for_each_target([&](const std::string& target) {
          CAPTURE(target);
          const std::vector<double> found = moved(*updater, width, limited);
          if (first.empty()) first = found;
          CHECK(same_bits(found, first));
        });
      }
    }
  }
}
