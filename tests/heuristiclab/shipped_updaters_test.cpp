// The shipped updaters compute HeuristicLab's formulas, in another order: one step with the same random numbers.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "core/src/contract/numbers.hpp"
#include "core/src/contract/single_operator.hpp"
#include "encodings/real_vector/all.hpp"
#include "tests/encodings/draws.hpp"
#include "tests/heuristiclab/particle_updates.hpp"
#include "tests/heuristiclab/plain_swarm.hpp"

namespace {

using namespace skein;
using namespace skein::testing;
using heuristiclab::Coefficients;
using heuristiclab::Particle;
using heuristiclab::Version;

constexpr std::size_t rows = 17;
constexpr std::size_t own_best_row = 3;  ///< of the particle that is its own best informant

/// A swarm of random numbers, moved by the shipped operator and by HeuristicLab's formulas.
struct Step {
  Version version;
  std::size_t dimension;
  std::vector<double> position, velocity, personal_best, neighbor_best;
  Coefficients coefficients{.inertia = 0.721, .to_personal_best = 1.193, .to_neighbor_best = 1.3};

  Step(Version chosen, std::size_t coordinates)
      : version(chosen),
        dimension(coordinates),
        position(some_numbers(rows * dimension, -5, 5, 1)),
        velocity(some_numbers(rows * dimension, -2, 2, 2)),
        personal_best(some_numbers(rows * dimension, -5, 5, 3)) {
    for (std::size_t row = 0; row < rows; ++row) {
      neighbor_best.push_back(double(row == own_best_row ? row : (row + 5) % rows));
    }
  }

  /// `as_any_other`: what HeuristicLab does with a particle that is its own best informant; otherwise as Clerc.
  [[nodiscard]] SingleOperator shipped(bool as_any_other) const {
    const bool is_2007 = version == Version::spso_2007;
    SingleOperator single(is_2007 ? spso_2007_updater_operator() : spso_2011_updater_operator(), rows, dimension);
    single.bind("position", position)
        .bind("velocity", velocity)
        .bind("personal_best", personal_best)
        .bind("neighbor_best", neighbor_best)
        .bind("inertia", {coefficients.inertia})
        .bind("personal_best_attraction", {coefficients.to_personal_best})
        .bind("neighbor_best_attraction", {coefficients.to_neighbor_best})
        .bind("velocity_limit", {coefficients.velocity_limit})
        .stream(is_2007 ? "cognitive" : "direction", "first numbers")
        .stream(is_2007 ? "social" : "radius", "second numbers");
    if (as_any_other && is_2007) single.parameter("own_best_pull", "twice");
    if (as_any_other && !is_2007) single.parameter("own_best_centre", "none");
    single.run();
    REQUIRE(single.diagnostics().empty());
    return single;
  }

  [[nodiscard]] Particle particle(std::size_t row) {
    const auto part = [&](std::vector<double>& numbers, std::size_t index) {
      return std::span(numbers).subspan(index * dimension, dimension);
    };
    return {part(position, row), part(velocity, row), part(personal_best, row),
            part(personal_best, std::size_t(neighbor_best[row]))};
  }

  void move_as_heuristiclab() {
    if (version == Version::spso_2007) {
      move_2007();
    } else {
      move_2011();
    }
  }

  void move_2007() {
    const std::vector<double> first = uniform_draws(rows, dimension, "first numbers");
    const std::vector<double> second = uniform_draws(rows, dimension, "second numbers");
    for (std::size_t row = 0; row < rows; ++row) {
      std::size_t next = 2 * row * dimension;
      update_2007(particle(row), coefficients, [&] {
        const double number = next % 2 == 0 ? first[next / 2] : second[next / 2];
        ++next;
        return number;
      });
    }
  }

  void move_2011() {
    const std::vector<double> normal = normal_draws(rows, dimension, "first numbers");
    const std::vector<double> uniform =
        draws(uniform_random_vector_operator(), rows, dimension, "second numbers", "real[n]");
    std::vector<double> direction(dimension), centre(dimension);
    for (std::size_t row = 0; row < rows; ++row) {
      std::size_t next = row * dimension;
      update_2011(
          particle(row), coefficients, [&] { return normal[next++]; }, [&] { return uniform[row]; }, direction, centre);
    }
  }

  /// Largest difference between two rows, relative to the length of the second one.
  [[nodiscard]] double difference(const std::vector<double>& a, const std::vector<double>& b, std::size_t row) const {
    double largest = 0;
    double squares = 0;
    for (std::size_t at = row * dimension; at < (row + 1) * dimension; ++at) {
      largest = std::max(largest, std::abs(a[at] - b[at]));
      squares += b[at] * b[at];
    }
    return largest / std::sqrt(squares);
  }
};

void check_agrees(const Step& step) {
  CAPTURE(int(step.version));
  CAPTURE(step.dimension);
  CAPTURE(step.coefficients.velocity_limit);
  Step expected = step;
  expected.move_as_heuristiclab();
  for (const bool as_any_other : {true, false}) {
    CAPTURE(as_any_other);
    const SingleOperator single = step.shipped(as_any_other);
    const std::vector<double> position = single.content("position");
    const std::vector<double> velocity = single.content("velocity");
    for (std::size_t row = 0; row < rows; ++row) {
      CAPTURE(row);
      if (row == own_best_row && !as_any_other) {
        CHECK(step.difference(velocity, expected.velocity, row) > 1e-6);
      } else {
        CHECK(step.difference(position, expected.position, row) < 1e-12);
        CHECK(step.difference(velocity, expected.velocity, row) < 1e-12);
      }
    }
  }
}

}  // namespace

TEST_CASE("HeuristicLab: the shipped updaters move as its own do") {
  for (const Version version : {Version::spso_2007, Version::spso_2011}) {
    for (const std::size_t dimension : {1U, 2U, 7U, 10U, 30U, 100U}) check_agrees(Step(version, dimension));
  }
}

TEST_CASE("HeuristicLab: the shipped updaters limit velocities as its own do") {
  for (const Version version : {Version::spso_2007, Version::spso_2011}) {
    for (const std::size_t dimension : {2U, 7U, 30U}) {
      Step step(version, dimension);
      // Some velocities are longer, some shorter; then all are longer.
      Step unlimited = step;
      unlimited.move_as_heuristiclab();
      const auto speed = [&](std::size_t row) {
        double squares = 0;
        for (const double v : unlimited.particle(row).velocity) squares += v * v;
        return std::sqrt(squares);
      };
      std::vector<double> speeds;
      for (std::size_t row = 0; row < rows; ++row) speeds.push_back(speed(row));
      std::ranges::sort(speeds);
      step.coefficients.velocity_limit = (speeds[rows / 2] + speeds[rows / 2 + 1]) / 2;
      check_agrees(step);
      step.coefficients.velocity_limit = speeds.front() / 2;
      check_agrees(step);
    }
  }
}
