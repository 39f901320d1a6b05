#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/src/contract/numbers.hpp"
#include "core/src/contract/single_operator.hpp"
#include "encodings/real_vector/all.hpp"
#include "operators/all.hpp"
#include "skein/encodings/real_vector.hpp"
#include "skein/math.hpp"
#include "skein/operators.hpp"
#include "skein/registry.hpp"
#include "skein/type.hpp"
#include "tests/encodings/draws.hpp"
#include "tests/support/contract.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr std::array<std::size_t, 4> row_counts = {1, 2, 17, 65};
constexpr std::array<std::size_t, 6> dimensions = {1, 7, 10, 30, 100, 600};

struct Swarm {
  std::size_t rows, dimension;
  std::vector<double> position, velocity, personal_best, neighbor_best;
  double inertia = 0.7298, own = 1.49618, informant = 1.49618;
  std::vector<double> velocity_limit, component_limits;

  Swarm(std::size_t row_count, std::size_t coordinates)
      : rows(row_count),
        dimension(coordinates),
        position(some_numbers(rows * dimension, -5, 5, 1)),
        velocity(some_numbers(rows * dimension, -2, 2, 2)),
        personal_best(some_numbers(rows * dimension, -5, 5, 3)) {
    for (std::size_t row = 0; row < rows; ++row) neighbor_best.push_back(double((5 * row + 2) % rows));
  }

  SingleOperator moved() const {
    SingleOperator single(inertia_weight_operator(), rows, dimension);
    single.bind("position", position)
        .bind("velocity", velocity)
        .bind("personal_best", personal_best)
        .bind("neighbor_best", neighbor_best)
        .bind("inertia", {inertia})
        .bind("personal_best_attraction", {own})
        .bind("neighbor_best_attraction", {informant})
        .stream("cognitive", "first numbers")
        .stream("social", "second numbers");
    if (!velocity_limit.empty()) single.bind("velocity_limit", velocity_limit);
    if (!component_limits.empty()) {
      single.bind("component_limits", component_limits, component_limits.size() == 1 ? "real" : "real[d]");
    }
    single.run();
    return single;
  }

  /// Shi and Eberhart's update, one number after the other.
  void move_by_hand() {
    const std::vector<double> first = uniform_draws(rows, dimension, "first numbers");
    const std::vector<double> second = uniform_draws(rows, dimension, "second numbers");
    for (std::size_t row = 0; row < rows; ++row) {
      for (std::size_t i = 0; i < dimension; ++i) {
        const std::size_t at = row * dimension + i;
        const auto informant_row = neighbor_best[row] == double(no_row) ? row : std::size_t(neighbor_best[row]);
        const double g = personal_best[informant_row * dimension + i];
        const double x = position[at];
        double v = inertia * velocity[at];
        v += own * first[at] * (personal_best[at] - x);
        v += informant * second[at] * (g - x);
        if (!component_limits.empty()) {
          const double limit = component_limits[component_limits.size() == 1 ? 0 : i];
          if (v > limit) v = limit;
          if (v < -limit) v = -limit;
        }
        velocity[at] = v;
      }
      limit_length_by_hand(row);
      for (std::size_t i = 0; i < dimension; ++i) position[row * dimension + i] += velocity[row * dimension + i];
    }
  }

  void limit_length_by_hand(std::size_t row) {
    if (velocity_limit.empty()) return;
    double* v = &velocity[row * dimension];
    const double length = std::sqrt(math::sum8(dimension, [&](std::size_t i) { return v[i] * v[i]; }));
    for (std::size_t i = 0; i < dimension && length > velocity_limit[0]; ++i) v[i] *= velocity_limit[0] / length;
  }
};

void check_moves_as_by_hand(Swarm swarm) {
  CAPTURE(swarm.rows);
  CAPTURE(swarm.dimension);
  const SingleOperator single = swarm.moved();
  swarm.move_by_hand();
  CHECK(same_bits(single.content("position"), swarm.position));
  CHECK(same_bits(single.content("velocity"), swarm.velocity));
}

}  // namespace

TEST_CASE("uniform_creator places particles within the bounds, at rest") {
  for (const std::size_t rows : row_counts) {
    for (const std::size_t dimension : dimensions) {
      const std::vector<double> lower = some_numbers(dimension, -3, 1, 1);
      const std::vector<double> upper = some_numbers(dimension, 1, 3, 2);
      const std::vector<double> u = uniform_draws(rows, dimension, "numbers");
      std::vector<double> expected;
      for (std::size_t i = 0; i < rows * dimension; ++i) {
        const double from = lower[i % dimension];
        expected.push_back(from + u[i] * (upper[i % dimension] - from));
      }
      SingleOperator single(uniform_creator_operator(), rows, dimension);
      single.bind("lower", lower).bind("upper", upper).bind("velocity", {7}).stream("", "numbers").run();
      CHECK(same_bits(single.content("position"), expected));
      CHECK(same_bits(single.content("velocity"), std::vector<double>(rows * dimension, 0.0)));
    }
  }
}

TEST_CASE("uniform_creator on equal bounds") {
  SingleOperator single(uniform_creator_operator(), 5, 2);
  single.bind("lower", {0.1, -2}).bind("upper", {0.1, -2}).run();
  CHECK(same_bits(single.content("position"), {0.1, -2, 0.1, -2, 0.1, -2, 0.1, -2, 0.1, -2}));
}

TEST_CASE("inertia_weight moves as the formula says") {
  for (const std::size_t rows : row_counts) {
    for (const std::size_t dimension : dimensions) {
      Swarm swarm(rows, dimension);
      check_moves_as_by_hand(swarm);
      // Everybody has the same informant.
      swarm.neighbor_best.assign(rows, double(rows / 2));
      check_moves_as_by_hand(swarm);
    }
  }
}

TEST_CASE("inertia_weight limits the velocity, its components and both") {
  for (const std::size_t dimension : dimensions) {
    Swarm swarm(17, dimension);
    swarm.component_limits = {0.5};
    check_moves_as_by_hand(swarm);
    swarm.velocity_limit = {0.6};
    check_moves_as_by_hand(swarm);
    swarm.component_limits = some_numbers(dimension, 0, 1, 6);
    check_moves_as_by_hand(swarm);
    swarm.velocity_limit.clear();
    check_moves_as_by_hand(swarm);
  }
}

TEST_CASE("inertia_weight has the defaults of the constricted swarm") {
  const Swarm swarm(17, 7);
  SingleOperator by_default(inertia_weight_operator(), 17, 7);
  by_default.bind("position", swarm.position)
      .bind("velocity", swarm.velocity)
      .bind("personal_best", swarm.personal_best)
      .bind("neighbor_best", swarm.neighbor_best)
      .stream("cognitive", "first numbers")
      .stream("social", "second numbers")
      .run();
  CHECK(same_bits(by_default.content("position"), swarm.moved().content("position")));
}

TEST_CASE("inertia_weight takes the own personal best where there is no informant") {
  Swarm swarm(17, 7);
  swarm.neighbor_best[3] = double(no_row);
  check_moves_as_by_hand(swarm);
}

TEST_CASE("inertia_weight lets NaN show") {
  Swarm swarm(1, 3);
  swarm.velocity = {not_a_number, 1, 1};
  const SingleOperator single = swarm.moved();
  CHECK(std::isnan(single.content("position")[0]));
  CHECK(std::isnan(single.content("velocity")[0]));
  CHECK_FALSE(std::isnan(single.content("position")[1]));
}

TEST_CASE("the update as elementary operators gives the same bits") {
  Swarm swarm(17, 7);
  const auto elementary = [&](const OperatorTable& table, const char* first, const std::vector<double>& a,
                              const char* second, const std::vector<double>& b, const char* result) {
    const char* type = b.size() == 1 ? "real" : "real[n,d]";
    SingleOperator single(table, swarm.rows, swarm.dimension);
    single.bind(first, a).bind(second, b, type).run();
    return single.content(result);
  };
  const auto scaled = [&](const std::vector<double>& vector, const std::vector<double>& scalar) {
    return elementary(scalar_multiply_operator(), "vector", vector, "scalar", scalar, "product");
  };
  const auto sum = [&](const std::vector<double>& a, const std::vector<double>& b) {
    return elementary(vector_add_operator(), "first", a, "second", b, "sum");
  };
  const auto difference = [&](const std::vector<double>& a, const std::vector<double>& b) {
    return elementary(vector_subtract_operator(), "minuend", a, "subtrahend", b, "difference");
  };
  SingleOperator gathered(gather_operator(), swarm.rows, swarm.dimension);
  gathered.bind("source", swarm.personal_best).bind("rows", swarm.neighbor_best).run();

  const std::vector<double> cognitive =
      scaled(uniform_draws(swarm.rows, swarm.dimension, "first numbers"), {swarm.own});
  const std::vector<double> social =
      scaled(uniform_draws(swarm.rows, swarm.dimension, "second numbers"), {swarm.informant});
  const std::vector<double> to_own = scaled(difference(swarm.personal_best, swarm.position), cognitive);
  const std::vector<double> to_informant = scaled(difference(gathered.content("values"), swarm.position), social);
  const std::vector<double> velocity = sum(sum(scaled(swarm.velocity, {swarm.inertia}), to_own), to_informant);

  const SingleOperator fused = swarm.moved();
  CHECK(same_bits(fused.content("velocity"), velocity));
  CHECK(same_bits(fused.content("position"), sum(swarm.position, velocity)));
}

TEST_CASE("the encoding's operators keep the contract") {
  Registry registry;
  registry.begin_plugin("real_vector");
  register_real_vector(registry);
  REQUIRE(registry.diagnostics().empty());
  CHECK(registry.operators().size() >= 2);
  for (const auto& entry : registry.operators()) {
    ContractInput input;
    input.domains["lower"] = {-6, -5};
    input.domains["upper"] = {5, 6};
    check_contract(*entry.content, input);
  }
}

TEST_CASE("the encoding offers operators that are registered") {
  Registry registry;
  registry.begin_plugin("operators");
  register_operators(registry);
  registry.begin_plugin("real_vector");
  register_real_vector(registry);
  const EncodingSpec* encoding = registry.find_encoding("real_vector");
  REQUIRE(encoding != nullptr);
  CHECK(encoding->solution == "real[d]");
  for (const Offer& offer : encoding->offers) {
    CAPTURE(offer.name);
    if (offer.name == "local_search") continue;  // of a plugin of its own, which may be absent
    const OperatorTable* table = registry.find_operator(offer.name);
    REQUIRE(table != nullptr);
    CHECK(std::ranges::count(table->roles, offer.role) == 1);
  }
}
