// Random numbers other than uniform vectors: normal ones, one per row, one for all rows, integers, rows.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "core/src/contract/numbers.hpp"
#include "core/src/contract/single_operator.hpp"
#include "operators/all.hpp"
#include "skein/random.hpp"
#include "tests/operators/shapes.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

/// What an operator draws with the stream `numbers`; `arrange` binds its ports.
template <class Arrange>
std::vector<double> drawn(const OperatorTable& table, std::size_t rows, std::size_t dimension, std::uint64_t seed,
                          const char* out, Arrange arrange) {
  SingleOperator single(table, rows, dimension);
  RunOptions options;
  options.seed = seed;
  arrange(single.stream("", "numbers"));
  return single.run(options).content(out);
}

std::vector<double> drawn(const OperatorTable& table, std::size_t rows, std::size_t dimension, std::uint64_t seed = 1,
                          const char* out = "values") {
  return drawn(table, rows, dimension, seed, out, [](SingleOperator&) {});
}

}  // namespace

TEST_CASE("normal_random_vector has the moments of the normal distribution") {
  const std::vector<double> z = drawn(normal_random_vector_operator(), 4000, 30);
  const auto count = static_cast<double>(z.size());
  double sums[4] = {};
  for (const double x : z) {
    double power = 1;
    for (double& sum : sums) sum += power *= x;
  }
  // The mean of x^k has the variance (E x^2k - (E x^k)^2) / count: 1, 2, 15 and 96. Limits are five deviations.
  CHECK(std::abs(sums[0] / count) < 5 * std::sqrt(1 / count));
  CHECK(std::abs(sums[1] / count - 1) < 5 * std::sqrt(2 / count));
  CHECK(std::abs(sums[2] / count) < 5 * std::sqrt(15 / count));
  CHECK(std::abs(sums[3] / count - 3) < 5 * std::sqrt(96 / count));
  CHECK(std::ranges::all_of(z, [](double x) { return std::abs(x) < 8.21; }));
  CHECK(same_bits(z, drawn(normal_random_vector_operator(), 4000, 30)));
  CHECK_FALSE(same_bits(z, drawn(normal_random_vector_operator(), 4000, 30, 2)));
}

TEST_CASE("normal_random_vector shifts and scales for every shape, and may write into its mean") {
  for (const std::size_t rows : row_counts) {
    for (const std::size_t dimension : dimensions) {
      const std::vector<double> z = drawn(normal_random_vector_operator(), rows, dimension);
      for (const Shape& a : shapes(rows, dimension)) {
        for (const Shape& b : shapes(rows, dimension)) {
          const std::vector<double> mean = some_numbers(a.count, -3, 3, 1);
          const std::vector<double> deviation = some_numbers(b.count, 0, 2, 2);
          const auto expected = each_component(rows, dimension, [&](std::size_t row, std::size_t i) {
            return a.of(mean, row, i) + b.of(deviation, row, i) * z[row * dimension + i];
          });
          const auto arrange = [&](SingleOperator& single) {
            single.bind("mean", mean, a.type).bind("standard_deviation", deviation, b.type);
          };
          CHECK(same_bits(drawn(normal_random_vector_operator(), rows, dimension, 1, "values", arrange), expected));
        }
      }
      const std::vector<double> mean = some_numbers(rows * dimension, -3, 3, 1);
      std::vector<double> expected;
      for (std::size_t i = 0; i < z.size(); ++i) expected.push_back(mean[i] + z[i]);
      const auto in_place = [&](SingleOperator& single) { single.bind("mean", mean).share("values", "mean"); };
      CHECK(same_bits(drawn(normal_random_vector_operator(), rows, dimension, 1, "mean", in_place), expected));
    }
  }
}

TEST_CASE("random vectors draw one number per row into a real of n, like vectors of one dimension") {
  for (const std::size_t rows : row_counts) {
    for (const std::size_t dimension : dimensions) {
      const auto per_row = [&](const OperatorTable& table, const char* type, const std::vector<double>& first) {
        const char* port = table.ports[0].name.data();
        return drawn(table, rows, dimension, 1, "values", [&](SingleOperator& single) {
          single.bind("values", {}, type).bind(port, first, std::string(type) == "real[n]" ? "real[n]" : "integer");
        });
      };
      const std::vector<double> first = some_numbers(rows, -3, 0, 1);
      if (rows > rows_per_group(dimension)) continue;  // row groups of one dimension are larger
      const auto uniform = drawn(uniform_random_vector_operator(), rows, 1);
      const auto normal = drawn(normal_random_vector_operator(), rows, 1);
      std::vector<double> scaled;
      std::vector<double> shifted;
      for (std::size_t row = 0; row < rows; ++row) {
        scaled.push_back(first[row] + uniform[row] * (1 - first[row]));
        shifted.push_back(first[row] + 1 * normal[row]);
      }
      CHECK(same_bits(per_row(uniform_random_vector_operator(), "real[n]", first), scaled));
      CHECK(same_bits(per_row(normal_random_vector_operator(), "real[n]", first), shifted));
      CHECK(same_bits(per_row(random_integer_vector_operator(), "integer[n]", {0}),
                      drawn(random_integer_vector_operator(), rows, 1)));
    }
  }
}

TEST_CASE("random scalars are one draw for all rows") {
  const double u = drawn(uniform_random_scalar_operator(), 3, 7, 1, "value").front();
  const double z = drawn(normal_random_scalar_operator(), 3, 7, 1, "value").front();
  CHECK(u == drawn(uniform_random_vector_operator(), 1, 1).front());
  CHECK(z == drawn(normal_random_vector_operator(), 1, 1).front());
  CHECK(u != drawn(uniform_random_scalar_operator(), 3, 7, 2, "value").front());
  CHECK(drawn(uniform_random_scalar_operator(), 3, 7, 1, "value", [](SingleOperator& single) {
          single.bind("lower", {-2}).bind("upper", {6});
        }).front() == -2 + u * 8);
  CHECK(drawn(normal_random_scalar_operator(), 3, 7, 1, "value", [](SingleOperator& single) {
          single.bind("mean", {5}).bind("standard_deviation", {0.5});
        }).front() == 5 + 0.5 * z);
}

TEST_CASE("random_integer_vector draws every integer of the interval equally often, ends included") {
  const auto dice = [](std::uint64_t seed) {
    return drawn(random_integer_vector_operator(), 2000, 30, seed, "values",
                 [](SingleOperator& single) { single.bind("lower", {-2}, "integer").bind("upper", {3}, "integer"); });
  };
  const std::vector<double> numbers = dice(1);
  double counts[6] = {};
  for (const double number : numbers) {
    REQUIRE((number >= -2 && number <= 3));
    counts[static_cast<std::size_t>(number + 2)] += 1;
  }
  // Binomial, 60000 draws with probability 1/6: deviation 91.3; limits are five deviations.
  for (const double count : counts) CHECK(std::abs(count - 10000) < 457);
  CHECK(same_bits(numbers, dice(1)));
  CHECK_FALSE(same_bits(numbers, dice(2)));
}

TEST_CASE("random_integer_vector at the ends of what integers there are") {
  const auto drawn_from = [](double lower, double upper) {
    return drawn(random_integer_vector_operator(), 1, 30, 1, "values", [&](SingleOperator& single) {
      single.bind("lower", {lower}, "integer").bind("upper", {upper}, "integer");
    });
  };
  CHECK(drawn_from(4, 4) == std::vector<double>(30, 4));
  CHECK(drawn_from(4, 3) == std::vector<double>(30, 4));
  const std::vector<double> halves = drawn_from(-0x1p63, 0);
  CHECK(std::ranges::all_of(halves, [](double x) { return x <= 0; }));
  CHECK(*std::ranges::min_element(halves) < -0x1p61);
  const auto by_default = drawn(random_integer_vector_operator(), 1, 30);
  CHECK(std::ranges::all_of(by_default, [](double x) { return x == 0 || x == 1; }));
  // One interval per row and dimension.
  const auto arrange = [](SingleOperator& single) {
    single.bind("lower", {10, 20}, "integer[n]").bind("upper", {10, 29, 0}, "integer[d]");
  };
  const auto values = drawn(random_integer_vector_operator(), 2, 3, 1, "values", arrange);
  CHECK((values[0] == 10 && values[2] == 10 && values[3] == 20 && values[5] == 20));
  CHECK((values[1] >= 10 && values[1] <= 29 && values[4] >= 20 && values[4] <= 29));
}

TEST_CASE("random_row draws every row equally often, its own one or not") {
  for (const bool other : {false, true}) {
    CAPTURE(other);
    double counts[5][5] = {};
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
      const auto rows = drawn(random_row_operator(), 5, 7, seed, "rows",
                              [&](SingleOperator& single) { single.parameter("other", other); });
      for (std::size_t row = 0; row < 5; ++row) {
        REQUIRE(rows[row] < 5);
        counts[row][static_cast<std::size_t>(rows[row])] += 1;
      }
    }
    // Binomial, 2000 draws: deviation below 20; limits are five deviations.
    const double expected = other ? 500 : 400;
    for (std::size_t row = 0; row < 5; ++row) {
      for (std::size_t i = 0; i < 5; ++i) {
        if (other && i == row) {
          CHECK(counts[row][i] == 0);
        } else {
          CHECK(std::abs(counts[row][i] - expected) < 100);
        }
      }
    }
  }
  const auto alone =
      drawn(random_row_operator(), 1, 7, 1, "rows", [](SingleOperator& single) { single.parameter("other", true); });
  CHECK(alone.front() == 0);
}
