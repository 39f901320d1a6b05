// The problems of the plugin combinatorial: their values against plain computations and published optima.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

#include "core/src/contract/numbers.hpp"
#include "problems/combinatorial/knapsack_file.hpp"
#include "problems/combinatorial/tsplib_distances.hpp"
#include "problems/combinatorial/tsplib_file.hpp"
#include "skein/encodings/binary_vector.hpp"
#include "skein/encodings/permutation.hpp"
#include "skein/problems/combinatorial.hpp"
#include "tests/problems/catalogue.hpp"
#include "tests/support/allocation_count.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

const std::string instances = SKEIN_SOURCE_DIR "/problems/combinatorial/instances/";
const std::string more_instances = SKEIN_SOURCE_DIR "/tests/problems/instances/";

std::string text_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

Registry combinatorial() {
  Registry registry;
  registry.begin_plugin("combinatorial");
  register_combinatorial(registry);
  REQUIRE(registry.diagnostics().empty());
  return registry;
}

/// Violation and objective of rows of a problem's positions.
std::vector<double> fitness(const Problem& problem, const std::vector<double>& positions) {
  SingleOperator single(*problem.evaluator, positions.size() / problem.dimension, problem.dimension);
  single.bind("position", positions).run();
  return single.content("fitness");
}

CityDistances distances_of(const std::string& path) {
  Diagnostics diagnostics;
  auto distances = read_tsplib(text_of(path), path, diagnostics);
  REQUIRE(diagnostics.empty());
  REQUIRE(distances.has_value());
  return *distances;
}

/// The length of the shortest tour. Held and Karp, A dynamic programming approach to sequencing problems (1962).
std::int64_t shortest_tour(const CityDistances& distances) {
  const std::size_t others = distances.cities - 1;  // the tour begins and ends at the last city
  const std::size_t sets = std::size_t{1} << others;
  constexpr std::int32_t far = 1'000'000'000;
  std::vector<std::int32_t> best(sets * others, far);  // of ways through a set that end at one of its cities
  for (std::size_t set = 1; set < sets; ++set) {
    for (std::size_t last = 0; last < others; ++last) {
      if ((set >> last & 1) == 0) continue;
      const std::size_t before = set ^ std::size_t{1} << last;
      std::int32_t& length = best[set * others + last];
      if (before == 0) length = distances(others, last);
      for (std::size_t i = 0; i < others; ++i) {
        if ((before >> i & 1) != 0) length = std::min(length, best[before * others + i] + distances(i, last));
      }
    }
  }
  std::int32_t shortest = far;
  for (std::size_t last = 0; last < others; ++last) {
    shortest = std::min(shortest, best[(sets - 1) * others + last] + distances(last, others));
  }
  return shortest;
}

std::int64_t length_of(const CityDistances& distances, const std::vector<std::size_t>& tour_from_1) {
  std::int64_t length = 0;
  for (std::size_t k = 0; k < tour_from_1.size(); ++k) {
    length += distances(tour_from_1[k] - 1, tour_from_1[(k + 1) % tour_from_1.size()] - 1);
  }
  return length;
}

}  // namespace

TEST_CASE("one_max counts ones and maximizes") {
  const Registry registry = combinatorial();
  for (const std::size_t dimension : {1U, 2U, 50U, 1000U}) {
    const auto problem = make(registry, "one_max", dimension);
    CHECK(problem->dimension == dimension);
    CHECK(problem->best_known == double(dimension));
    CHECK(problem->objectives.front().sense == Sense::maximize);
    std::vector<double> bits(2 * dimension, 1.0);
    for (std::size_t i = 0; i < dimension; ++i) bits[dimension + i] = i % 3 == 0 ? 1 : 0;
    const std::vector<double> found = fitness(*problem, bits);
    CHECK(found == std::vector<double>{0, -double(dimension), 0, -double((dimension + 2) / 3)});
    CHECK(problem_value(*problem, found[1]) == double(dimension));
  }
}

TEST_CASE("gear_train has its published minimum, proven by enumeration") {
  const auto problem = make(combinatorial(), "gear_train", 4);
  REQUIRE(problem->best_known.has_value());
  CHECK(*problem->best_known == doctest::Approx(2.700857e-12).epsilon(1e-6));
  CHECK(fitness(*problem, problem->best_known_solution)[1] == *problem->best_known);
  double smallest = 1;
  for (int a = 12; a <= 60; ++a) {
    for (int b = a; b <= 60; ++b) {
      for (int c = 12; c <= 60; ++c) {
        for (int d = c; d <= 60; ++d) {
          const double difference = 1 / 6.931 - double(a) * b / (double(c) * d);
          smallest = std::min(smallest, difference * difference);
        }
      }
    }
  }
  CHECK(smallest == *problem->best_known);
  const double far = 1 / 6.931 - 12.0 * 60 / (30.0 * 17);
  CHECK(fitness(*problem, {12, 60, 30, 17})[1] == far * far);
}

TEST_CASE("the seven instances of mknap1 have their published optima at known solutions") {
  const Registry registry = combinatorial();
  const std::array<double, 7> optima = {3800, 8706.1, 4015, 6120, 12400, 10618, 16537};
  for (std::size_t i = 0; i < optima.size(); ++i) {
    CAPTURE(i);
    const auto problem = make(registry, "knapsack", 1, {{"instance", std::int64_t(i + 1)}});
    REQUIRE(problem != nullptr);
    CHECK(problem->best_known == optima[i]);
    const std::vector<double> found = fitness(*problem, problem->best_known_solution);
    CHECK(found[0] == 0);
    CHECK(problem_value(*problem, found[1]) == doctest::Approx(optima[i]).epsilon(1e-15));
  }
}

TEST_CASE("knapsack computes profit and overload") {
  Diagnostics diagnostics;
  const auto read = read_knapsacks(text_of(instances + "mknap1.txt"), "mknap1.txt", diagnostics);
  REQUIRE(read.size() == 7);
  for (std::size_t number = 0; number < read.size(); ++number) {
    const KnapsackInstance& instance = read[number];
    const std::size_t items = instance.profits.size();
    const auto problem = make(combinatorial(), "knapsack", 1, {{"instance", std::int64_t(number + 1)}});
    std::vector<double> bits = some_numbers(30 * items, 0, 1, number);
    for (std::size_t at = 0; at < bits.size(); ++at) bits[at] = bits[at] < double(at / items) / 30 ? 1 : 0;
    const std::vector<double> found = fitness(*problem, bits);
    std::size_t feasible = 0;
    for (std::size_t row = 0; row < 30; ++row) {
      double profit = 0;
      double overload = 0;
      for (std::size_t i = 0; i < instance.capacities.size(); ++i) {
        double load = 0;
        for (std::size_t j = 0; j < items; ++j) load += bits[row * items + j] * instance.weights[i * items + j];
        if (load > instance.capacities[i]) overload += load - instance.capacities[i];
      }
      for (std::size_t j = 0; j < items; ++j) profit += bits[row * items + j] * instance.profits[j];
      CHECK(found[2 * row] == overload);
      CHECK(found[2 * row + 1] == -profit);
      feasible += overload == 0 ? 1 : 0;
    }
    CHECK((feasible > 0 && feasible < 30));
  }
}

TEST_CASE("an optimum of 0 is unknown") {
  Diagnostics diagnostics;
  const auto read = read_knapsacks("1\n2 1 0\n3 4\n1 1\n1\n", "file", diagnostics);
  CHECK(diagnostics.empty());
  REQUIRE(read.size() == 1);
  CHECK_FALSE(read.front().optimum.has_value());
  CHECK(read.front().profits == std::vector<double>{3, 4});
  CHECK(read.front().capacities == std::vector<double>{1});
}

TEST_CASE("arc_cosine is that of the standard library") {
  std::vector<double> numbers = some_numbers(10000, -1, 1, 1);
  for (const double number : {-1.0, 1.0, 0.0, -0.0, 0x1.fffffffffffffp-1, -0x1.fffffffffffffp-1, 1e-300}) {
    numbers.push_back(number);
  }
  for (const double number : numbers) CHECK(std::abs(arc_cosine(number) - std::acos(number)) < 2e-15);
}

TEST_CASE("shipped tours have their published lengths") {
  const Registry registry = combinatorial();
  struct Shipped {
    const char* file;
    double length;
    std::size_t cities;
  };
  for (const Shipped& shipped : {Shipped{"burma14", 3323, 14}, {"ulysses22", 7013, 22}, {"berlin52", 7542, 52}}) {
    CAPTURE(shipped.cities);
    const auto problem = make(registry, "travelling_salesman", 1, {{"file", shipped.file}});
    REQUIRE(problem != nullptr);
    CHECK(problem->dimension == shipped.cities);
    CHECK(problem->best_known == shipped.length);
    std::vector<double> keys(shipped.cities);
    for (std::size_t k = 0; k < keys.size(); ++k) keys[std::size_t(problem->best_known_solution[k])] = double(k);
    CHECK(fitness(*problem, keys) == std::vector<double>{0, shipped.length});
  }
}

TEST_CASE("travelling_salesman adds up the ways of the decoded tour") {
  const auto problem = make(combinatorial(), "travelling_salesman", 1, {{"file", "berlin52"}});
  const CityDistances distances = distances_of(instances + "berlin52.tsp");
  std::vector<double> keys = some_numbers(20 * 52, 0, 1, 1);
  keys[3] = std::numeric_limits<double>::quiet_NaN();
  keys[7] = keys[9];
  const std::vector<double> found = fitness(*problem, keys);
  for (std::size_t row = 0; row < 20; ++row) {
    std::vector<std::int64_t> order(52);
    decode_permutation(keys.data() + row * 52, order);
    std::vector<std::size_t> tour;
    for (const std::int64_t city : order) tour.push_back(std::size_t(city) + 1);
    CHECK(found[2 * row + 1] == double(length_of(distances, tour)));
  }
}

TEST_CASE("distances of every kind give the published optima") {
  CHECK(shortest_tour(distances_of(instances + "burma14.tsp")) == 3323);    // GEO
  CHECK(shortest_tour(distances_of(more_instances + "gr17.tsp")) == 2085);  // LOWER_DIAG_ROW
  const CityDistances att48 = distances_of(more_instances + "att48.tsp");   // ATT
  CHECK(length_of(att48, {1,  8,  38, 31, 44, 18, 7,  28, 6,  37, 19, 27, 17, 43, 30, 36,
                          46, 33, 20, 47, 21, 32, 39, 48, 5,  42, 24, 10, 45, 35, 4,  26,
                          2,  29, 34, 41, 16, 22, 3,  23, 14, 25, 13, 11, 12, 15, 40, 9}) == 10628);
}

TEST_CASE("bays29 is a full matrix, followed by a section to display") {
  const CityDistances distances = distances_of(more_instances + "bays29.tsp");
  CHECK(distances.cities == 29);
  CHECK(distances(0, 1) == 107);
  CHECK(distances(1, 0) == 107);
  CHECK(distances(2, 6) == 509);
  for (std::size_t i = 0; i < 29; ++i) {
    CHECK(distances(i, i) == 0);
    for (std::size_t j = 0; j < 29; ++j) CHECK(distances(i, j) == distances(j, i));
  }
}

TEST_CASE("triangles of a matrix mean the same in every format") {
  const auto read = [](const std::string& format, const std::string& numbers) {
    Diagnostics diagnostics;
    const auto distances = read_tsplib("DIMENSION: 4\nEDGE_WEIGHT_TYPE: EXPLICIT\nEDGE_WEIGHT_FORMAT: " + format +
                                           "\nEDGE_WEIGHT_SECTION\n" + numbers + "\nEOF\n",
                                       "file", diagnostics);
    REQUIRE(diagnostics.empty());
    return distances->lengths;
  };
  const std::vector<std::int32_t> expected = {0, 1, 2, 3, 1, 0, 4, 5, 2, 4, 0, 6, 3, 5, 6, 0};
  CHECK(read("FULL_MATRIX", "0 1 2 3  1 0 4 5  2 4 0 6  3 5 6 0") == expected);
  CHECK(read("UPPER_ROW", "1 2 3  4 5  6") == expected);
  CHECK(read("UPPER_DIAG_ROW", "0 1 2 3  0 4 5  0 6  0") == expected);
  CHECK(read("LOWER_ROW", "1  2 4  3 5 6") == expected);
  CHECK(read("LOWER_DIAG_ROW", "0  1 0  2 4 0  3 5 6 0") == expected);
  CHECK(read("UPPER_COL", "1  2 4  3 5 6") == expected);
  CHECK(read("LOWER_COL", "1 2 3  4 5  6") == expected);
  CHECK(read("UPPER_DIAG_COL", "0  1 0  2 4 0  3 5 6 0") == expected);
  CHECK(read("LOWER_DIAG_COL", "0 1 2 3  0 4 5  0 6  0") == expected);
  const std::vector<std::int32_t> one_way = {0, 1, 2, 3, 9, 0, 4, 5, 9, 9, 0, 6, 9, 9, 9, 0};
  CHECK(read("FULL_MATRIX", "0 1 2 3  9 0 4 5  9 9 0 6  9 9 9 0") == one_way);
}

TEST_CASE("distances are rounded as TSPLIB says") {
  CHECK(euclidean_distance({0, 0}, {1, 1}) == 1);
  CHECK(euclidean_distance({0, 0}, {1.5, 2}) == 3);
  CHECK(ceiling_distance({0, 0}, {1, 1}) == 2);
  CHECK(ceiling_distance({0, 0}, {3, 4}) == 5);
  CHECK(pseudo_euclidean_distance({0, 0}, {10, 0}) == 4);
  CHECK(pseudo_euclidean_distance({0, 0}, {7, 7}) == 4);
}
