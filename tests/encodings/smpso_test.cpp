// The particle update of SMPSO and polynomial mutation, against plain versions.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "encodings/real_vector/all.hpp"
#include "tests/encodings/draws.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

constexpr std::size_t rows = 300;
constexpr std::size_t dimension = 5;

struct Swarm {
  std::vector<double> position = some_numbers(rows * dimension, -2, 3, 1);
  std::vector<double> velocity = some_numbers(rows * dimension, -1, 1, 2);
  std::vector<double> personal_best = some_numbers(rows * dimension, -2, 3, 3);
  std::vector<double> leader = some_numbers(rows * dimension, -2, 3, 4);
  std::vector<double> lower = {-2, -1, -2, -2, -0.5};
  std::vector<double> upper = {3, 1, 3, 3, 0.5};
};

SingleOperator moved(const Swarm& swarm, bool reflect) {
  SingleOperator single(smpso_updater_operator(), rows, dimension);
  single.bind("position", swarm.position).bind("velocity", swarm.velocity);
  single.bind("personal_best", swarm.personal_best).bind("leader", swarm.leader);
  single.bind("lower", swarm.lower).bind("upper", swarm.upper).bind("inertia", {0.1});
  single.bind("least_attraction", {1.5}).bind("greatest_attraction", {2.5});
  single.parameter("reflect", reflect).stream("", "moves").run();
  return single;
}

double mutated_plainly(double x, double low, double high, double u, double eta) {
  const double a = (x - low) / (high - low);
  const double b = (high - x) / (high - low);
  const double delta = u <= 0.5 ? std::pow(2 * u + (1 - 2 * u) * std::pow(1 - a, eta + 1), 1 / (eta + 1)) - 1
                                : 1 - std::pow(2 * (1 - u) + 2 * (u - 0.5) * std::pow(1 - b, eta + 1), 1 / (eta + 1));
  return std::min(std::max(x + delta * (high - low), low), high);
}

}  // namespace

TEST_CASE("smpso_updater moves as the paper says") {
  const Swarm swarm;
  const std::vector<double> u = uniform_draws(rows, 4, "moves");
  bool some_reflected = false;
  for (const bool reflect : {true, false}) {
    const SingleOperator single = moved(swarm, reflect);
    const auto position = single.content("position");
    const auto velocity = single.content("velocity");
    for (std::size_t i = 0; i < rows * dimension; ++i) {
      const double* draw = u.data() + i / dimension * 4;
      const double c1 = 1.5 + draw[0];
      const double c2 = 1.5 + draw[1];
      const double phi = c1 + c2;
      double chi = 1;
      if (phi > 4) chi = 2 / (2 - phi - std::sqrt(phi * phi - 4 * phi));
      some_reflected = some_reflected || chi < 0;
      if (!reflect) chi = std::abs(chi);
      const std::size_t k = i % dimension;
      const double limit = (swarm.upper[k] - swarm.lower[k]) / 2;
      const double x = swarm.position[i];
      const double wanted = chi * (0.1 * swarm.velocity[i] + c1 * draw[2] * (swarm.personal_best[i] - x) +
                                   c2 * draw[3] * (swarm.leader[i] - x));
      const double expected = std::clamp(wanted, -limit, limit);
      CHECK(velocity[i] == doctest::Approx(expected).epsilon(1e-12));
      CHECK(position[i] == x + velocity[i]);
    }
  }
  CHECK(some_reflected);
}

TEST_CASE("smpso_updater keeps a NaN") {
  Swarm swarm;
  swarm.velocity[3] = std::numeric_limits<double>::quiet_NaN();
  const SingleOperator single = moved(swarm, true);
  CHECK(std::isnan(single.content("velocity")[3]));
  CHECK(std::isnan(single.content("position")[3]));
  CHECK(!std::isnan(single.content("position")[4]));
}

TEST_CASE("polynomial_mutation changes components as printed, and nothing where it is told so") {
  Swarm swarm;
  for (std::size_t i = 0; i < swarm.position.size(); ++i) {
    const std::size_t k = i % dimension;
    swarm.position[i] = std::clamp(swarm.position[i], swarm.lower[k], swarm.upper[k]);
  }
  const auto changed = [&](double share, double probability, double eta) {
    SingleOperator single(polynomial_mutation_operator(), rows, dimension);
    single.bind("position", swarm.position).bind("lower", swarm.lower).bind("upper", swarm.upper);
    single.bind("share", {share}).bind("probability", {probability}).bind("distribution_index", {eta});
    single.stream("", "mutations").run();
    return single.content("position");
  };
  CHECK(same_bits(changed(0, 1, 20), swarm.position));
  CHECK(same_bits(changed(1, 0, 20), swarm.position));

  // Everything changes: a row takes one number, then one per component, then one more for each.
  const auto all = changed(1, 1, 20);
  const std::size_t per_row = 1 + 2 * dimension;
  const std::size_t group = 256;  // rows that share a key, in 5 and in 11 dimensions
  const auto drawn = uniform_draws(group, per_row, "mutations");
  for (std::size_t row = 0; row < group; ++row) {
    for (std::size_t k = 0; k < dimension; ++k) {
      const std::size_t i = row * dimension + k;
      const double u = drawn[row * per_row + 1 + dimension + k];
      CHECK(all[i] ==
            doctest::Approx(mutated_plainly(swarm.position[i], swarm.lower[k], swarm.upper[k], u, 20)).epsilon(1e-9));
    }
  }

  const auto some = changed(0.15, 0.2, 20);
  std::size_t rows_changed = 0;
  std::size_t components_changed = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    std::size_t in_row = 0;
    for (std::size_t k = 0; k < dimension; ++k) {
      const std::size_t i = row * dimension + k;
      in_row += some[i] != swarm.position[i] ? 1 : 0;
      CHECK(some[i] >= swarm.lower[k]);
      CHECK(some[i] <= swarm.upper[k]);
    }
    rows_changed += in_row > 0 ? 1 : 0;
    components_changed += in_row;
  }
  // 300 * 0.15 * (1 - 0.8^5) = 30 rows and 300 * 0.15 = 45 components on average
  CHECK(rows_changed >= 14);
  CHECK(rows_changed <= 48);
  CHECK(components_changed >= 20);
  CHECK(components_changed <= 72);

  // The larger the index, the nearer.
  const auto distance = [&](double eta) {
    const auto moved_to = changed(1, 1, eta);
    double sum = 0;
    for (std::size_t i = 0; i < moved_to.size(); ++i) sum += std::abs(moved_to[i] - swarm.position[i]);
    return sum;
  };
  CHECK(distance(5) > 1.5 * distance(20));

  swarm.lower = swarm.upper = {1, 1, 1, 1, 1};
  swarm.position.assign(rows * dimension, 1.0);
  CHECK(same_bits(changed(1, 1, 20), swarm.position));
}
