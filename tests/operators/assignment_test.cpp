// Operators that give variables and columns values: assign, copy (data_test.cpp), fill_vector (functions_test.cpp),
// take_row.
#include <doctest/doctest.h>

#include "core/src/contract/numbers.hpp"
#include "core/src/contract/single_operator.hpp"
#include "operators/all.hpp"
#include "skein/type.hpp"
#include "tests/operators/shapes.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

const std::vector<Part> mixed_parts = {{Element::real, 2}, {Element::integer, 1}, {Element::boolean, 1}};

}  // namespace

TEST_CASE("assign copies a global of any type") {
  SingleOperator bundle(assign_operator(), 3, 7);
  bundle.bundle(mixed_parts).bind("value", {0.5, not_a_number, -7, 1}).run();
  CHECK(same_bits(bundle.content("target"), {0.5, not_a_number, -7, 1}));
  CHECK(same_bits(bundle.content("value"), {0.5, not_a_number, -7, 1}));

  SingleOperator boolean(assign_operator(), 3, 7);
  boolean.bundle({{Element::boolean, 1}}).bind("target", {0}).bind("value", {1}).run();
  CHECK(same_bits(boolean.content("target"), {1}));
}

TEST_CASE("copy gives every row the same value of any type") {
  for (const std::size_t rows : row_counts) {
    const std::vector<double> value = {-0.0, infinity, 9, 1};
    std::vector<double> expected;
    for (std::size_t row = 0; row < rows; ++row) expected.insert(expected.end(), value.begin(), value.end());
    SingleOperator single(copy_operator(), rows, 7);
    single.bundle(mixed_parts).bind("source", value, "T").run();
    CHECK(same_bits(single.content("target"), expected));
  }
}

TEST_CASE("take_row takes one row of any type") {
  for (const std::size_t rows : row_counts) {
    std::vector<double> source;
    for (std::size_t row = 0; row < rows; ++row) source.insert(source.end(), {double(row), 0.5, -1 - double(row), 1});
    for (const std::size_t row : {std::size_t{0}, rows / 2, rows - 1}) {
      SingleOperator single(take_row_operator(), rows, 7);
      single.bundle(mixed_parts).bind("source", source).bind("row", {double(row)}).run();
      CHECK_FALSE(single.result().error().has_value());
      CHECK(same_bits(single.content("value"), {double(row), 0.5, -1 - double(row), 1}));
    }
  }
}

TEST_CASE("take_row fails where the index points at no row") {
  for (const double row : {3.0, double(no_row)}) {
    SingleOperator single(take_row_operator(), 3, 1);
    single.bind("source", {1, 2, 3}).bind("row", {row}).bind("value", {7}).run();
    REQUIRE(single.result().error().has_value());
    CHECK(single.result().error()->message.find("row") != std::string::npos);
    CHECK(same_bits(single.content("value"), {7}));
  }
}
