#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "core/src/contract/numbers.hpp"
#include "core/src/contract/single_operator.hpp"
#include "encodings/binary_vector/all.hpp"
#include "operators/all.hpp"
#include "skein/encodings/binary_vector.hpp"
#include "skein/math.hpp"
#include "skein/registry.hpp"
#include "skein/type.hpp"
#include "tests/support/contract.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

constexpr std::size_t row_counts[] = {1, 2, 17, 65};
constexpr std::size_t dimensions[] = {1, 7, 30, 600};

std::vector<double> draws(std::size_t rows, std::size_t dimension, const char* name) {
  SingleOperator single(uniform_random_vector_operator(), rows, dimension);
  single.stream("", name).run();
  return single.content("values");
}

std::vector<double> some_bits(std::size_t count, std::uint64_t seed) {
  std::vector<double> bits = some_numbers(count, -1, 1, seed);
  for (double& bit : bits) bit = bit > 0 ? 1 : 0;
  return bits;
}

struct BitSwarm {
  std::size_t rows, dimension;
  std::vector<double> position, velocity, personal_best, neighbor_best, limits;
  double limit_of_algorithm = 1e300;
  double inertia = 0.9, own = 2, informant = 1.5;

  BitSwarm(std::size_t row_count, std::size_t bits)
      : rows(row_count),
        dimension(bits),
        position(some_bits(rows * dimension, 1)),
        velocity(some_numbers(rows * dimension, -5, 5, 2)),
        personal_best(some_bits(rows * dimension, 3)),
        limits(some_numbers(dimension, 1, 4, 4)) {
    for (std::size_t row = 0; row < rows; ++row) neighbor_best.push_back(double((5 * row + 2) % rows));
    neighbor_best.back() = double(no_row);
  }

  [[nodiscard]] SingleOperator moved(const OperatorTable& updater, const char* transfer = nullptr) const {
    SingleOperator single(updater, rows, dimension);
    if (transfer != nullptr) single.parameter("transfer", transfer);
    single.bind("position", position)
        .bind("velocity", velocity)
        .bind("personal_best", personal_best)
        .bind("neighbor_best", neighbor_best)
        .bind("inertia", {inertia})
        .bind("personal_best_attraction", {own})
        .bind("neighbor_best_attraction", {informant})
        .bind("limit", limits, "real[d]")
        .bind("component_limits", {limit_of_algorithm}, "real")
        .stream("cognitive", "first numbers")
        .stream("social", "second numbers")
        .stream("bits", "third numbers")
        .run();
    return single;
  }

  /// One number after the other; `next(x, v, u)` is the new bit.
  template <class Next>
  void move_by_hand(Next next) {
    const std::vector<double> r1 = draws(rows, dimension, "first numbers");
    const std::vector<double> r2 = draws(rows, dimension, "second numbers");
    const std::vector<double> u = draws(rows, dimension, "third numbers");
    for (std::size_t at = 0; at < position.size(); ++at) {
      const std::size_t row = at / dimension;
      const std::size_t i = at % dimension;
      const auto other = neighbor_best[row] == double(no_row) ? row : std::size_t(neighbor_best[row]);
      double v = inertia * velocity[at];
      v += own * r1[at] * (personal_best[at] - position[at]);
      v += informant * r2[at] * (personal_best[other * dimension + i] - position[at]);
      if (v > limits[i]) v = limits[i];
      if (v < -limits[i]) v = -limits[i];
      velocity[at] = v;
      position[at] = next(position[at], v, u[at]);
    }
  }
};

template <class Next>
void check_updater(const OperatorTable& updater, const char* transfer, Next next) {
  for (const std::size_t rows : row_counts) {
    for (const std::size_t dimension : dimensions) {
      BitSwarm swarm(rows, dimension);
      const SingleOperator single = swarm.moved(updater, transfer);
      swarm.move_by_hand(next);
      CHECK(same_bits(single.content("position"), swarm.position));
      CHECK(same_bits(single.content("velocity"), swarm.velocity));
    }
  }
}

/// The share of ones after one update of resting attractions, from bits that are all `bit`, at one velocity.
double share_of_ones(const OperatorTable& updater, double bit, double velocity, const char* transfer = nullptr) {
  BitSwarm swarm(500, 40);
  std::ranges::fill(swarm.position, bit);
  std::ranges::fill(swarm.velocity, velocity);
  swarm.inertia = 1;
  swarm.own = swarm.informant = 0;
  swarm.limits = {100};
  SingleOperator single(updater, swarm.rows, swarm.dimension);
  if (transfer != nullptr) single.parameter("transfer", transfer);
  single.bind("position", swarm.position)
      .bind("velocity", swarm.velocity)
      .bind("inertia", {1})
      .bind("personal_best_attraction", {0})
      .bind("neighbor_best_attraction", {0})
      .bind("limit", {100}, "real")
      .run();
  double ones = 0;
  for (const double value : single.content("position")) ones += value;
  return ones / double(swarm.position.size());
}

/// Within five standard deviations of a share of 20000.
bool is_near(double share, double probability) {
  return std::abs(share - probability) <= 5 * std::sqrt(probability * (1 - probability) / 20000) + 1e-12;
}

}  // namespace

TEST_CASE("sigmoid_updater sets bits as by hand") {
  check_updater(sigmoid_updater_operator(), nullptr,
                [](double, double v, double u) { return u < 1 / (1 + math::exp(-v)) ? 1.0 : 0.0; });
}

TEST_CASE("v_shaped_updater changes bits as by hand") {
  check_updater(v_shaped_updater_operator(), "hyperbolic_tangent", [](double x, double v, double u) {
    const double e = math::exp(-2 * std::abs(v));
    return u < (1 - e) / (1 + e) ? 1 - x : x;
  });
  check_updater(v_shaped_updater_operator(), "square_root",
                [](double x, double v, double u) { return u < std::abs(v) / std::sqrt(1 + v * v) ? 1 - x : x; });
}

TEST_CASE("bits are set and changed with the probabilities of the papers") {
  for (const double v : {-6.0, -2.0, -0.5, 0.0, 0.5, 1.0, 4.0}) {
    CAPTURE(v);
    const double sigmoid = 1 / (1 + std::exp(-v));
    for (const double bit : {0.0, 1.0}) {
      CHECK(is_near(share_of_ones(sigmoid_updater_operator(), bit, v), sigmoid));
      const auto expected = [bit](double change) { return bit == 1 ? 1 - change : change; };
      CHECK(is_near(share_of_ones(v_shaped_updater_operator(), bit, v), expected(std::abs(std::tanh(v)))));
      CHECK(is_near(share_of_ones(v_shaped_updater_operator(), bit, v, "square_root"),
                    expected(std::abs(v / std::sqrt(1 + v * v)))));
    }
  }
}

TEST_CASE("updaters of bits take the smaller one of their limit and the algorithm's") {
  for (const OperatorTable* updater : {&sigmoid_updater_operator(), &v_shaped_updater_operator()}) {
    const auto velocity = [&](double limit, double of_algorithm) {
      BitSwarm swarm(7, 33);
      swarm.limits.assign(33, limit);
      swarm.limit_of_algorithm = of_algorithm;
      return swarm.moved(*updater).content("velocity");
    };
    CHECK(same_bits(velocity(0.5, 2), velocity(0.5, 1e300)));
    CHECK(same_bits(velocity(2, 0.5), velocity(0.5, 1e300)));
    CHECK_FALSE(same_bits(velocity(2, 0.5), velocity(2, 1e300)));
  }
}

TEST_CASE("the limits of velocities are those of the literature") {
  for (const auto& [updater, limit] :
       {std::pair{&sigmoid_updater_operator(), 4.0}, std::pair{&v_shaped_updater_operator(), 6.0}}) {
    SingleOperator single(*updater, 2, 3);
    single.bind("velocity", {50, -50, 1, 0, 2, -2}).bind("inertia", {1}).run();
    CHECK(same_bits(single.content("velocity"), {limit, -limit, 1, 0, 2, -2}));
  }
}

TEST_CASE("random_bits_creator and uniform_velocity draw what they say") {
  for (const std::size_t rows : row_counts) {
    for (const std::size_t dimension : dimensions) {
      const std::vector<double> u = draws(rows, dimension, "numbers");
      std::vector<double> bits;
      std::vector<double> velocity;
      const std::vector<double> limit = some_numbers(dimension, 0, 3, 1);
      for (std::size_t at = 0; at < u.size(); ++at) {
        bits.push_back(u[at] < 0.5 ? 1 : 0);
        velocity.push_back((2 * u[at] - 1) * limit[at % dimension]);
      }
      SingleOperator creator(random_bits_creator_operator(), rows, dimension);
      creator.bind("velocity", {7}).stream("", "numbers").run();
      CHECK(same_bits(creator.content("position"), bits));
      CHECK(same_bits(creator.content("velocity"), std::vector<double>(rows * dimension, 0.0)));
      SingleOperator push(uniform_velocity_operator(), rows, dimension);
      push.bind("limit", limit).stream("", "numbers").run();
      CHECK(same_bits(push.content("velocity"), velocity));
    }
  }
}

TEST_CASE("solutions of binary_vector are read as bits") {
  Registry registry;
  registry.begin_plugin("binary_vector");
  register_binary_vector(registry);
  REQUIRE(registry.diagnostics().empty());
  const EncodingSpec& encoding = *registry.find_encoding("binary_vector");
  std::vector<std::uint8_t> bits(3, 9);
  const ColumnView part{reinterpret_cast<std::byte*>(bits.data()), 3, 3, Element::binary};
  PortView view;
  view.parts = &part;
  view.part_count = 1;
  view.rows = 1;
  CHECK_FALSE(read_solution(encoding, std::vector<double>{1, 0, 1}, view).has_value());
  CHECK(bits == std::vector<std::uint8_t>{1, 0, 1});
  CHECK(shown_solution(encoding.show, view) == Value(List{1, 0, 1}));
  for (const double wrong : {2.0, -1.0, 0.5}) {
    const auto mistake = read_solution(encoding, std::vector<double>{1, wrong, 1}, view);
    REQUIRE(mistake.has_value());
    CHECK(mistake->index == 1);
    CHECK(mistake->expected == "0 or 1");
  }
}

TEST_CASE("contract of every operator of binary_vector") {
  for (const OperatorTable* table : {&random_bits_creator_operator(), &uniform_velocity_operator(),
                                     &sigmoid_updater_operator(), &v_shaped_updater_operator()}) {
    CAPTURE(table->name);
    check_contract(*table);
  }
}
