#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "core/src/contract/numbers.hpp"
#include "core/src/contract/single_operator.hpp"
#include "encodings/real_vector/all.hpp"
#include "operators/all.hpp"

using namespace skein;

namespace {

struct Box {
  std::size_t rows, dimension;
  std::vector<double> position, lower, upper;

  Box(std::size_t row_count, std::size_t coordinates)
      : rows(row_count),
        dimension(coordinates),
        position(some_numbers(rows * dimension, -1, 1, 1)),
        lower(some_numbers(dimension, -3, -1, 2)),
        upper(some_numbers(dimension, 1, 3, 3)) {}

  [[nodiscard]] std::vector<double> velocity(const OperatorTable& table) const {
    SingleOperator single(table, rows, dimension);
    single.bind("position", position).bind("lower", lower).bind("upper", upper).stream("", "numbers").run();
    return single.content("velocity");
  }
  [[nodiscard]] std::vector<double> draws() const {
    SingleOperator single(uniform_random_vector_operator(), rows, dimension);
    single.stream("", "numbers").run();
    return single.content("values");
  }
};

}  // namespace

TEST_CASE("velocity initializers compute what their formulas say") {
  for (const std::size_t rows : {1U, 2U, 17U, 65U}) {
    for (const std::size_t dimension : {1U, 7U, 30U}) {
      const Box box(rows, dimension);
      const std::vector<double> u = box.draws();
      std::vector<double> spso_2007;
      std::vector<double> spso_2011;
      for (std::size_t at = 0; at < u.size(); ++at) {
        const double x = box.position[at];
        const double lower = box.lower[at % dimension];
        const double upper = box.upper[at % dimension];
        spso_2007.push_back((lower + u[at] * (upper - lower) - x) / 2);
        spso_2011.push_back((lower - x) + u[at] * ((upper - x) - (lower - x)));
      }
      CHECK(same_bits(box.velocity(spso_2007_velocity_operator()), spso_2007));
      CHECK(same_bits(box.velocity(spso_2011_velocity_operator()), spso_2011));
      SingleOperator zero(zero_velocity_operator(), rows, dimension);
      zero.bind("velocity", {7}).run();
      CHECK(same_bits(zero.content("velocity"), std::vector<double>(rows * dimension, 0.0)));
    }
  }
}

TEST_CASE("velocity initializers aim within the bounds, uniformly") {
  const Box box(4000, 5);
  for (const bool half : {false, true}) {
    const std::vector<double> velocity =
        box.velocity(half ? spso_2007_velocity_operator() : spso_2011_velocity_operator());
    for (std::size_t i = 0; i < box.dimension; ++i) {
      const double width = box.upper[i] - box.lower[i];
      double sum = 0;
      double squares = 0;
      for (std::size_t row = 0; row < box.rows; ++row) {
        const std::size_t at = row * box.dimension + i;
        const double aim = (half ? 2 : 1) * velocity[at] + box.position[at];
        const double relative = (aim - box.lower[i]) / width;
        REQUIRE((relative > -1e-12 && relative < 1 + 1e-12));
        sum += relative;
        squares += relative * relative;
      }
      // u uniform: E u = 1/2 with variance 1/12, E u^2 = 1/3 with variance 4/45. Limits are five deviations.
      const auto count = double(box.rows);
      CHECK(std::abs(sum / count - 0.5) < 5 * std::sqrt(1 / (12 * count)));
      CHECK(std::abs(squares / count - 1.0 / 3) < 5 * std::sqrt(4 / (45 * count)));
    }
  }
}

TEST_CASE("velocity initializers on bounds without width leave particles at rest") {
  Box box(3, 2);
  box.lower = {0.1, -2};
  box.upper = box.lower;
  box.position = {0.1, -2, 0.1, -2, 0.1, -2};
  CHECK(same_bits(box.velocity(spso_2007_velocity_operator()), std::vector<double>(6, 0.0)));
  CHECK(same_bits(box.velocity(spso_2011_velocity_operator()), std::vector<double>(6, 0.0)));
}
