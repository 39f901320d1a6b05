#include <doctest/doctest.h>

#include <algorithm>

#include "core/src/contract/numbers.hpp"
#include "core/src/contract/single_operator.hpp"
#include "operators/all.hpp"
#include "skein/random.hpp"

using namespace skein;

namespace {

std::vector<double> uniform(std::size_t rows, std::size_t dimension, std::uint64_t seed, const char* name = "numbers") {
  SingleOperator single(uniform_random_vector_operator(), rows, dimension);
  RunOptions options;
  options.seed = seed;
  single.stream("", name).run(options);
  return single.content("values");
}

}  // namespace

TEST_CASE("uniform_random_vector gives numbers from 0 to 1 that depend on seed and stream alone") {
  const std::vector<double> numbers = uniform(65, 30, 1);
  CHECK(std::ranges::all_of(numbers, [](double u) { return u >= 0 && u < 1; }));
  CHECK(same_bits(numbers, uniform(65, 30, 1)));
  CHECK_FALSE(same_bits(numbers, uniform(65, 30, 2)));
  CHECK_FALSE(same_bits(numbers, uniform(65, 30, 1, "others")));

  double sum = 0;
  for (const double u : numbers) sum += u;
  CHECK(sum / static_cast<double>(numbers.size()) == doctest::Approx(0.5).epsilon(0.05));
  std::vector<double> sorted = numbers;
  std::ranges::sort(sorted);
  CHECK(std::ranges::adjacent_find(sorted) == sorted.end());
}

TEST_CASE("rows of a larger population start like those of a smaller one") {
  for (const std::size_t dimension : {1U, 7U, 30U}) {
    const std::vector<double> few = uniform(17, dimension, 1);
    const std::vector<double> many = uniform(65, dimension, 1);
    CHECK(std::ranges::equal(few, std::vector<double>(many.begin(), many.begin() + std::ptrdiff_t(few.size()))));
  }
}

TEST_CASE("uniform_random_vector scales to every shape of interval") {
  for (const std::size_t rows : {1U, 2U, 17U, 65U}) {
    for (const std::size_t dimension : {1U, 7U, 30U}) {
      const std::vector<double> u = uniform(rows, dimension, 1);
      const std::vector<double> lower = some_numbers(dimension, -3, -1, 1);
      const std::vector<double> upper = some_numbers(rows, 1, 3, 2);
      std::vector<double> expected;
      for (std::size_t i = 0; i < rows * dimension; ++i) {
        const double from = lower[i % dimension];
        const double to = upper[i / dimension];
        expected.push_back(from + u[i] * (to - from));
      }
      SingleOperator single(uniform_random_vector_operator(), rows, dimension);
      single.stream("", "numbers").bind("lower", lower, "real[d]").bind("upper", upper, "real[n]").run();
      CHECK(same_bits(single.content("values"), expected));
    }
  }
}

TEST_CASE("uniform_random_vector may write into its limit") {
  const std::vector<double> u = uniform(17, 7, 1);
  const std::vector<double> lower = some_numbers(17 * 7, -3, -1, 1);
  std::vector<double> expected;
  for (std::size_t i = 0; i < u.size(); ++i) expected.push_back(lower[i] + u[i] * (1 - lower[i]));
  SingleOperator single(uniform_random_vector_operator(), 17, 7);
  single.stream("", "numbers").bind("lower", lower).share("values", "lower").run();
  CHECK(same_bits(single.content("lower"), expected));
}
