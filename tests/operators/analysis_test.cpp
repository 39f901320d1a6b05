// Every analyzer against a plain computation.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/src/contract/numbers.hpp"
#include "core/src/contract/single_operator.hpp"
#include "operators/all.hpp"
#include "skein/history.hpp"

using namespace skein;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

const BoundedHistory& history_of(const SingleOperator& single) {
  return static_cast<const BoundedHistory&>(*single.result().variable("history")->object);
}

std::vector<std::string> columns_of(const SingleOperator& single) {
  std::vector<std::string> names;
  for (const HistoryColumn& column : history_of(single).columns()) names.emplace_back(column.name);
  return names;
}

std::vector<double> only_row(const SingleOperator& single) {
  const auto rows = history_of(single).all();
  REQUIRE(rows.size() == 1);
  return rows.front().values;
}

bool same_numbers(const std::vector<double>& a, const std::vector<double>& b) {
  return std::ranges::equal(a, b, [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

std::vector<double> qualities(std::vector<double> fitness, const std::vector<double>& best_fitness = {0, 7}) {
  SingleOperator single(best_average_worst_quality_operator(), fitness.size() / 2, 2);
  if (!fitness.empty()) single.bind("fitness", std::move(fitness));
  single.bind("best_fitness", best_fitness).bind("iterations", {40}).run();
  CHECK(columns_of(single) ==
        std::vector<std::string>{"iteration", "best", "average", "worst", "best_so_far", "undefined"});
  CHECK(history_of(single).columns()[1].objective);
  CHECK(!history_of(single).columns()[5].objective);
  return only_row(single);
}

}  // namespace

TEST_CASE("analyzers look at the initial, every interval-th and the final state") {
  const auto looks = [](double iterations, std::int64_t interval, double stop) {
    SingleOperator single(best_average_worst_quality_operator(), 5, 2);
    single.bind("iterations", {iterations}).bind("stop", {stop}).parameter("interval", interval).run();
    return history_of(single).length() == 1;
  };
  CHECK(looks(0, 10, 0));
  CHECK(looks(20, 10, 0));
  CHECK(!looks(21, 10, 0));
  CHECK(looks(21, 10, 1));
  CHECK(looks(21, 1, 0));
}

TEST_CASE("best_average_worst_quality counts finite numbers, and the others apart") {
  CHECK(same_numbers(qualities({0, 3, 0, 1, 0, 8}), {40, 1, 4, 8, 7, 0}));
  CHECK(same_numbers(qualities({0, not_a_number, 0, 1, 0, infinity, 0, 8, 0, -infinity}), {40, 1, 4.5, 8, 7, 3}));
  CHECK(same_numbers(qualities({0, not_a_number, 0, not_a_number}, {0, not_a_number}),
                     {40, not_a_number, not_a_number, not_a_number, not_a_number, 2}));
  CHECK(same_numbers(qualities({2, -5, 0, 3}), {40, 3, -1, -5, 7, 0}));  // a violation is worse than any objective
}

TEST_CASE("best_average_worst_quality of many row groups is that of a plain loop") {
  std::vector<double> fitness(2 * 999);
  const std::vector<double> numbers = some_numbers(999, -5, 5, 3);
  for (std::size_t i = 0; i < 999; ++i) fitness[2 * i + 1] = numbers[i];
  const std::vector<double> row = qualities(fitness);
  CHECK(row[1] == std::ranges::min(numbers));
  CHECK(row[2] == doctest::Approx(std::accumulate(numbers.begin(), numbers.end(), 0.0) / 999).epsilon(1e-12));
  CHECK(row[3] == std::ranges::max(numbers));
}

TEST_CASE("analyzers see swarms without particles") {
  for (const OperatorTable* table : {&best_average_worst_quality_operator(), &swarm_diversity_operator(),
                                     &velocity_norm_operator(), &personal_best_age_operator()}) {
    CAPTURE(table->name);
    SingleOperator single(*table, 0, 2);
    single.run();
    CHECK(std::isnan(only_row(single)[1]));
    CHECK(std::isnan(only_row(single)[2]));
  }
  SingleOperator topology(topology_statistics_operator(), 0, 2);
  topology.neighborhood("neighborhood", [](Neighborhood&) {}).parameter("distances", true).run();
  CHECK(only_row(topology)[1] == 0);
  CHECK(std::isnan(only_row(topology)[3]));
}

TEST_CASE("best_solution writes the elements of any encoding") {
  SingleOperator single(best_solution_operator(), 4, 3);
  single.bundle({{Element::real, 3}, {Element::integer, 1}, {Element::boolean, 2}});
  single.bind("best", {0.5, -1, 2, 77, 1, 0}).bind("best_fitness", {0, 9}).bind("iterations", {3}).run();
  CHECK(columns_of(single) ==
        std::vector<std::string>{"iteration", "best_so_far", "x[0]", "x[1]", "x[2]", "x[3]", "x[4]", "x[5]"});
  CHECK(only_row(single) == std::vector<double>{3, 9, 0.5, -1, 2, 77, 1, 0});
  CHECK(history_of(single).budget().rows == 512);

  SingleOperator large(best_solution_operator(), 4, 30000);
  large.bind("best", {1.0}).bind("best_fitness", {0, not_a_number}).run();
  CHECK(history_of(large).budget().rows == 8);
  CHECK(std::isnan(only_row(large)[1]));
}

TEST_CASE("swarm_diversity is the mean and largest distance from the centre per diagonal") {
  for (const std::size_t dimension : {1U, 2U, 13U}) {
    constexpr std::size_t rows = 57;
    const std::vector<double> x = some_numbers(rows * dimension, -3, 3, 5);
    SingleOperator single(swarm_diversity_operator(), rows, dimension);
    single.bind("position", x).bind("lower", {-3}).bind("upper", {5}).bind("iterations", {2}).run();
    std::vector<double> centre(dimension);
    for (std::size_t i = 0; i < x.size(); ++i) centre[i % dimension] += x[i] / rows;
    double mean = 0;
    double largest = 0;
    for (std::size_t row = 0; row < rows; ++row) {
      double square = 0;
      for (std::size_t i = 0; i < dimension; ++i) square += std::pow(x[row * dimension + i] - centre[i], 2);
      mean += std::sqrt(square) / rows;
      largest = std::max(largest, std::sqrt(square));
    }
    const double diagonal = 8 * std::sqrt(static_cast<double>(dimension));
    const std::vector<double> row = only_row(single);
    CHECK(row[0] == 2);
    CHECK(row[1] == doctest::Approx(mean / diagonal).epsilon(1e-12));
    CHECK(row[2] == doctest::Approx(largest / diagonal).epsilon(1e-12));
  }
}

TEST_CASE("swarm_diversity of one position, of bounds without width, and with a NaN") {
  const auto diversity = [](std::vector<double> x, double upper) {
    SingleOperator single(swarm_diversity_operator(), 2, 1);
    single.bind("position", std::move(x)).bind("lower", {0}).bind("upper", {upper}).run();
    return only_row(single);
  };
  CHECK(diversity({0.25, 0.25}, 1) == std::vector<double>{0, 0, 0});
  CHECK(diversity({0, 1}, 1) == std::vector<double>{0, 0.5, 0.5});
  CHECK(diversity({2, 2}, 0) == std::vector<double>{0, 0, 0});
  CHECK(same_numbers(diversity({not_a_number, 1}, 1), {0, not_a_number, not_a_number}));
}

TEST_CASE("velocity_norm is the mean and largest length") {
  constexpr std::size_t rows = 700;
  constexpr std::size_t dimension = 9;
  const std::vector<double> v = some_numbers(rows * dimension, -2, 2, 8);
  SingleOperator single(velocity_norm_operator(), rows, dimension);
  single.bind("velocity", v).bind("iterations", {6}).run();
  double mean = 0;
  double largest = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    double square = 0;
    for (std::size_t i = 0; i < dimension; ++i) square += v[row * dimension + i] * v[row * dimension + i];
    mean += std::sqrt(square) / rows;
    largest = std::max(largest, std::sqrt(square));
  }
  CHECK(columns_of(single) == std::vector<std::string>{"iteration", "mean", "largest"});
  CHECK(only_row(single)[1] == doctest::Approx(mean).epsilon(1e-12));
  CHECK(only_row(single)[2] == doctest::Approx(largest).epsilon(1e-12));
}

TEST_CASE("personal_best_age is 0 for what changed, also from and to NaN, and grows for what did not") {
  SingleOperator single(personal_best_age_operator(), 4, 1);
  single.bind("personal_best_fitness", {0, 1, 0, not_a_number, infinity, infinity, 1, 2}).run();
  CHECK(single.content("age") == std::vector<double>{0, 0, 0, 0});
  CHECK(only_row(single) == std::vector<double>{0, 0, 0, 4});
  SingleOperator later(personal_best_age_operator(), 4, 1);
  later.bind("personal_best_fitness", {0, 1, 0, not_a_number, 0, 5, 1, 2})
      .bind("known", {0, 1, 0, not_a_number, 0, not_a_number, 0, 2})
      .bind("age", {3, 0, 9, 2})
      .run();
  CHECK(later.content("age") == std::vector<double>{4, 1, 0, 0});
  CHECK(only_row(later) == std::vector<double>{0, 1.25, 4, 2});
}

TEST_CASE("topology_statistics count edges and the longest way of news") {
  const auto statistics = [](std::size_t rows, const std::function<void(Neighborhood&)>& arrange, bool distances) {
    SingleOperator single(topology_statistics_operator(), rows, 1);
    single.neighborhood("neighborhood", arrange).parameter("distances", distances).run();
    return only_row(single);
  };
  const auto complete = [](Neighborhood&) {};
  CHECK(statistics(6, complete, true) == std::vector<double>{0, 30, 5, 1});
  CHECK(statistics(1, complete, true) == std::vector<double>{0, 0, 0, 0});
  CHECK(statistics(6, complete, false) == std::vector<double>{0, 30, 5});
  const auto ring = [](Neighborhood& neighborhood) { neighborhood.set_ring(1); };
  CHECK(statistics(7, ring, true) == std::vector<double>{0, 14, 2, 3});
  CHECK(statistics(8, ring, true) == std::vector<double>{0, 16, 2, 4});
  const auto one_way = [](Neighborhood& neighborhood) {
    neighborhood.set_rows(std::vector<std::vector<std::uint32_t>>{{2}, {0}, {1}});
  };
  CHECK(statistics(3, one_way, true) == std::vector<double>{0, 3, 1, 2});
  const auto apart = [](Neighborhood& neighborhood) {
    neighborhood.set_rows(std::vector<std::vector<std::uint32_t>>{{1}, {0}, {}});
  };
  CHECK(same_numbers(statistics(3, apart, true), {0, 2, 2.0 / 3, not_a_number}));
}
