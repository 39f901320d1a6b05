#include <doctest/doctest.h>

#include <limits>

#include "core/src/contract/numbers.hpp"
#include "core/src/contract/single_operator.hpp"
#include "operators/all.hpp"
#include "skein/type.hpp"

using namespace skein;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

/// Rows of a real[d] beside one index, integer and binary.
std::vector<double> mixed_rows(std::size_t rows, std::size_t dimension, std::uint64_t seed) {
  std::vector<double> content;
  for (std::size_t row = 0; row < rows; ++row) {
    for (const double x : some_numbers(dimension, -5, 5, seed + row)) content.push_back(x);
    content.insert(content.end(), {double(row), -double(seed + row), double(row % 2)});
  }
  return content;
}

std::vector<Part> mixed_bundle(std::size_t dimension) {
  return {{Element::real, dimension}, {Element::index, 1}, {Element::integer, 1}, {Element::binary, 1}};
}

}  // namespace

TEST_CASE("copy copies every row of any bundle") {
  for (const std::size_t rows : {1U, 2U, 17U, 65U}) {
    for (const std::size_t dimension : {1U, 7U, 30U}) {
      const std::vector<double> source = mixed_rows(rows, dimension, 1);
      SingleOperator single(copy_operator(), rows, dimension);
      single.bundle(mixed_bundle(dimension)).bind("source", source).run();
      CHECK(same_bits(single.content("target"), source));
      CHECK(same_bits(single.content("source"), source));
    }
  }
}

TEST_CASE("increment adds and stays within 64 bits") {
  const auto incremented = [](double value, double by) {
    SingleOperator single(increment_operator(), 1, 1);
    single.bind("value", {value}).bind("by", {by}).run();
    return single.content("value").front();
  };
  SingleOperator by_default(increment_operator(), 1, 1);
  by_default.bind("value", {41}).run();
  CHECK(by_default.content("value").front() == 42);
  CHECK(incremented(3, -5) == -2);
  CHECK(incremented(0x1p62, 0x1p62) == 0x1p63);  // the largest integer, rounded
  CHECK(incremented(-0x1p63, -1) == -0x1p63);
}

TEST_CASE("gather takes the rows that the index points at") {
  for (const std::size_t rows : {1U, 2U, 17U, 65U}) {
    const std::size_t dimension = 7;
    const std::vector<double> source = mixed_rows(rows, dimension, 1);
    const std::size_t width = source.size() / rows;
    std::vector<double> chosen;
    std::vector<double> expected;
    for (std::size_t row = 0; row < rows; ++row) {
      const bool none = row % 5 == 4;
      const std::size_t from = none ? row : (7 * row + 3) % rows;
      chosen.push_back(none ? double(no_row) : double(from));
      expected.insert(expected.end(), source.begin() + std::ptrdiff_t(from * width),
                      source.begin() + std::ptrdiff_t((from + 1) * width));
    }
    SingleOperator single(gather_operator(), rows, dimension);
    single.bundle(mixed_bundle(dimension)).bind("source", source).bind("rows", chosen).run();
    CHECK(same_bits(single.content("values"), expected));
  }
}

TEST_CASE("select_better keeps the better one, and the holder in a tie") {
  SingleOperator single(select_better_operator(), 6, 1);
  single.bind("candidate", {10, 11, 12, 13, 14, 15})
      .bind("candidate_fitness", {0, 1, 0, 2, 0, 3, 1, 0, 0, not_a_number, 0, 5})
      .bind("solution", {20, 21, 22, 23, 24, 25})
      .bind("fitness", {0, 2, 0, 2, 0, 2, 0, 9, 0, 7, 0, not_a_number})
      .run();
  CHECK(same_bits(single.content("solution"), {10, 21, 22, 23, 24, 15}));
  CHECK(same_bits(single.content("fitness"), {0, 1, 0, 2, 0, 2, 0, 9, 0, 7, 0, 5}));
  CHECK(same_bits(single.content("candidate"), {10, 11, 12, 13, 14, 15}));
}

TEST_CASE("resize_population keeps the first or the best rows, in their order") {
  const std::vector<double> fitness = {0, 5, 0, 1, 1, 0, 0, not_a_number, 0, 1, 0, infinity};
  SUBCASE("the first") {
    SingleOperator single(resize_population_operator(), 6, 1);
    single.parameter("rows", 2).bind("fitness", fitness).run();
    CHECK(same_bits(single.content("fitness"), {0, 5, 0, 1}));
  }
  SUBCASE("the best, the lowest of equally good ones") {
    SingleOperator single(resize_population_operator(), 6, 1);
    single.parameter("rows", 3).parameter("keep", "best").bind("fitness", fitness).run();
    CHECK(same_bits(single.content("fitness"), {0, 5, 0, 1, 0, 1}));
  }
  SUBCASE("down to one") {
    SingleOperator single(resize_population_operator(), 6, 1);
    single.parameter("rows", 1).parameter("keep", "best").bind("fitness", fitness).run();
    CHECK(same_bits(single.content("fitness"), {0, 1}));
  }
  SUBCASE("growing appends fresh rows") {
    SingleOperator single(resize_population_operator(), 6, 1);
    single.capacity(8).parameter("rows", 8).parameter("keep", "best").bind("fitness", fitness).run();
    std::vector<double> expected = fitness;
    expected.insert(expected.end(), 4, infinity);
    CHECK(same_bits(single.content("fitness"), expected));
  }
  SUBCASE("beyond the capacity it is refused") {
    SingleOperator single(resize_population_operator(), 6, 1);
    single.parameter("rows", 7).bind("fitness", fitness).run();
    REQUIRE(single.diagnostics().error_count() == 1);
    CHECK(single.diagnostics().items()[0].code == "out-of-range");
    CHECK(single.diagnostics().items()[0].expected == "at most its capacity, 6");
  }
  SUBCASE("the best without a fitness is refused") {
    SingleOperator single(resize_population_operator(), 6, 1);
    single.parameter("rows", 3).parameter("keep", "best").run();
    REQUIRE(single.diagnostics().error_count() == 1);
    CHECK(single.diagnostics().items()[0].code == "unbound-port");
    CHECK(single.diagnostics().items()[0].path == "resize_population/in/fitness");
  }
}
