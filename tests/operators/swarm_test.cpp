#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/src/contract/numbers.hpp"
#include "core/src/contract/single_operator.hpp"
#include "operators/all.hpp"

using namespace skein;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

/// What a swarm remembers, by remember_bests.
struct Memory {
  std::vector<double> personal_best;
  std::vector<double> personal_best_fitness;
  std::vector<double> best = {0};
  std::vector<double> best_fitness = {infinity, infinity};

  explicit Memory(std::size_t rows, std::size_t dimension = 1)
      : personal_best(rows * dimension, 0), personal_best_fitness(2 * rows, infinity), best(dimension, 0) {}

  void remember(const std::vector<double>& position, const std::vector<double>& fitness, RunOptions options = {}) {
    const std::size_t rows = fitness.size() / 2;
    SingleOperator single(remember_bests_operator(), rows, position.size() / rows);
    single.bind("position", position)
        .bind("fitness", fitness)
        .bind("personal_best", personal_best)
        .bind("personal_best_fitness", personal_best_fitness)
        .bind("best", best)
        .bind("best_fitness", best_fitness)
        .run(options);
    personal_best = single.content("personal_best");
    personal_best_fitness = single.content("personal_best_fitness");
    best = single.content("best");
    best_fitness = single.content("best_fitness");
  }
};

/// Plain order of fitness values, written from the definition.
bool is_better(double violation, double value, double other_violation, double other_value) {
  if (violation != other_violation) return violation < other_violation;
  if (std::isnan(value)) return false;
  return std::isnan(other_value) || value < other_value;
}

std::vector<double> informed(const std::vector<double>& fitness, const std::function<void(Neighborhood&)>& arrange) {
  SingleOperator single(inform_neighbors_operator(), fitness.size() / 2, 1);
  single.bind("personal_best_fitness", fitness);
  if (arrange) single.neighborhood("neighborhood", arrange);
  single.run();
  return single.content("neighbor_best");
}

std::vector<double> feasible(const std::vector<double>& values) {
  std::vector<double> fitness;
  for (const double value : values) fitness.insert(fitness.end(), {0, value});
  return fitness;
}

}  // namespace

TEST_CASE("remember_bests stores whatever comes first, then what is better") {
  Memory memory(3);
  memory.remember({1, 2, 3}, feasible({not_a_number, infinity, 5}));
  CHECK(same_bits(memory.personal_best, {1, 2, 3}));
  CHECK(same_bits(memory.personal_best_fitness, feasible({not_a_number, infinity, 5})));
  CHECK(same_bits(memory.best, {3}));

  memory.remember({4, 5, 6}, feasible({not_a_number, not_a_number, 5}));
  CHECK(same_bits(memory.personal_best, {1, 2, 3}));

  memory.remember({7, 8, 9}, feasible({9, 4, not_a_number}));
  CHECK(same_bits(memory.personal_best, {7, 8, 3}));
  CHECK(same_bits(memory.personal_best_fitness, feasible({9, 4, 5})));
  CHECK(same_bits(memory.best, {8}));
  CHECK(same_bits(memory.best_fitness, {0, 4}));
}

TEST_CASE("a swarm that has only seen NaN has a best, which gives way to a number") {
  Memory memory(2);
  memory.remember({1, 2}, feasible({not_a_number, not_a_number}));
  CHECK(same_bits(memory.best, {1}));
  CHECK(same_bits(memory.best_fitness, {0, not_a_number}));
  memory.remember({3, 4}, feasible({not_a_number, 1e300}));
  CHECK(same_bits(memory.best, {4}));
}

TEST_CASE("remember_bests prefers the lowest of equally good rows and keeps the best it has") {
  Memory memory(4);
  memory.remember({1, 2, 3, 4}, feasible({7, 2, 2, 8}));
  CHECK(same_bits(memory.best, {2}));
  memory.remember({5, 6, 7, 8}, feasible({2, 9, 9, 9}));
  CHECK(same_bits(memory.best, {2}));
  CHECK(same_bits(memory.personal_best, {5, 2, 3, 4}));
}

TEST_CASE("remember_bests ranks by violation first") {
  Memory memory(2);
  memory.remember({1, 2}, {0.5, -9, 0.25, 3});
  CHECK(same_bits(memory.best, {2}));
  memory.remember({3, 4}, {0, 100, 0.25, 2});
  CHECK(same_bits(memory.best, {3}));
  CHECK(same_bits(memory.personal_best, {3, 4}));
}

TEST_CASE("remember_bests equals a plain loop") {
  for (const std::size_t rows : {1U, 2U, 17U, 65U}) {
    for (const std::size_t dimension : {1U, 7U, 30U}) {
      Memory memory(rows, dimension);
      Memory expected(rows, dimension);
      for (std::uint64_t round = 0; round < 4; ++round) {
        const std::vector<double> position = some_numbers(rows * dimension, -5, 5, round);
        std::vector<double> fitness = some_numbers(2 * rows, -3, 3, round + 10);
        for (std::size_t i = 0; i < fitness.size(); ++i) {
          fitness[i] = i % 2 == 0 ? (fitness[i] > 1 ? 1 : 0) : std::floor(fitness[i]);
          if (i % 14 == 3) fitness[i] = not_a_number;
        }
        RunOptions options;
        options.threads = 1 + round;
        options.tile_rows = 1 + 2 * round;
        memory.remember(position, fitness, options);

        for (std::size_t row = 0; row < rows; ++row) {
          double* own = &expected.personal_best_fitness[2 * row];
          if (round == 0 || is_better(fitness[2 * row], fitness[2 * row + 1], own[0], own[1])) {
            own[0] = fitness[2 * row];
            own[1] = fitness[2 * row + 1];
            for (std::size_t i = 0; i < dimension; ++i) {
              expected.personal_best[row * dimension + i] = position[row * dimension + i];
            }
          }
        }
        std::size_t winner = 0;
        for (std::size_t row = 1; row < rows; ++row) {
          const double* own = &expected.personal_best_fitness[2 * row];
          const double* best = &expected.personal_best_fitness[2 * winner];
          if (is_better(own[0], own[1], best[0], best[1])) winner = row;
        }
        const double* own = &expected.personal_best_fitness[2 * winner];
        if (round == 0 || is_better(own[0], own[1], expected.best_fitness[0], expected.best_fitness[1])) {
          expected.best_fitness = {own[0], own[1]};
          const auto from = expected.personal_best.begin() + std::ptrdiff_t(winner * dimension);
          expected.best.assign(from, from + std::ptrdiff_t(dimension));
        }
        CHECK(same_bits(memory.personal_best, expected.personal_best));
        CHECK(same_bits(memory.personal_best_fitness, expected.personal_best_fitness));
        CHECK(same_bits(memory.best, expected.best));
        CHECK(same_bits(memory.best_fitness, expected.best_fitness));
      }
    }
  }
}

TEST_CASE("inform_neighbors without or with a complete neighbourhood gives everybody the best row") {
  const std::vector<double> fitness = feasible({5, not_a_number, 2, 2, 9});
  CHECK(same_bits(informed(fitness, nullptr), {2, 2, 2, 2, 2}));
  CHECK(same_bits(informed(fitness, [](Neighborhood& all) { all.set_complete(); }), {2, 2, 2, 2, 2}));
  CHECK(same_bits(informed(fitness, [](Neighborhood& ring) { ring.set_ring(2); }), {2, 2, 2, 2, 2}));
  CHECK(same_bits(informed(fitness, [](Neighborhood& ring) { ring.set_ring(1000); }), {2, 2, 2, 2, 2}));
  CHECK(same_bits(informed(feasible({not_a_number, not_a_number}), nullptr), {0, 0}));
  CHECK(same_bits(informed(feasible({7}), nullptr), {0}));
}

TEST_CASE("inform_neighbors on a ring looks at both sides, around the end too") {
  const std::vector<double> fitness = feasible({5, 4, 9, 8, 7, 6});
  CHECK(same_bits(informed(fitness, [](Neighborhood& ring) { ring.set_ring(1); }), {1, 1, 1, 4, 5, 0}));
}

TEST_CASE("inform_neighbors prefers the lowest of equally good informants") {
  const std::vector<double> equal = feasible({3, 3, 3, 3, 3});
  CHECK(same_bits(informed(equal, [](Neighborhood& ring) { ring.set_ring(1); }), {0, 0, 1, 2, 0}));
  CHECK(same_bits(informed(feasible({not_a_number, not_a_number, not_a_number, not_a_number, not_a_number}),
                           [](Neighborhood& ring) { ring.set_ring(1); }),
                  {0, 0, 1, 2, 0}));
}

TEST_CASE("inform_neighbors follows explicit lists") {
  const std::vector<std::vector<std::uint32_t>> lists = {{3}, {}, {1, 0}, {2}};
  CHECK(same_bits(informed(feasible({4, 3, 2, 1}), [&](Neighborhood& some) { some.set_rows(lists); }), {3, 1, 2, 3}));
}

TEST_CASE("inform_neighbors equals a plain loop on rings") {
  for (const std::size_t rows : {1U, 2U, 17U, 65U}) {
    for (const std::size_t radius : {1U, 2U, 8U, 40U}) {
      std::vector<double> values = some_numbers(rows, 0, 6, rows);
      for (double& value : values) value = std::floor(value);
      std::vector<double> expected;
      for (std::size_t row = 0; row < rows; ++row) {
        std::size_t best = rows;
        for (std::size_t other = 0; other < rows; ++other) {
          const std::size_t distance = row > other ? row - other : other - row;
          if (distance > radius && rows - distance > radius) continue;
          if (best == rows || values[other] < values[best]) best = other;
        }
        expected.push_back(double(best));
      }
      CHECK(same_bits(informed(feasible(values), [&](Neighborhood& ring) { ring.set_ring(radius); }), expected));
    }
  }
}

TEST_CASE("topologies set the form of the neighbourhood") {
  SingleOperator complete(fully_connected_operator(), 5, 1);
  complete.neighborhood("neighborhood", [](Neighborhood& ring) { ring.set_ring(2); }).run();
  CHECK(complete.neighborhood("neighborhood").form() == Neighborhood::Form::complete);

  SingleOperator by_default(ring_operator(), 5, 1);
  by_default.run();
  CHECK(by_default.neighborhood("neighborhood").form() == Neighborhood::Form::ring);
  CHECK(by_default.neighborhood("neighborhood").radius() == 1);

  SingleOperator wide(ring_operator(), 5, 1);
  wide.parameter("radius", 3).run();
  CHECK(wide.neighborhood("neighborhood").radius() == 3);
}

TEST_CASE("the best informant on a ring is the lowest of the best, whatever the radius and the fitness") {
  constexpr std::size_t rows = 201;
  const std::vector<double> choices = {0, -0.0, 1, -1, infinity, -infinity, not_a_number, 1e-300, 2};
  std::vector<double> fitness;
  for (const double number : some_numbers(2 * rows, 0, static_cast<double>(choices.size()), 5)) {
    fitness.push_back(choices[static_cast<std::size_t>(number)]);
  }
  const auto row_of = [&](std::size_t row) { return FitnessRow{fitness.data() + 2 * row, 2}; };
  for (const std::size_t radius : std::vector<std::size_t>{1, 2, 3, 31, 32, 33, 99, 100, 150}) {
    CAPTURE(radius);
    Neighborhood ring;
    ring.set_ring(radius);
    std::vector<double> expected;
    for (std::size_t row = 0; row < rows; ++row) {
      std::vector<std::size_t> informants;
      ring.for_each_informant(row, rows, [&](std::size_t informant) { informants.push_back(informant); });
      std::sort(informants.begin(), informants.end());
      std::size_t best = informants[0];
      for (const std::size_t informant : informants) {
        if (better(row_of(informant), row_of(best))) best = informant;
      }
      expected.push_back(static_cast<double>(best));
    }
    SingleOperator single(inform_neighbors_operator(), rows, 1);
    single.bind("personal_best_fitness", fitness)
        .neighborhood("neighborhood", [radius](Neighborhood& neighborhood) { neighborhood.set_ring(radius); })
        .run();
    CHECK(single.content("neighbor_best") == expected);
  }
}
