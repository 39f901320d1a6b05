// Operators that compare and choose.
#include <doctest/doctest.h>

#include <array>
#include <string>

#include "core/src/contract/numbers.hpp"
#include "core/src/contract/single_operator.hpp"
#include "operators/all.hpp"
#include "skein/type.hpp"
#include "tests/operators/shapes.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

struct NamedRelation {
  const char* name;
  bool (*holds)(double a, double b);
};

const std::array<NamedRelation, 6> relations = {
    NamedRelation{"less", [](double a, double b) { return a < b; }},
    NamedRelation{"less_or_equal", [](double a, double b) { return a <= b; }},
    NamedRelation{"equal", [](double a, double b) { return a == b; }},
    NamedRelation{"not_equal", [](double a, double b) { return a != b; }},
    NamedRelation{"greater_or_equal", [](double a, double b) { return a >= b; }},
    NamedRelation{"greater", [](double a, double b) { return a > b; }}};

/// Whole numbers from -1 to 1, so that many are equal.
std::vector<double> few_numbers(std::size_t count, std::uint64_t seed) {
  std::vector<double> numbers = some_numbers(count, -1.5, 1.5, seed);
  for (double& number : numbers) number = number < -0.5 ? -1 : number > 0.5 ? 1 : 0;
  return numbers;
}

std::vector<double> flags(std::size_t count, std::uint64_t seed) {
  std::vector<double> numbers = few_numbers(count, seed);
  for (double& number : numbers) number = number > 0 ? 1 : 0;
  return numbers;
}

}  // namespace

TEST_CASE("compare holds each relation, for every shape of both operands") {
  for (const NamedRelation& relation : relations) {
    CAPTURE(relation.name);
    for (const std::size_t rows : row_counts) {
      for (const std::size_t dimension : dimensions) {
        for (const Shape& a : shapes(rows, dimension)) {
          for (const Shape& b : shapes(rows, dimension)) {
            const std::vector<double> first = few_numbers(a.count, 1);
            const std::vector<double> second = few_numbers(b.count, 2);
            const auto expected = each_component(rows, dimension, [&](std::size_t row, std::size_t i) {
              return relation.holds(a.of(first, row, i), b.of(second, row, i)) ? 1.0 : 0.0;
            });
            SingleOperator single(compare_operator(), rows, dimension);
            single.parameter("relation", relation.name).bind("first", first, a.type).bind("second", second, b.type);
            CHECK(same_bits(single.run().content("result"), expected));
          }
        }
      }
    }
  }
}

TEST_CASE("compare and select write one value per row into columns of n") {
  for (const NamedRelation& relation : relations) {
    CAPTURE(relation.name);
    for (const std::size_t rows : row_counts) {
      for (const Shape& a : scalar_shapes(rows)) {
        const std::vector<double> first = few_numbers(a.count, 1);
        const std::vector<double> second = few_numbers(rows, 2);
        std::vector<double> expected;
        std::vector<double> expected_selection;
        for (std::size_t row = 0; row < rows; ++row) {
          const bool holds = relation.holds(a.of(first, row, 0), second[row]);
          expected.push_back(holds ? 1 : 0);
          expected_selection.push_back(holds ? a.of(first, row, 0) : second[row]);
        }
        SingleOperator compare(compare_operator(), rows, 7);
        compare.parameter("relation", relation.name).bind("first", first, a.type).bind("second", second, "real[n]");
        CHECK(same_bits(compare.bind("result", {}, "boolean[n]").run().content("result"), expected));
        SingleOperator select(select_operator(), rows, 7);
        select.bind("condition", expected, "boolean[n]").bind("when_true", first, a.type);
        select.bind("when_false", second, "real[n]").bind("selected", {}, "real[n]").run();
        CHECK(same_bits(select.content("selected"), expected_selection));
      }
    }
  }
}

TEST_CASE("compare at NaN, zeros and infinities") {
  const std::vector<double> first = {not_a_number, 1, not_a_number, -0.0, infinity, -infinity};
  const std::vector<double> second = {1, not_a_number, not_a_number, 0.0, infinity, infinity};
  const std::array<std::vector<double>, 6> expected = {
      std::vector<double>{0, 0, 0, 0, 0, 1}, std::vector<double>{0, 0, 0, 1, 1, 1},
      std::vector<double>{0, 0, 0, 1, 1, 0}, std::vector<double>{1, 1, 1, 0, 0, 1},
      std::vector<double>{0, 0, 0, 1, 1, 0}, std::vector<double>{0, 0, 0, 0, 0, 0}};
  for (std::size_t i = 0; i < relations.size(); ++i) {
    CAPTURE(relations[i].name);
    SingleOperator single(compare_operator(), 1, first.size());
    single.parameter("relation", relations[i].name).bind("first", first).bind("second", second).run();
    CHECK(same_bits(single.content("result"), expected[i]));
  }
}

TEST_CASE("select takes every component from one of two vectors, for every shape") {
  for (const std::size_t rows : row_counts) {
    for (const std::size_t dimension : dimensions) {
      for (const Shape& c : shapes(rows, dimension)) {
        for (const Shape& a : shapes(rows, dimension)) {
          for (const Shape& b : shapes(rows, dimension)) {
            const std::vector<double> condition = flags(c.count, 3);
            const std::vector<double> yes = some_numbers(a.count, -3, 3, 1);
            const std::vector<double> no = some_numbers(b.count, -3, 3, 2);
            const auto expected = each_component(rows, dimension, [&](std::size_t row, std::size_t i) {
              return c.of(condition, row, i) != 0 ? a.of(yes, row, i) : b.of(no, row, i);
            });
            SingleOperator single(select_operator(), rows, dimension);
            single.bind("condition", condition, "boolean" + std::string(c.type).substr(4))
                .bind("when_true", yes, a.type)
                .bind("when_false", no, b.type)
                .run();
            CHECK(same_bits(single.content("selected"), expected));
          }
        }
      }
    }
  }
}

TEST_CASE("select ignores a NaN that it does not take, and may write into an operand") {
  SingleOperator single(select_operator(), 1, 4);
  single.bind("condition", {1, 0, 1, 0})
      .bind("when_true", {1, not_a_number, not_a_number, -0.0})
      .bind("when_false", {not_a_number, 2, 3, 4})
      .share("selected", "when_false")
      .run();
  CHECK(same_bits(single.content("when_false"), {1, 2, not_a_number, 4}));
}

TEST_CASE("select_rows takes whole rows of any type") {
  for (const std::size_t rows : row_counts) {
    const std::vector<double> condition = flags(rows, 3);
    std::vector<double> yes;
    std::vector<double> no;
    std::vector<double> expected;
    for (std::size_t row = 0; row < rows; ++row) {
      yes.insert(yes.end(), {double(row) + 0.5, 1, double(row)});
      no.insert(no.end(), {-double(row) - 0.5, 0, -1 - double(row)});
      const std::vector<double>& from = condition[row] != 0 ? yes : no;
      expected.insert(expected.end(), from.end() - 3, from.end());
    }
    const std::vector<Part> parts = {{Element::real, 1}, {Element::binary, 1}, {Element::integer, 1}};
    SingleOperator single(select_rows_operator(), rows, 7);
    single.bundle(parts).bind("condition", condition).bind("when_true", yes).bind("when_false", no).run();
    CHECK(same_bits(single.content("selected"), expected));
    SingleOperator for_all(select_rows_operator(), rows, 7);
    for_all.bundle(parts).bind("condition", {1}, "boolean").bind("when_true", yes).bind("when_false", no);
    CHECK(same_bits(for_all.share("selected", "when_false").run().content("when_false"), yes));
    SingleOperator from_one(select_rows_operator(), rows, 7);
    from_one.bind("condition", {1}, "boolean").bind("when_true", {0.5}, "real").bind("when_false", {2}, "real[n]");
    from_one.bind("selected", {}, "real[n]").run();
    CHECK(same_bits(from_one.content("selected"), std::vector<double>(rows, 0.5)));
  }
}

TEST_CASE("argbest finds the lowest of the best rows") {
  const auto best_row = [](const std::vector<double>& fitness) {
    SingleOperator single(argbest_operator(), fitness.size() / 2, 30);
    single.bind("fitness", fitness).run();
    return single.content("row").front();
  };
  CHECK(best_row({0, 7}) == 0);
  CHECK(best_row({0, 7, 1, -9, 0, 3, 0, 3, 0, 4}) == 2);
  CHECK(best_row({0, not_a_number, 5, not_a_number, 0, infinity}) == 2);
  CHECK(best_row({not_a_number, not_a_number, not_a_number, not_a_number}) == 0);
  // More than one row group: 65 rows of 30 dimensions, a tie between rows 20 and 64.
  std::vector<double> many(130, 0);
  for (std::size_t row = 0; row < 65; ++row) many[2 * row + 1] = row == 20 || row == 64 ? -1 : 1;
  CHECK(best_row(many) == 20);
  many[2 * 64 + 1] = -2;
  CHECK(best_row(many) == 64);
}

TEST_CASE("outside asks whether numbers are below or above, for every shape of the limits") {
  for (const std::size_t rows : row_counts) {
    for (const std::size_t dimension : dimensions) {
      for (const Shape& low : shapes(rows, dimension)) {
        for (const Shape& high : shapes(rows, dimension)) {
          const std::vector<double> value = few_numbers(rows * dimension, 1);
          const std::vector<double> lower = few_numbers(low.count, 2);
          const std::vector<double> upper = few_numbers(high.count, 3);
          const auto expected = each_component(rows, dimension, [&](std::size_t row, std::size_t i) {
            const double x = value[row * dimension + i];
            return x < low.of(lower, row, i) || x > high.of(upper, row, i) ? 1.0 : 0.0;
          });
          SingleOperator single(outside_operator(), rows, dimension);
          single.bind("value", value).bind("lower", lower, low.type).bind("upper", upper, high.type);
          CHECK(same_bits(single.run().content("result"), expected));
        }
      }
    }
  }
  SingleOperator special(outside_operator(), 1, 6);
  special.bind("value", {not_a_number, -infinity, infinity, -0.0, 1, 1})
      .bind("lower", {0, 0, 0, 0, not_a_number, not_a_number})
      .bind("upper", {1, 1, 1, 1, not_a_number, 0});
  CHECK(special.run().content("result") == std::vector<double>{0, 1, 1, 0, 0, 1});
}
