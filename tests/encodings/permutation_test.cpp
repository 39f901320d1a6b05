#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "core/src/contract/numbers.hpp"
#include "core/src/contract/single_operator.hpp"
#include "skein/encodings/permutation.hpp"
#include "skein/registry.hpp"
#include "tests/support/allocation_count.hpp"

using namespace skein;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<std::int64_t> decoded(const std::vector<double>& keys) {
  std::vector<std::int64_t> order(keys.size());
  decode_permutation(keys.data(), order);
  return order;
}

/// Which cities stand in front of a city: those with a smaller key, and those with an equal one and a smaller number.
std::vector<std::int64_t> ranked(const std::vector<double>& keys) {
  std::vector<std::int64_t> order(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    std::size_t before = 0;
    for (std::size_t j = 0; j < keys.size(); ++j) before += keys[j] < keys[i] || (keys[j] == keys[i] && j < i) ? 1 : 0;
    order[before] = std::int64_t(i);
  }
  return order;
}

struct Cell {
  std::vector<double> keys;
  ColumnView part;
  PortView view;

  explicit Cell(std::vector<double> content) : keys(std::move(content)) {
    part = {reinterpret_cast<std::byte*>(keys.data()), 8 * keys.size(), keys.size(), Element::real};
    view.parts = &part;
    view.part_count = 1;
    view.rows = 1;
  }
};

EncodingSpec permutation() {
  Registry registry;
  registry.begin_plugin("permutation");
  register_permutation(registry);
  REQUIRE(registry.diagnostics().empty());
  return *registry.find_encoding("permutation");
}

}  // namespace

TEST_CASE("keys are decoded in their order, ties by number, NaN last") {
  CHECK(decoded({0.5}) == std::vector<std::int64_t>{0});
  CHECK(decoded({0.3, 0.1, 0.2}) == std::vector<std::int64_t>{1, 2, 0});
  CHECK(decoded({0.5, 0.0, 0.5, -0.0, 0.5}) == std::vector<std::int64_t>{1, 3, 0, 2, 4});
  CHECK(decoded({not_a_number, 1, not_a_number, infinity, -infinity}) == std::vector<std::int64_t>{4, 1, 3, 0, 2});
  CHECK(decoded(std::vector<double>(5, not_a_number)) == std::vector<std::int64_t>{0, 1, 2, 3, 4});
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    std::vector<double> keys = some_numbers(100, 0, 1, seed);
    if (seed % 2 == 1) {
      for (double& key : keys) key = double(int(key * 10));
    }
    CHECK(decoded(keys) == ranked(keys));
  }
}

TEST_CASE("decoding allocates nothing") {
  const std::vector<double> keys = some_numbers(1000, 0, 1, 1);
  std::vector<std::int64_t> order(1000);
  const tests::AllocationCount count;
  decode_permutation(keys.data(), order);
  CHECK(count.allocations() == 0);
}

TEST_CASE("permutations are read as keys that are shown as the same permutation") {
  const EncodingSpec encoding = permutation();
  Cell cell(std::vector<double>(5));
  CHECK_FALSE(read_solution(encoding, std::vector<double>{3, 0, 4, 1, 2}, cell.view).has_value());
  CHECK(cell.keys == std::vector<double>{1.5 / 5, 3.5 / 5, 4.5 / 5, 0.5 / 5, 2.5 / 5});
  CHECK(shown_solution(encoding.show, cell.view) == Value(List{3, 0, 4, 1, 2}));
}

TEST_CASE("what is no permutation is refused, with its place") {
  const EncodingSpec encoding = permutation();
  Cell cell(std::vector<double>(3));
  const auto mistake = [&](const std::vector<double>& numbers) {
    const auto found = read_solution(encoding, numbers, cell.view);
    REQUIRE(found.has_value());
    CHECK(found->expected == "a permutation: each of the numbers from 0 to 2 once");
    return std::to_string(found->index) + " " + found->message + ": " + found->found;
  };
  CHECK(mistake({0, 1, 3}) == "2 is no item of a permutation: 3");
  CHECK(mistake({1, 2, 1}) == "2 is given a second time: 1");
  CHECK(mistake({-1, 0, 1}) == "0 is no item of a permutation: -1");
  CHECK(mistake({0, 0.5, 1}) == "1 is no item of a permutation: 0.5");
  CHECK(mistake({0, not_a_number, 1}) == "1 is no item of a permutation: nan");
}
