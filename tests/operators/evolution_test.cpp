// Operators of evolutionary algorithms that know no encoding, against plain versions.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "core/src/contract/numbers.hpp"
#include "core/src/contract/single_operator.hpp"
#include "operators/all.hpp"
#include "skein/math.hpp"
#include "skein/type.hpp"
#include "tests/operators/shapes.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

constexpr std::array<std::size_t, 6> populations = {1, 2, 3, 4, 65, 300};
constexpr std::size_t dimension = 3;

/// Uniform numbers of a stream, `per_row` for each row.
std::vector<double> numbers(std::size_t rows, std::size_t per_row, const char* stream) {
  SingleOperator single(uniform_random_vector_operator(), rows, dimension);
  single.bind("values", {}, "real[n," + std::to_string(per_row) + "]").stream("", stream).run();
  return single.content("values");
}

std::size_t index_of(double u, std::size_t count) { return static_cast<std::size_t>(u * static_cast<double>(count)); }

/// Violation and objective per row: few values, so that many are equal, and some violations.
std::vector<double> some_fitness(std::size_t rows, std::uint64_t seed) {
  std::vector<double> fitness;
  for (const double x : some_numbers(rows, -4, 4, seed)) {
    fitness.push_back(x > 2.5 ? 1 : 0);
    fitness.push_back(std::floor(x));
  }
  return fitness;
}

bool is_better(const std::vector<double>& a, std::size_t i, const std::vector<double>& b, std::size_t k) {
  return better({&a[2 * i], 2}, {&b[2 * k], 2});
}

struct Population {
  std::vector<double> position, fitness, offspring, offspring_fitness;

  explicit Population(std::size_t rows)
      : position(some_numbers(rows * dimension, -1, 1, 1)),
        fitness(some_fitness(rows, 2)),
        offspring(some_numbers(rows * dimension, -1, 1, 3)),
        offspring_fitness(some_fitness(rows, 4)) {}

  [[nodiscard]] std::size_t rows() const { return fitness.size() / 2; }

  [[nodiscard]] SingleOperator single(const OperatorTable& table) const {
    SingleOperator result(table, rows(), dimension);
    result.bind("position", position)
        .bind("fitness", fitness)
        .bind("offspring", offspring)
        .bind("offspring_fitness", offspring_fitness);
    return result;
  }

  void replace(std::size_t row, std::size_t from) {
    std::copy_n(offspring.begin() + static_cast<std::ptrdiff_t>(from * dimension), dimension,
                position.begin() + static_cast<std::ptrdiff_t>(row * dimension));
    std::copy_n(offspring_fitness.begin() + static_cast<std::ptrdiff_t>(from * 2), 2,
                fitness.begin() + static_cast<std::ptrdiff_t>(row * 2));
  }
};

/// Violation and objective of all rows, in order.
std::vector<std::pair<double, double>> sorted_pairs(const std::vector<double>& fitness) {
  std::vector<std::pair<double, double>> pairs;
  for (std::size_t i = 0; i < fitness.size(); i += 2) pairs.emplace_back(fitness[i], fitness[i + 1]);
  std::ranges::sort(pairs);
  return pairs;
}

}  // namespace

TEST_CASE("tournament_selection takes the best of the rows that are drawn") {
  for (const std::size_t rows : populations) {
    for (const std::size_t size : {1U, 2U, 5U, 100U}) {
      const std::vector<double> fitness = some_fitness(rows, 1);
      const std::vector<double> u = numbers(rows, size, "s");
      SingleOperator single(tournament_selection_operator(), rows, dimension);
      single.parameter("size", static_cast<std::int64_t>(size)).bind("fitness", fitness).stream("", "s").run();
      std::vector<double> expected;
      for (std::size_t row = 0; row < rows; ++row) {
        std::size_t winner = index_of(u[row * size], rows);
        for (std::size_t i = 1; i < size; ++i) {
          const std::size_t candidate = index_of(u[row * size + i], rows);
          if (is_better(fitness, candidate, fitness, winner)) winner = candidate;
        }
        expected.push_back(static_cast<double>(winner));
      }
      CHECK(single.content("rows") == expected);
    }
  }
}

TEST_CASE("distinct_random_rows draws other rows, all different where there are enough") {
  for (const std::size_t rows : populations) {
    SingleOperator single(distinct_random_rows_operator(), rows, dimension);
    single.stream("", "s").run();
    const std::vector<double> first = single.content("first");
    const std::vector<double> second = single.content("second");
    const std::vector<double> third = single.content("third");
    const std::vector<double> u = numbers(rows, 3, "s");
    for (std::size_t row = 0; row < rows; ++row) {
      const auto own = static_cast<double>(row);
      if (rows == 1) {
        CHECK((first[row] == 0 && second[row] == 0 && third[row] == 0));
        continue;
      }
      for (const double chosen : {first[row], second[row], third[row]}) {
        CHECK(chosen != own);
        CHECK(chosen < static_cast<double>(rows));
      }
      if (rows < 4) continue;
      CHECK(std::set<double>{first[row], second[row], third[row]}.size() == 3);
      // By hand: out of a hat that holds the others in ascending order.
      std::vector<double> hat;
      for (std::size_t other = 0; other < rows; ++other) {
        if (other != row) hat.push_back(static_cast<double>(other));
      }
      for (std::size_t i = 0; i < 3; ++i) {
        const auto drawn = hat.begin() + static_cast<std::ptrdiff_t>(index_of(u[3 * row + i], hat.size()));
        CHECK((i == 0 ? first : i == 1 ? second : third)[row] == *drawn);
        hat.erase(drawn);
      }
    }
  }
}

TEST_CASE("greedy_replacement takes offspring that is not worse") {
  for (const std::size_t rows : populations) {
    Population population(rows);
    SingleOperator single = population.single(greedy_replacement_operator());
    single.run();
    for (std::size_t row = 0; row < rows; ++row) {
      if (!is_better(population.fitness, row, population.offspring_fitness, row)) population.replace(row, row);
    }
    CHECK(single.content("position") == population.position);
    CHECK(single.content("fitness") == population.fitness);
  }
}

TEST_CASE("elitist_replacement keeps the best few for the worst offspring") {
  for (const std::size_t rows : populations) {
    for (const std::size_t elites : {0U, 1U, 2U, 7U, 1000U}) {
      CAPTURE(rows);
      CAPTURE(elites);
      const Population population(rows);
      SingleOperator single = population.single(elitist_replacement_operator());
      single.bind("elites", {static_cast<double>(elites)}).run();
      // By hand: the best `elites` of the population against the worst of the offspring, as sorted lists.
      auto old = sorted_pairs(population.fitness);
      auto expected = sorted_pairs(population.offspring_fitness);
      for (std::size_t i = 0; i < std::min(elites, rows); ++i) {
        auto& worst = expected[rows - 1 - i];
        if (old[i] < worst) worst = old[i];
      }
      std::ranges::sort(expected);
      const std::vector<double> fitness = single.content("fitness");
      const std::vector<double> position = single.content("position");
      CHECK(sorted_pairs(fitness) == expected);
      // Every solution still has its own fitness: it stands in one of the two populations.
      for (std::size_t row = 0; row < rows; ++row) {
        bool found = false;
        for (std::size_t from = 0; from < rows && !found; ++from) {
          const auto equals = [&](const std::vector<double>& solutions, const std::vector<double>& values) {
            return std::equal(&position[row * dimension], &position[row * dimension] + dimension,
                              &solutions[from * dimension]) &&
                   fitness[2 * row] == values[2 * from] && fitness[2 * row + 1] == values[2 * from + 1];
          };
          found = equals(population.offspring, population.offspring_fitness) ||
                  (from == row && equals(population.position, population.fitness));
        }
        CHECK(found);
      }
    }
  }
}

TEST_CASE("metropolis_acceptance takes what is worse with the probability of its temperature") {
  for (const std::size_t rows : populations) {
    for (const double temperature : {0.0, 0.5, 2.0, 1e300}) {
      Population population(rows);
      SingleOperator single = population.single(metropolis_acceptance_operator());
      single.bind("temperature", {temperature}, "real").stream("", "s").run();
      const std::vector<double> u = numbers(rows, 1, "s");
      for (std::size_t row = 0; row < rows; ++row) {
        const double* const fitness = &population.fitness[2 * row];
        const double* const offspring = &population.offspring_fitness[2 * row];
        const bool is_worse = is_better(population.fitness, row, population.offspring_fitness, row);
        const double amount = fitness[0] != offspring[0] ? offspring[0] - fitness[0] : offspring[1] - fitness[1];
        if (is_worse && (temperature == 0 || u[row] >= math::exp(-(amount / temperature)))) continue;
        population.replace(row, row);
      }
      CHECK(single.content("position") == population.position);
      CHECK(single.content("fitness") == population.fitness);
    }
  }
}

TEST_CASE("metropolis_acceptance takes neither NaN nor infinities for numbers") {
  const auto is_accepted = [](double fitness, double offspring, double temperature) {
    SingleOperator single(metropolis_acceptance_operator(), 1, 1);
    single.bind("fitness", {0, fitness}).bind("offspring_fitness", {0, offspring});
    single.bind("position", {1}).bind("offspring", {2}).bind("temperature", {temperature}, "real").run();
    return single.content("position")[0] == 2;
  };
  CHECK_FALSE(is_accepted(1, not_a_number, 1e300));
  CHECK_FALSE(is_accepted(1, infinity, 1e300));
  CHECK_FALSE(is_accepted(1, not_a_number, 0));
  CHECK_FALSE(is_accepted(1, 1 + 1e-9, 0));
  CHECK(is_accepted(not_a_number, not_a_number, 0));
  CHECK(is_accepted(not_a_number, 5, 0));
  CHECK(is_accepted(infinity, infinity, 0));
  CHECK(is_accepted(1, 1, 0));
}

TEST_CASE("remember_best keeps the best solution that was there") {
  const std::vector<double> position = {1, 2, 3, 4};
  const auto remembered = [&](const std::vector<double>& fitness, const std::vector<double>& best_fitness) {
    SingleOperator single(remember_best_operator(), 4, 1);
    single.bind("position", position)
        .bind("fitness", fitness)
        .bind("best", {9})
        .bind("best_fitness", best_fitness)
        .run();
    std::vector<double> result = single.content("best");
    for (const double x : single.content("best_fitness")) result.push_back(x);
    return result;
  };
  CHECK(remembered({0, 5, 0, 3, 0, 3, 1, 0}, {0, 4}) == std::vector<double>{2, 0, 3});
  CHECK(remembered({0, 5, 0, 3, 0, 3, 1, 0}, {0, 3}) == std::vector<double>{9, 0, 3});
  CHECK(remembered({2, 5, 1, 3, 1, 2, 4, 0}, {infinity, infinity}) == std::vector<double>{3, 1, 2});
  // A first solution is stored whatever it is.
  const double worst = infinity;
  CHECK(remembered({0, not_a_number, 0, not_a_number, 0, not_a_number, 0, not_a_number}, {worst, worst})[0] == 1);
}
