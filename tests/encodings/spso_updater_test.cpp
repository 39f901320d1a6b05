// The updaters of Standard PSO 2007 and 2011 against scalar versions of Clerc's formulas.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "core/src/contract/numbers.hpp"
#include "core/src/contract/single_operator.hpp"
#include "encodings/real_vector/all.hpp"
#include "operators/all.hpp"
#include "skein/math.hpp"
#include "skein/type.hpp"

using namespace skein;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

/// The numbers of the stream `name`, as another operator draws them.
std::vector<double> draws(const OperatorTable& table, std::size_t rows, std::size_t dimension, const char* name,
                          const char* type = "real[n,d]") {
  SingleOperator single(table, rows, dimension);
  single.bind("values", {}, type).stream("", name).run();
  return single.content("values");
}

double norm(const std::vector<double>& x) {
  return std::sqrt(math::sum8(x.size(), [&](std::size_t i) { return x[i] * x[i]; }));
}

enum class Version { spso_2007, spso_2011 };
constexpr std::array<Version, 2> versions = {Version::spso_2007, Version::spso_2011};

struct Swarm {
  Version version;
  std::size_t rows, dimension;
  std::vector<double> position, velocity, personal_best, neighbor_best, lower, upper;
  double inertia = 0.7, own = 1.2, informant = 1.3;
  std::vector<double> maximum_velocity;

  Swarm(Version chosen, std::size_t row_count, std::size_t coordinates)
      : version(chosen),
        rows(row_count),
        dimension(coordinates),
        position(some_numbers(rows * dimension, -5, 5, 1)),
        velocity(some_numbers(rows * dimension, -2, 2, 2)),
        personal_best(some_numbers(rows * dimension, -5, 5, 3)),
        lower(some_numbers(dimension, -5.5, -5, 4)),
        upper(some_numbers(dimension, 5, 5.5, 5)) {
    for (std::size_t row = 0; row < rows; ++row) neighbor_best.push_back(double((row + 1) % rows));
  }

  [[nodiscard]] const OperatorTable& table() const {
    return version == Version::spso_2007 ? spso_2007_updater_operator() : spso_2011_updater_operator();
  }

  /// With all ports bound but the coefficients, which have defaults.
  [[nodiscard]] SingleOperator bound() const {
    SingleOperator single(table(), rows, dimension);
    single.bind("position", position)
        .bind("velocity", velocity)
        .bind("personal_best", personal_best)
        .bind("neighbor_best", neighbor_best)
        .bind("lower", lower)
        .bind("upper", upper)
        .stream(version == Version::spso_2007 ? "cognitive" : "direction", "first numbers")
        .stream(version == Version::spso_2007 ? "social" : "radius", "second numbers");
    if (!maximum_velocity.empty()) {
      single.bind("maximum_velocity", maximum_velocity, maximum_velocity.size() == 1 ? "real" : "real[n]");
    }
    return single;
  }

  [[nodiscard]] SingleOperator moved() const {
    SingleOperator single = bound();
    single.bind("inertia", {inertia})
        .bind("personal_best_attraction", {own})
        .bind("neighbor_best_attraction", {informant})
        .run();
    return single;
  }

  [[nodiscard]] bool informs_itself(std::size_t row) const {
    return neighbor_best[row] == double(row) || neighbor_best[row] == double(no_row);
  }
  [[nodiscard]] double x(std::size_t row, std::size_t i) const { return position[row * dimension + i]; }
  [[nodiscard]] double p(std::size_t row, std::size_t i) const { return personal_best[row * dimension + i]; }
  [[nodiscard]] double g(std::size_t row, std::size_t i) const {
    return personal_best[(informs_itself(row) ? row : std::size_t(neighbor_best[row])) * dimension + i];
  }

  /// The way to the centre, in the order that the updater promises.
  [[nodiscard]] std::vector<double> way_to_centre(std::size_t row) const {
    std::vector<double> way;
    for (std::size_t i = 0; i < dimension; ++i) {
      const double to_own = own * (p(row, i) - x(row, i));
      const double to_informant = informant * (g(row, i) - x(row, i));
      way.push_back(informs_itself(row) ? to_own / 2 : (to_own + to_informant) * (1.0 / 3.0));
    }
    return way;
  }

  [[nodiscard]] std::vector<double> new_velocities_2011() const {
    const std::vector<double> normal = draws(normal_random_vector_operator(), rows, dimension, "first numbers");
    const std::vector<double> uniform =
        draws(uniform_random_vector_operator(), rows, dimension, "second numbers", "real[n]");
    std::vector<double> result;
    for (std::size_t row = 0; row < rows; ++row) {
      const auto begin = normal.begin() + std::ptrdiff_t(row * dimension);
      const std::vector<double> direction(begin, begin + std::ptrdiff_t(dimension));
      const std::vector<double> way = way_to_centre(row);
      const double radius = uniform[row] * norm(way);
      for (std::size_t i = 0; i < dimension; ++i) {
        const double offset = direction[i] * (radius / norm(direction));
        result.push_back(inertia * velocity[row * dimension + i] + (way[i] + offset));
      }
    }
    return result;
  }

  [[nodiscard]] std::vector<double> new_velocities_2007() const {
    const std::vector<double> first = draws(uniform_random_vector_operator(), rows, dimension, "first numbers");
    const std::vector<double> second = draws(uniform_random_vector_operator(), rows, dimension, "second numbers");
    std::vector<double> result;
    for (std::size_t row = 0; row < rows; ++row) {
      for (std::size_t i = 0; i < dimension; ++i) {
        const std::size_t at = row * dimension + i;
        double v = inertia * velocity[at];
        v += (p(row, i) - x(row, i)) * own * first[at];
        if (!informs_itself(row)) v += (g(row, i) - x(row, i)) * informant * second[at];
        result.push_back(v);
      }
    }
    return result;
  }

  void move_by_hand() {
    velocity = version == Version::spso_2007 ? new_velocities_2007() : new_velocities_2011();
    for (std::size_t row = 0; row < rows; ++row) {
      const auto begin = velocity.begin() + std::ptrdiff_t(row * dimension);
      const double length = norm(std::vector<double>(begin, begin + std::ptrdiff_t(dimension)));
      for (std::size_t i = 0; i < dimension; ++i) {
        double& v = velocity[row * dimension + i];
        double& moved = position[row * dimension + i];
        if (!maximum_velocity.empty()) {
          const double limit = maximum_velocity[maximum_velocity.size() == 1 ? 0 : row];
          if (length > limit) v *= limit / length;
        }
        moved += v;
        const double beyond = version == Version::spso_2007 ? 0 : -0.5 * v;
        if (moved < lower[i]) {
          moved = lower[i];
          v = beyond;
        }
        if (moved > upper[i]) {
          moved = upper[i];
          v = beyond;
        }
      }
    }
  }
};

void check_moves_as_by_hand(Swarm swarm) {
  CAPTURE(int(swarm.version));
  CAPTURE(swarm.rows);
  CAPTURE(swarm.dimension);
  const SingleOperator single = swarm.moved();
  swarm.move_by_hand();
  CHECK(same_bits(single.content("position"), swarm.position));
  CHECK(same_bits(single.content("velocity"), swarm.velocity));
}

bool all_finite(const std::vector<double>& numbers) {
  return std::ranges::all_of(numbers, [](double number) { return std::isfinite(number); });
}

void check_finite(const Swarm& swarm) {
  CAPTURE(int(swarm.version));
  const SingleOperator single = swarm.moved();
  CHECK(all_finite(single.content("position")));
  CHECK(all_finite(single.content("velocity")));
}

}  // namespace

TEST_CASE("SPSO updaters move as the formulas say") {
  for (const Version version : versions) {
    for (const std::size_t rows : {1U, 2U, 17U, 65U}) {
      for (const std::size_t dimension : {1U, 7U, 8U, 30U}) check_moves_as_by_hand(Swarm(version, rows, dimension));
    }
    check_moves_as_by_hand(Swarm(version, 40, 100));
    check_moves_as_by_hand(Swarm(version, 3, 3000));
  }
}

TEST_CASE("SPSO updaters: a particle that is its own best informant") {
  for (const Version version : versions) {
    for (const std::size_t dimension : {1U, 7U, 30U}) {
      Swarm swarm(version, 17, dimension);
      swarm.neighbor_best[3] = 3;
      swarm.neighbor_best[4] = double(no_row);
      check_moves_as_by_hand(swarm);
      const SingleOperator own_row = swarm.moved();
      swarm.neighbor_best[3] = double(no_row);
      CHECK(same_bits(swarm.moved().content("position"), own_row.content("position")));
      swarm.neighbor_best[3] = 7;
      CHECK_FALSE(same_bits(swarm.moved().content("position"), own_row.content("position")));
    }
  }
}

TEST_CASE("SPSO updaters at the bounds") {
  for (const Version version : versions) {
    Swarm swarm(version, 17, 7);
    swarm.lower = some_numbers(7, -1, -0.5, 6);
    swarm.upper = some_numbers(7, 0.5, 1, 7);
    check_moves_as_by_hand(swarm);
    swarm.upper = swarm.lower;
    check_moves_as_by_hand(swarm);
  }
}

TEST_CASE("SPSO updaters: what is left of a velocity at a bound") {
  for (const Version version : versions) {
    Swarm swarm(version, 2, 2);
    swarm.inertia = 0.5;
    swarm.own = 0;
    swarm.informant = 0;
    swarm.lower = {-1, -1};
    swarm.upper = {1, 1};
    swarm.position = {0, 0, 1, -1};
    swarm.velocity = {6, -8, 0, 0};
    const SingleOperator single = swarm.moved();
    CHECK(same_bits(single.content("position"), {1, -1, 1, -1}));
    const bool stops = version == Version::spso_2007;
    CHECK(same_bits(single.content("velocity"), {stops ? 0.0 : -1.5, stops ? 0.0 : 2.0, 0, 0}));
  }
}

TEST_CASE("SPSO updaters limit the length of the velocity, not its components") {
  for (const Version version : versions) {
    for (const std::size_t dimension : {1U, 7U, 30U}) {
      Swarm swarm(version, 17, dimension);
      swarm.maximum_velocity = {0.5};
      check_moves_as_by_hand(swarm);
      const std::vector<double> velocity = swarm.moved().content("velocity");
      for (std::size_t row = 0; row < swarm.rows; ++row) {
        const auto begin = velocity.begin() + std::ptrdiff_t(row * dimension);
        CHECK(norm(std::vector<double>(begin, begin + std::ptrdiff_t(dimension))) <= 0.5 * (1 + 1e-15));
      }
      swarm.maximum_velocity = some_numbers(swarm.rows, 0, 5, 6);
      check_moves_as_by_hand(swarm);
      swarm.maximum_velocity = {infinity};
      const SingleOperator unlimited = swarm.moved();
      swarm.maximum_velocity.clear();
      CHECK(same_bits(swarm.moved().content("position"), unlimited.content("position")));
      swarm.maximum_velocity = {0};
      CHECK(same_bits(swarm.moved().content("position"), swarm.position));
    }
  }
}

TEST_CASE("SPSO updaters have Clerc's coefficients by default") {
  for (const Version version : versions) {
    Swarm swarm(version, 17, 7);
    SingleOperator by_default = swarm.bound();
    by_default.run();
    swarm.inertia = 0.721;
    swarm.own = 1.193;
    swarm.informant = 1.193;
    CHECK(same_bits(by_default.content("position"), swarm.moved().content("position")));
  }
}

TEST_CASE("SPSO 2011 puts particles where the paper does") {
  for (const std::size_t dimension : {1U, 7U, 30U}) {
    Swarm swarm(Version::spso_2011, 17, dimension);
    swarm.informant = swarm.own;
    swarm.neighbor_best[3] = 3;
    swarm.lower.assign(dimension, -1e3);
    swarm.upper.assign(dimension, 1e3);
    const std::vector<double> normal = draws(normal_random_vector_operator(), 17, dimension, "first numbers");
    const std::vector<double> uniform =
        draws(uniform_random_vector_operator(), 17, dimension, "second numbers", "real[n]");
    const SingleOperator single = swarm.moved();
    const std::vector<double> position = single.content("position");
    const std::vector<double> velocity = single.content("velocity");
    for (std::size_t row = 0; row < swarm.rows; ++row) {
      std::vector<double> centre;
      double squared_radius = 0, squared_length = 0;
      for (std::size_t i = 0; i < dimension; ++i) {
        const double x = swarm.x(row, i);
        const double own = x + swarm.own * (swarm.p(row, i) - x);
        const double informant = x + swarm.own * (swarm.g(row, i) - x);
        centre.push_back(row == 3 ? (x + own) / 2 : (x + own + informant) / 3);
        squared_radius += (centre[i] - x) * (centre[i] - x);
        squared_length += normal[row * dimension + i] * normal[row * dimension + i];
      }
      for (std::size_t i = 0; i < dimension; ++i) {
        const std::size_t at = row * dimension + i;
        const double radius = uniform[row] * std::sqrt(squared_radius);
        const double point = centre[i] + radius * normal[at] / std::sqrt(squared_length);
        // Numbers below 100 in a few operations: 1e-12 are some 50 roundings.
        CHECK(std::abs(velocity[at] - (swarm.inertia * swarm.velocity[at] + point - swarm.x(row, i))) < 1e-12);
        CHECK(std::abs(position[at] - (swarm.inertia * swarm.velocity[at] + point)) < 1e-12);
      }
    }
  }
}

TEST_CASE("SPSO 2011 draws points of the ball with uniform distance and without preferred direction") {
  for (const std::size_t dimension : {2U, 3U, 10U}) {
    CAPTURE(dimension);
    const std::size_t rows = 20001;
    Swarm swarm(Version::spso_2011, rows, dimension);
    swarm.inertia = 0;
    swarm.lower.assign(dimension, -1e3);
    swarm.upper.assign(dimension, 1e3);
    swarm.neighbor_best.assign(rows, 0);  // the first row informs itself and is left out
    const std::vector<double> velocity = swarm.moved().content("velocity");

    std::vector<double> distances;
    std::vector<double> first(dimension), second(dimension * dimension), along(dimension);
    for (std::size_t row = 1; row < rows; ++row) {
      const std::vector<double> way = swarm.way_to_centre(row);
      std::vector<double> offset;
      for (std::size_t i = 0; i < dimension; ++i) offset.push_back(velocity[row * dimension + i] - way[i]);
      const double length = norm(offset);
      distances.push_back(length / norm(way));
      for (std::size_t i = 0; i < dimension; ++i) {
        first[i] += offset[i] / length;
        along[i] += offset[i] / norm(way);
        for (std::size_t j = 0; j < dimension; ++j) {
          second[i * dimension + j] += offset[i] / length * (offset[j] / length);
        }
      }
    }
    const auto count = double(rows - 1);
    const auto d = double(dimension);

    // Kolmogorov: the largest gap times sqrt(count) exceeds 2.74 with a probability of 2 exp(-2 * 2.74^2) = 6e-7.
    std::ranges::sort(distances);
    double gap = 0;
    for (std::size_t k = 0; k < distances.size(); ++k) {
      gap = std::max({gap, double(k + 1) / count - distances[k], distances[k] - double(k) / count});
    }
    CHECK(gap * std::sqrt(count) < 2.74);

    // A random unit vector e: E e_i = 0, E e_i^2 = 1/d, E e_i^4 = 3 / (d (d + 2)), E e_i^2 e_j^2 = 1 / (d (d + 2)).
    // With u uniform: E (u e_i)^2 = 1 / (3 d). Limits are five deviations.
    for (std::size_t i = 0; i < dimension; ++i) {
      CHECK(std::abs(first[i] / count) < 5 * std::sqrt(1 / d / count));
      CHECK(std::abs(along[i] / count) < 5 * std::sqrt(1 / (3 * d) / count));
      for (std::size_t j = 0; j < dimension; ++j) {
        const double expected = i == j ? 1 / d : 0;
        const double variance = (i == j ? 3 : 1) / (d * (d + 2)) - expected * expected;
        CHECK(std::abs(second[i * dimension + j] / count - expected) < 5 * std::sqrt(variance / count));
      }
    }
  }
}

TEST_CASE("SPSO updaters: only inertia is left where a particle stands on all bests") {
  for (const Version version : versions) {
    Swarm swarm(version, 2, 7);
    std::copy_n(swarm.position.begin(), 7, swarm.position.begin() + 7);
    swarm.personal_best = swarm.position;
    std::vector<double> expected;
    for (const double v : swarm.velocity) expected.push_back(swarm.inertia * v);
    swarm.lower.assign(7, -1e3);
    swarm.upper.assign(7, 1e3);
    CHECK(same_bits(swarm.moved().content("velocity"), expected));
    swarm.velocity.assign(14, 0);
    CHECK(same_bits(swarm.moved().content("position"), swarm.position));
  }
}

TEST_CASE("SPSO updaters make no NaN of bounds without width") {
  for (const Version version : versions) {
    Swarm swarm(version, 3, 2);
    swarm.lower = {0.1, -2};
    swarm.upper = {0.1, -2};
    swarm.position = {0.1, -2, 0.1, -2, 0.1, -2};
    check_finite(swarm);
    CHECK(same_bits(swarm.moved().content("position"), swarm.position));
    swarm.personal_best = swarm.position;
    check_finite(swarm);
  }
}

TEST_CASE("SPSO updaters make no NaN of huge, tiny and infinite numbers") {
  for (const Version version : versions) {
    for (const double size : {8e307, 1e200, 1e-200, 1e-310}) {
      CAPTURE(size);
      Swarm swarm(version, 17, 7);
      for (auto* numbers : {&swarm.position, &swarm.velocity, &swarm.personal_best, &swarm.lower, &swarm.upper}) {
        for (double& number : *numbers) number *= size / 6;
      }
      swarm.neighbor_best[3] = 3;
      check_finite(swarm);
      swarm.maximum_velocity = {size / 100};
      check_finite(swarm);
    }
    Swarm swarm(version, 17, 7);
    for (std::size_t i = 0; i < 7; ++i) swarm.personal_best[7 * 5 + i] = i % 2 == 0 ? infinity : -infinity;
    for (std::size_t i = 0; i < 7; ++i) swarm.velocity[7 * 9 + i] = i % 2 == 0 ? infinity : -infinity;
    check_finite(swarm);
    swarm.neighbor_best[5] = 5;
    swarm.inertia = 0;
    check_finite(swarm);
    swarm.maximum_velocity = {1};
    check_finite(swarm);
  }
}

TEST_CASE("SPSO 2011 keeps the shape of its ball where squares overflow or underflow") {
  Swarm swarm(Version::spso_2011, 17, 7);
  const std::vector<double> velocity = swarm.moved().content("velocity");
  for (const double scale : {0x1p600, 0x1p-600}) {
    Swarm scaled = swarm;
    for (auto* numbers : {&scaled.position, &scaled.velocity, &scaled.personal_best, &scaled.lower, &scaled.upper}) {
      for (double& number : *numbers) number *= scale;
    }
    const std::vector<double> found = scaled.moved().content("velocity");
    for (std::size_t i = 0; i < found.size(); ++i) CHECK(std::abs(found[i] / scale - velocity[i]) < 1e-13);
  }
}

TEST_CASE("SPSO updaters let NaN show") {
  for (const Version version : versions) {
    Swarm swarm(version, 3, 3);
    swarm.position[0] = not_a_number;
    swarm.maximum_velocity = {1};
    const SingleOperator single = swarm.moved();
    CHECK(std::isnan(single.content("position")[0]));
    CHECK(std::isnan(single.content("velocity")[0]));
    CHECK(std::isnan(single.content("position")[1]) == (version == Version::spso_2011));
    for (std::size_t i = 3; i < 9; ++i) CHECK_FALSE(std::isnan(single.content("position")[i]));
  }
}
