#include <doctest/doctest.h>

#include <algorithm>

#include "core/src/contract/numbers.hpp"
#include "core/src/contract/single_operator.hpp"
#include "operators/all.hpp"
#include "operators/arithmetic/elementary.hpp"
#include "tests/support/targets.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

/// The formula for rows of a width, the first operand being the target itself, and the last operand being one number
/// per row where `broadcast` is set.
std::vector<double> computed(Elementary formula, std::size_t width, bool broadcast) {
  constexpr std::size_t rows = 3;
  const std::size_t size = rows * width;
  const std::vector<double> numbers = numbers_of_every_kind(3 * size);
  std::vector<double> result(numbers.begin(), numbers.begin() + static_cast<std::ptrdiff_t>(size));
  std::vector<ColumnView> parts;
  const auto view = [&](const double* data, std::size_t columns) {
    ColumnView part;
    part.data = reinterpret_cast<std::byte*>(const_cast<double*>(data));
    part.row_bytes = columns * sizeof(double);
    part.width = columns;
    parts.push_back(part);
    PortView port;
    port.bound = true;
    port.parts = &parts.back();
    port.part_count = 1;
    port.rows = rows;
    return port;
  };
  parts.reserve(4);
  const Out<double> target(view(result.data(), width));
  const In<double> first(view(result.data(), width));
  const In<double> second(view(numbers.data() + size, width));
  const In<double> third(view(numbers.data() + 2 * size, broadcast ? 1 : width));
  switch (operand_count(formula)) {
    case 1:
      compute(formula, {0, rows}, target, {first});
      break;
    case 2:
      compute(formula, {0, rows}, target, {first, second});
      break;
    default:
      compute(formula, {0, rows}, target, {first, second, third});
  }
  return result;
}

}  // namespace

TEST_CASE("elementary formulas have the same bits on every target") {
  for (int i = 0; i <= static_cast<int>(Elementary::normal); ++i) {
    CAPTURE(i);
    for (const std::size_t width : std::vector<std::size_t>{1, 2, 3, 5, 8, 9, 15, 16, 30, 100}) {
      CAPTURE(width);
      for (const bool broadcast : {false, true}) {
        std::vector<double> first;
        for_each_target([&](const std::string& target) {
          CAPTURE(target);
          const std::vector<double> found = computed(static_cast<Elementary>(i), width, broadcast);
          if (first.empty()) first = found;
          CHECK(same_bits(found, first));
        });
      }
    }
  }
}

TEST_CASE("comparisons and choices have the same bits on every target, alone and in a chain") {
  constexpr std::size_t rows = 5;
  for (const std::size_t width : std::vector<std::size_t>{1, 3, 7, 8, 30, 64, 100}) {
    CAPTURE(width);
    const std::size_t size = rows * width;
    const std::vector<double> numbers = numbers_of_every_kind(3 * size);
    const auto part = [&](std::size_t i) {
      return std::vector<double>(numbers.begin() + static_cast<std::ptrdiff_t>(i * size),
                                 numbers.begin() + static_cast<std::ptrdiff_t>((i + 1) * size));
    };
    std::vector<std::vector<double>> first;
    for_each_target([&](const std::string& target) {
      CAPTURE(target);
      std::vector<std::vector<double>> found;
      SingleOperator outside(outside_operator(), rows, width);
      outside.bind("value", part(0)).bind("lower", part(1)).bind("upper", {0.5}, "real").run();
      found.push_back(outside.content("result"));
      for (const char* relation : {"less", "less_or_equal", "equal", "not_equal", "greater_or_equal", "greater"}) {
        SingleOperator compare(compare_operator(), rows, width);
        compare.parameter("relation", relation).bind("first", part(0)).bind("second", part(1)).run();
        found.push_back(compare.content("result"));
      }
      SingleOperator select(select_operator(), rows, width);
      select.bind("condition", found.back()).bind("when_true", part(1)).bind("when_false", part(2)).run();
      found.push_back(select.content("selected"));
      if (first.empty()) first = found;
      CHECK(std::ranges::equal(found, first, &same_bits));
    });
  }
}
