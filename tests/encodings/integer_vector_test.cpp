#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "core/src/contract/numbers.hpp"
#include "core/src/contract/single_operator.hpp"
#include "encodings/integer_vector/all.hpp"
#include "encodings/integer_vector/integer_of.hpp"
#include "operators/all.hpp"
#include "skein/encodings/integer_vector.hpp"
#include "skein/registry.hpp"
#include "tests/support/contract.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::size_t row_counts[] = {1, 2, 17, 65};
constexpr std::size_t dimensions[] = {1, 7, 30, 600};

std::vector<double> draws(std::size_t rows, std::size_t dimension) {
  SingleOperator single(uniform_random_vector_operator(), rows, dimension);
  single.stream("", "numbers").run();
  return single.content("values");
}

std::vector<double> whole(std::vector<double> numbers) {
  for (double& number : numbers) number = std::floor(number);
  return numbers;
}

struct Box {
  std::size_t rows, dimension;
  std::vector<double> position, velocity, lower, upper;

  Box(std::size_t row_count, std::size_t coordinates)
      : rows(row_count),
        dimension(coordinates),
        position(some_numbers(rows * dimension, -12, 12, 1)),
        velocity(some_numbers(rows * dimension, -2, 2, 2)),
        lower(whole(some_numbers(dimension, -9, -1, 3))),
        upper(whole(some_numbers(dimension, 0, 9, 4))) {}

  [[nodiscard]] SingleOperator rounded(const OperatorTable& table, bool with_velocity = true) const {
    SingleOperator single(table, rows, dimension);
    single.bind("position", position).bind("lower", lower).bind("upper", upper);
    if (with_velocity) single.bind("velocity", velocity);
    if (!table.streams.empty()) single.stream("", "numbers");
    single.run();
    return single;
  }

  /// `round(x, number of the component)`.
  template <class Round>
  void round_by_hand(Round round) {
    for (std::size_t at = 0; at < position.size(); ++at) {
      const double low = lower[at % dimension];
      const double high = upper[at % dimension];
      position[at] = round(position[at], at);
      if (position[at] >= low && position[at] <= high) continue;
      position[at] = position[at] < low ? low : high;
      velocity[at] = 0;
    }
  }
};

}  // namespace

TEST_CASE("rounding is that of the standard library") {
  std::vector<double> numbers = some_numbers(1000, -1e6, 1e6, 1);
  for (const double number : {0.0, -0.0, 0.5, 1.5, 2.5, -0.5, -1.5, 0.49999999999999994, 4503599627370495.5, 0x1p52,
                              -0x1p53, 1e300, infinity, -infinity}) {
    numbers.push_back(number);
  }
  for (const double number : numbers) {
    CAPTURE(number);
    CHECK(same_bits({nearest_integer(number)}, {std::nearbyint(number)}));
    CHECK(integer_below(number) == std::floor(number));
  }
  CHECK(std::isnan(nearest_integer(not_a_number)));
  CHECK(std::isnan(integer_below(not_a_number)));
}

TEST_CASE("rounding operators put particles on integers within the bounds, as by hand") {
  for (const std::size_t rows : row_counts) {
    for (const std::size_t dimension : dimensions) {
      const std::vector<double> u = draws(rows, dimension);
      for (const bool by_chance : {false, true}) {
        Box box(rows, dimension);
        const OperatorTable& table = by_chance ? round_stochastically_operator() : round_to_integer_operator();
        const SingleOperator single = box.rounded(table);
        const std::vector<double> without_velocity = box.rounded(table, false).content("position");
        box.round_by_hand([&](double x, std::size_t at) {
          if (!by_chance) return std::nearbyint(x);
          return u[at] < x - std::floor(x) ? std::floor(x) + 1 : std::floor(x);
        });
        CHECK(single.content("position") == box.position);
        CHECK(same_bits(single.content("velocity"), box.velocity));
        CHECK(without_velocity == box.position);
      }
    }
  }
}

TEST_CASE("round_stochastically keeps the mean, and integers") {
  SingleOperator single(round_stochastically_operator(), 20000, 3);
  std::vector<double> position;
  for (std::size_t row = 0; row < 20000; ++row) position.insert(position.end(), {2.25, -0.9, 7});
  single.bind("position", position).bind("lower", {-10}).bind("upper", {10}).run();
  const std::vector<double> rounded = single.content("position");
  double first = 0;
  double second = 0;
  for (std::size_t row = 0; row < 20000; ++row) {
    first += rounded[3 * row] - 2;
    second += rounded[3 * row + 1] + 1;
    REQUIRE(rounded[3 * row + 2] == 7);
  }
  CHECK(std::abs(first / 20000 - 0.25) < 5 * std::sqrt(0.25 * 0.75 / 20000));
  CHECK(std::abs(second / 20000 - 0.1) < 5 * std::sqrt(0.1 * 0.9 / 20000));
}

TEST_CASE("rounding leaves NaN alone and brings infinities to the bounds") {
  for (const OperatorTable* table : {&round_to_integer_operator(), &round_stochastically_operator()}) {
    SingleOperator single(*table, 1, 3);
    single.bind("position", {not_a_number, infinity, -infinity})
        .bind("velocity", {1, 2, 3})
        .bind("lower", {-4})
        .bind("upper", {5})
        .run();
    CHECK(same_bits(single.content("position"), {not_a_number, 5, -4}));
    CHECK(same_bits(single.content("velocity"), {1, 0, 0}));
  }
}

TEST_CASE("uniform_integer_creator draws every integer within the bounds") {
  SingleOperator single(uniform_integer_creator_operator(), 30000, 2);
  single.bind("lower", {-1, 3}).bind("upper", {4, 3}).bind("velocity", {7}).run();
  const std::vector<double> position = single.content("position");
  std::vector<double> counts(6);
  for (std::size_t row = 0; row < 30000; ++row) {
    REQUIRE(position[2 * row + 1] == 3);
    const double x = position[2 * row];
    REQUIRE((x >= -1 && x <= 4 && x == std::floor(x)));
    counts[std::size_t(x + 1)] += 1;
  }
  for (const double count : counts) CHECK(std::abs(count - 5000) < 5 * std::sqrt(30000 * (1.0 / 6) * (5.0 / 6)));
  CHECK(same_bits(single.content("velocity"), std::vector<double>(60000, 0.0)));
}

TEST_CASE("uniform_integer_creator computes what its formula says") {
  const Box box(17, 7);
  const std::vector<double> u = draws(17, 7);
  std::vector<double> expected;
  for (std::size_t at = 0; at < u.size(); ++at) {
    const double low = box.lower[at % 7];
    const double high = box.upper[at % 7];
    expected.push_back(std::min(low + std::floor(u[at] * (high - low + 1)), high));
  }
  SingleOperator single(uniform_integer_creator_operator(), 17, 7);
  single.bind("lower", box.lower).bind("upper", box.upper).stream("", "numbers").run();
  CHECK(single.content("position") == expected);
}

TEST_CASE("solutions of integer_vector are read and shown as integers") {
  Registry registry;
  registry.begin_plugin("integer_vector");
  register_integer_vector(registry);
  REQUIRE(registry.diagnostics().empty());
  const EncodingSpec& encoding = *registry.find_encoding("integer_vector");
  std::vector<double> numbers(3);
  const ColumnView part{reinterpret_cast<std::byte*>(numbers.data()), 24, 3, Element::real};
  PortView view;
  view.parts = &part;
  view.part_count = 1;
  view.rows = 1;
  CHECK_FALSE(read_solution(encoding, std::vector<double>{16, -3, 0x1p53}, view).has_value());
  CHECK(shown_solution(encoding.show, view) == Value(List{16, -3, std::int64_t{1} << 53}));
  for (const double wrong : {0.5, 0x1.8p53, infinity, not_a_number}) {
    const auto mistake = read_solution(encoding, std::vector<double>{1, 2, wrong}, view);
    REQUIRE(mistake.has_value());
    CHECK(mistake->index == 2);
  }
  numbers = {0.5, not_a_number, 2};
  CHECK(shown_solution(encoding.show, view) == Value(List{0.5, not_a_number, 2}));
}

TEST_CASE("contract of every operator of integer_vector") {
  for (const OperatorTable* table :
       {&uniform_integer_creator_operator(), &round_to_integer_operator(), &round_stochastically_operator()}) {
    CAPTURE(table->name);
    ContractInput input;
    input.domains["lower"] = {-5, -4};
    input.domains["upper"] = {4, 5};
    check_contract(*table, input);
  }
}
