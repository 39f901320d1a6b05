// Fully informed, bare bones and comprehensive learning swarms against their formulas.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "core/src/contract/numbers.hpp"
#include "core/src/contract/single_operator.hpp"
#include "encodings/real_vector/all.hpp"
#include "skein/neighborhood.hpp"
#include "tests/encodings/draws.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

struct Particles {
  std::size_t rows, dimension;
  std::vector<double> position = some_numbers(rows * dimension, -5, 5, 1);
  std::vector<double> velocity = some_numbers(rows * dimension, -2, 2, 2);
  std::vector<double> personal_best = some_numbers(rows * dimension, -5, 5, 3);

  Particles(std::size_t row_count, std::size_t coordinates) : rows(row_count), dimension(coordinates) {}

  SingleOperator bound(const OperatorTable& table) const {
    SingleOperator single(table, rows, dimension);
    single.bind("position", position).bind("velocity", velocity).bind("personal_best", personal_best);
    return single;
  }
};

std::vector<double> added(std::vector<double> a, const std::vector<double>& b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] += b[i];
  return a;
}

}  // namespace

TEST_CASE("fully_informed_updater sums the pulls of all informants") {
  // Lists of none to two others, numbers drawn row by row, informant by informant; who has no other informs itself.
  const std::vector<std::vector<std::uint32_t>> lists = {{1}, {2, 5}, {}, {0, 1}, {8}, {}, {7, 2}, {0}, {}};
  for (const auto& choice : {std::pair{1U, false}, std::pair{7U, true}, std::pair{7U, false}, std::pair{30U, true}}) {
    const unsigned dimension = choice.first;
    const bool self_informed = choice.second;
    CAPTURE(dimension);
    CAPTURE(self_informed);
    Particles swarm(9, dimension);
    SingleOperator single = swarm.bound(fully_informed_updater_operator());
    if (self_informed) single.parameter("self_informed", true);
    single.neighborhood("neighborhood", [&](Neighborhood& some) { some.set_rows(lists); });
    single.bind("inertia", {0.7}).bind("personal_best_attraction", {1.25}).bind("neighbor_best_attraction", {1.5});
    single.stream("", "numbers").run();

    std::vector<std::vector<std::size_t>> informants(swarm.rows);
    std::size_t draws_of_row = 0;
    for (std::size_t row = 0; row < swarm.rows; ++row) {
      informants[row].assign(lists[row].begin(), lists[row].end());
      std::erase(informants[row], row);
      if (self_informed || informants[row].empty()) informants[row].push_back(row);
      std::ranges::sort(informants[row]);
      draws_of_row += informants[row].size();
    }
    const std::vector<double> r = uniform_draws(draws_of_row, dimension, "numbers");
    std::size_t drawn = 0;
    std::vector<double> velocity = swarm.velocity;
    for (std::size_t row = 0; row < swarm.rows; ++row) {
      const double share = 2.75 / static_cast<double>(informants[row].size());
      for (std::size_t i = 0; i < dimension; ++i) velocity[row * dimension + i] *= 0.7;
      for (const std::size_t informant : informants[row]) {
        for (std::size_t i = 0; i < dimension; ++i, ++drawn) {
          const std::size_t at = row * dimension + i;
          velocity[at] += share * r[drawn] * (swarm.personal_best[informant * dimension + i] - swarm.position[at]);
        }
      }
    }
    CHECK(same_bits(single.content("velocity"), velocity));
    CHECK(same_bits(single.content("position"), added(swarm.position, velocity)));
  }
}

TEST_CASE("fully_informed_updater keeps the limits of velocities") {
  Particles swarm(9, 12);
  SingleOperator single = swarm.bound(fully_informed_updater_operator());
  single.bind("component_limits", {0.25}, "real").bind("velocity_limit", {0.5}).run();
  const std::vector<double> velocity = single.content("velocity");
  for (std::size_t row = 0; row < 9; ++row) {
    double squares = 0;
    for (std::size_t i = 0; i < 12; ++i) {
      CHECK(std::abs(velocity[row * 12 + i]) <= 0.25);
      squares += velocity[row * 12 + i] * velocity[row * 12 + i];
    }
    CHECK(std::sqrt(squares) <= 0.5 * (1 + 1e-15));
  }
}

TEST_CASE("bare_bones_updater draws between the best positions") {
  for (const std::size_t dimension : {1U, 7U, 600U}) {
    for (const double keep : {0.0, 0.5, 1.0}) {
      Particles swarm(5, dimension);
      const std::vector<double> informants = {1, 0, double(no_row), 3, 2};
      SingleOperator single = swarm.bound(bare_bones_updater_operator());
      single.bind("neighbor_best", informants).bind("keep_probability", {keep});
      single.stream("direction", "normal").stream("choice", "uniform").run();
      const std::vector<double> normal = normal_draws(5, dimension, "normal");
      const std::vector<double> uniform = uniform_draws(5, dimension, "uniform");
      std::vector<double> position, velocity;
      for (std::size_t at = 0; at < 5 * dimension; ++at) {
        const std::size_t row = at / dimension;
        const std::size_t other = informants[row] == double(no_row) ? row : std::size_t(informants[row]);
        const double p = swarm.personal_best[at];
        const double g = swarm.personal_best[other * dimension + at % dimension];
        const double x = uniform[at] < keep ? p : (p + g) / 2 + std::abs(p - g) * normal[at];
        position.push_back(x);
        velocity.push_back(x - swarm.position[at]);
      }
      CHECK(same_bits(single.content("position"), position));
      CHECK(same_bits(single.content("velocity"), velocity));
    }
  }
}

TEST_CASE("comprehensive_learning_updater learns every component from one of the personal bests") {
  const std::size_t rows = 40;
  const std::size_t dimension = 50;
  Particles swarm(rows, dimension);
  std::vector<double> fitness;
  for (std::size_t row = 0; row < rows; ++row) fitness.insert(fitness.end(), {0.0, double(row)});  // row 0 is the best
  SingleOperator single = swarm.bound(comprehensive_learning_updater_operator());
  single.bind("personal_best_fitness", fitness).bind("inertia", {0.5}).bind("personal_best_attraction", {2});
  single.stream("learning", "numbers").run();
  const std::vector<double> r = uniform_draws(rows, dimension, "numbers");
  const std::vector<double> velocity = single.content("velocity");
  CHECK(same_bits(single.content("position"), added(swarm.position, velocity)));

  const auto exemplar_of = [&](std::size_t at) -> std::optional<std::size_t> {
    for (std::size_t row = 0; row < rows; ++row) {
      const double p = swarm.personal_best[row * dimension + at % dimension];
      if (velocity[at] == 0.5 * swarm.velocity[at] + (2 * r[at]) * (p - swarm.position[at])) return row;
    }
    return std::nullopt;
  };
  double expected = 0, variance = 0;
  std::size_t from_others = 0, from_better_half = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    const double probability = 0.05 + 0.45 * (std::exp(10.0 * double(row) / 39) - 1) / (std::exp(10.0) - 1);
    expected += probability * dimension;
    variance += probability * (1 - probability) * dimension;
    std::size_t of_row = 0;
    for (std::size_t i = 0; i < dimension; ++i) {
      const auto exemplar = exemplar_of(row * dimension + i);
      REQUIRE(exemplar.has_value());
      of_row += *exemplar != row;
      from_better_half += *exemplar != row && *exemplar < rows / 2;
    }
    CHECK(of_row >= 1);  // somebody else at least once
    from_others += of_row;
  }
  CHECK(std::abs(double(from_others) - expected) < 5 * std::sqrt(variance) + rows * std::pow(0.95, 50));
  // The better one of two comes from the better half with probability 3/4.
  const auto others = double(from_others);
  CHECK(std::abs(double(from_better_half) / others - 0.75) < 5 * std::sqrt(0.75 * 0.25 / others) + 0.02);
}

TEST_CASE("comprehensive_learning_updater keeps the limits of velocities") {
  const std::size_t rows = 9;
  for (const std::size_t dimension : {1U, 12U, 700U}) {
    CAPTURE(dimension);
    Particles swarm(rows, dimension);
    std::vector<double> fitness;
    for (std::size_t row = 0; row < rows; ++row) fitness.insert(fitness.end(), {0.0, double(row)});
    SingleOperator free = swarm.bound(comprehensive_learning_updater_operator());
    free.bind("personal_best_fitness", fitness).run();
    std::vector<double> expected = free.content("velocity");
    for (double& v : expected) v = std::clamp(v, -0.25, 0.25);
    SingleOperator limited = swarm.bound(comprehensive_learning_updater_operator());
    limited.bind("personal_best_fitness", fitness).bind("component_limits", {0.25}, "real").run();
    CHECK(same_bits(limited.content("velocity"), expected));
    CHECK(same_bits(limited.content("position"), added(swarm.position, expected)));
    SingleOperator both = swarm.bound(comprehensive_learning_updater_operator());
    both.bind("personal_best_fitness", fitness).bind("component_limits", {0.25}, "real").bind("velocity_limit", {0.2});
    both.run();
    const std::vector<double> velocity = both.content("velocity");
    CHECK(same_bits(both.content("position"), added(swarm.position, velocity)));
    for (std::size_t row = 0; row < rows; ++row) {
      double squares = 0;
      double squares_before = 0;
      for (std::size_t i = row * dimension; i < (row + 1) * dimension; ++i) {
        squares += velocity[i] * velocity[i];
        squares_before += expected[i] * expected[i];
      }
      CHECK(std::sqrt(squares) == doctest::Approx(std::min(0.2, std::sqrt(squares_before))).epsilon(1e-12));
    }
  }
}

TEST_CASE("comprehensive_learning_updater with one particle learns from itself") {
  Particles swarm(1, 3);
  SingleOperator single = swarm.bound(comprehensive_learning_updater_operator());
  single.bind("personal_best_fitness", {0, 1}).stream("learning", "numbers").run();
  const std::vector<double> r = uniform_draws(1, 3, "numbers");
  for (std::size_t i = 0; i < 3; ++i) {
    const double pull = (1.49445 * r[i]) * (swarm.personal_best[i] - swarm.position[i]);
    CHECK(single.content("velocity")[i] == 0.7298 * swarm.velocity[i] + pull);
  }
}
