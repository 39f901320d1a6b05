// Topologies against plain definitions of who informs whom.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <vector>

#include "core/src/contract/numbers.hpp"
#include "core/src/contract/single_operator.hpp"
#include "operators/all.hpp"
#include "skein/neighborhood.hpp"

using namespace skein;

namespace {

using Informants = std::vector<std::set<std::size_t>>;

/// Every informant of every row, each of which must be visited once.
Informants informants_of(const Neighborhood& neighborhood, std::size_t count) {
  Informants all(count);
  for (std::size_t row = 0; row < count; ++row) {
    std::size_t visits = 0;
    neighborhood.for_each_informant(row, count, [&](std::size_t informant) {
      CHECK(informant < count);
      all[row].insert(informant);
      ++visits;
    });
    CHECK(visits == all[row].size());
    CHECK(neighborhood.informants_of(row, count) == visits);
    CHECK(all[row].contains(row));
  }
  return all;
}

Informants drawn(const OperatorTable& topology, std::size_t count,
                 const std::vector<std::pair<const char*, Value>>& chosen, std::uint64_t seed = 1) {
  SingleOperator single(topology, count, 1);
  for (const auto& [name, value] : chosen) single.parameter(name, value);
  RunOptions options;
  options.seed = seed;
  single.run(options);
  return informants_of(single.neighborhood("neighborhood"), count);
}

Informants regrouped(std::size_t count, std::int64_t swarms, std::int64_t period, double iterations) {
  SingleOperator single(multi_swarm_operator(), count, 1);
  single.parameter("swarms", swarms).parameter("period", period).bind("iterations", {iterations}).run();
  return informants_of(single.neighborhood("neighborhood"), count);
}

const Informants& everybody(std::size_t count) {
  static std::vector<Informants> all;
  if (all.size() <= count) all.resize(count + 1);
  std::set<std::size_t> rows;
  for (std::size_t row = 0; row < count; ++row) rows.insert(row);
  all[count].assign(count, rows);
  return all[count];
}

}  // namespace

TEST_CASE("von_neumann is a torus of rows and columns") {
  // 3 rows of 4 columns.
  const Informants found = drawn(von_neumann_operator(), 12, {});
  CHECK(found[0] == std::set<std::size_t>{0, 1, 3, 4, 8});
  CHECK(found[5] == std::set<std::size_t>{1, 4, 5, 6, 9});
  CHECK(found[11] == std::set<std::size_t>{3, 7, 8, 10, 11});
  // 2 rows of 6 columns: above is below.
  const Informants wide = drawn(von_neumann_operator(), 12, {{"columns", 6}});
  CHECK(wide[0] == std::set<std::size_t>{0, 1, 5, 6});
  CHECK(wide[7] == std::set<std::size_t>{1, 6, 7, 8});
  // Particles in one column or, of a prime number, in one row: a ring.
  for (const Value& columns : {Value(1), Value(0)}) {
    const Informants ring = drawn(von_neumann_operator(), 7, {{"columns", columns}});
    for (std::size_t row = 0; row < 7; ++row)
      CHECK(ring[row] == std::set<std::size_t>{(row + 6) % 7, row, (row + 1) % 7});
  }
  CHECK(drawn(von_neumann_operator(), 1, {}) == everybody(1));
  CHECK(drawn(von_neumann_operator(), 2, {}) == everybody(2));
}

TEST_CASE("lattices are as nearly square as can be") {
  CHECK(lattice_columns(50) == 10);
  CHECK(lattice_columns(49) == 7);
  CHECK(lattice_columns(13) == 13);
  CHECK(lattice_columns(1) == 1);
  CHECK(lattice_columns(0) == 1);
}

TEST_CASE("wheel informs through the hub only") {
  const Informants found = drawn(wheel_operator(), 5, {{"hub", 2}});
  for (const std::size_t row : {0U, 1U, 3U, 4U}) CHECK(found[row] == std::set<std::size_t>{2, row});
  CHECK(found[2] == everybody(5)[2]);
  CHECK(drawn(wheel_operator(), 1, {}) == everybody(1));
  CHECK(drawn(wheel_operator(), 2, {}) == everybody(2));
}

TEST_CASE("clusters are complete and joined by one link for every two of them") {
  const Informants found = drawn(clusters_operator(), 12, {{"clusters", 3}});
  const auto cluster = [](std::size_t row) { return row / 4; };
  std::vector<std::pair<std::size_t, std::size_t>> links;
  for (std::size_t row = 0; row < 12; ++row) {
    for (std::size_t other = 0; other < 12; ++other) {
      if (cluster(row) == cluster(other)) {
        CHECK(found[row].contains(other));
      } else if (found[row].contains(other)) {
        CHECK(found[other].contains(row));
        links.emplace_back(row, other);
      }
    }
  }
  CHECK(links == std::vector<std::pair<std::size_t, std::size_t>>{{1, 4}, {2, 8}, {4, 1}, {6, 9}, {8, 2}, {9, 6}});
  CHECK(drawn(clusters_operator(), 5, {{"clusters", 1}}) == everybody(5));
  // More clusters than particles: each is one, and all are joined.
  CHECK(drawn(clusters_operator(), 3, {{"clusters", 9}}) == everybody(3));
  // More clusters than particles in one: members have several links, or none.
  const Informants uneven = drawn(clusters_operator(), 11, {{"clusters", 4}});
  const auto first = [](std::size_t block) { return block * 11 / 4; };
  const auto member = [&](std::size_t block, std::size_t of) {
    return first(block) + of % (first(block + 1) - first(block));
  };
  for (std::size_t row = 0; row < 11; ++row) {
    std::set<std::size_t> expected;
    for (std::size_t block = 0; block < 4; ++block) {
      if (row < first(block) || row >= first(block + 1)) continue;
      for (std::size_t other = first(block); other < first(block + 1); ++other) expected.insert(other);
      for (std::size_t other = 0; other < 4; ++other) {
        if (other != block && member(block, other) == row) expected.insert(member(other, block));
      }
    }
    CHECK(uneven[row] == expected);
  }
}

TEST_CASE("spso_random lets every particle inform k that are drawn") {
  const std::size_t count = 400;
  const Informants found = drawn(spso_random_operator(), count, {});
  std::vector<std::size_t> informed(count);
  std::vector<std::size_t> frequencies(20);
  for (std::size_t row = 0; row < count; ++row) {
    for (const std::size_t informant : found[row]) informed[informant] += informant == row ? 0 : 1;
    ++frequencies[std::min<std::size_t>(found[row].size() - 1, 19)];
  }
  for (const std::size_t others : informed) CHECK(others <= 3);
  // Informants beside itself: binomial with 1200 draws and probability 1/400, which is nearly Poisson with mean 3 (the
  // particle's own draws of itself aside). 400 particles: five deviations are 5 sqrt(400 p (1 - p)).
  double p = std::exp(-3.0);
  for (std::size_t k = 0; k < 8; ++k, p *= 3.0 / static_cast<double>(k)) {
    CHECK(std::abs(static_cast<double>(frequencies[k]) - 400 * p) < 5 * std::sqrt(400 * p * (1 - p)) + 1);
  }
  CHECK(found != drawn(spso_random_operator(), count, {}, 2));
  for (std::size_t row = 0; row < 7; ++row) {
    CHECK(drawn(spso_random_operator(), 7, {{"k", 0}})[row] == std::set<std::size_t>{row});
  }
  CHECK(drawn(spso_random_operator(), 4, {{"k", 300}}) == everybody(4));
}

TEST_CASE("random_distinct gives every particle k different informants") {
  for (const std::size_t k : {0U, 1U, 3U, 9U}) {
    const Informants found = drawn(random_distinct_operator(), 11, {{"k", static_cast<std::int64_t>(k)}});
    for (const auto& informants : found) CHECK(informants.size() == k + 1);
  }
  CHECK(drawn(random_distinct_operator(), 11, {{"k", 10}}) == everybody(11));
  CHECK(drawn(random_distinct_operator(), 3, {{"k", 50}}) == everybody(3));
  CHECK(drawn(random_distinct_operator(), 1, {}) == everybody(1));
  // Every other particle is as likely: 2000 particles, 3 informants each, five deviations.
  const std::size_t count = 2000;
  std::vector<std::size_t> offsets(4);
  const Informants found = drawn(random_distinct_operator(), count, {});
  for (std::size_t row = 0; row < count; ++row) {
    for (const std::size_t other : found[row]) offsets[4 * ((other + count - row) % count) / count] += other != row;
  }
  for (const std::size_t quarter : offsets) {
    CHECK(std::abs(static_cast<double>(quarter) - 1500) < 5 * std::sqrt(6000 * 0.25 * 0.75));
  }
}

TEST_CASE("multi_swarm draws groups every few iterations, and not before") {
  CHECK(regrouped(10, 3, 5, 0) == everybody(10));
  CHECK(regrouped(10, 3, 5, 4) == everybody(10));
  const Informants found = regrouped(10, 3, 5, 5);
  std::set<std::set<std::size_t>> groups(found.begin(), found.end());
  REQUIRE(groups.size() == 3);
  std::multiset<std::size_t> sizes;
  std::size_t members = 0;
  for (const auto& group : groups) {
    sizes.insert(group.size());
    members += group.size();
  }
  CHECK(sizes == std::multiset<std::size_t>{3, 3, 4});
  CHECK(members == 10);
  CHECK(regrouped(10, 1, 1, 1) == everybody(10));
  for (std::size_t row = 0; row < 3; ++row) CHECK(regrouped(3, 9, 1, 1)[row] == std::set<std::size_t>{row});
}

TEST_CASE("inform_neighbors equals a plain loop for every form") {
  constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
  const std::size_t count = 60;
  std::vector<double> fitness = some_numbers(2 * count, 0, 6, 3);
  for (std::size_t i = 0; i < fitness.size(); ++i) fitness[i] = i % 14 == 3 ? not_a_number : std::floor(fitness[i] / 2);
  const auto row_of = [&](std::size_t row) { return FitnessRow{fitness.data() + 2 * row, 2}; };
  for (int form = 0; form < 4; ++form) {
    CAPTURE(form);
    const auto arrange = [&](Neighborhood& neighborhood) {
      if (form == 0) neighborhood.set_lattice(10);
      if (form == 1) neighborhood.set_lattice(60);
      if (form == 2) neighborhood.set_groups(count, 7, [](std::span<std::uint32_t> all) { std::ranges::reverse(all); });
      if (form == 3) neighborhood.set_groups(count, 1, [](std::span<std::uint32_t>) {});
    };
    Neighborhood neighborhood;
    arrange(neighborhood);
    std::vector<double> expected;
    for (const auto& informants : informants_of(neighborhood, count)) {
      std::size_t best = *informants.begin();
      for (const std::size_t informant : informants) best = better(row_of(informant), row_of(best)) ? informant : best;
      expected.push_back(static_cast<double>(best));
    }
    for (const std::size_t tile_rows : {1U, 7U, 100U}) {
      SingleOperator single(inform_neighbors_operator(), count, 1);
      RunOptions options;
      options.tile_rows = tile_rows;
      single.bind("personal_best_fitness", fitness).neighborhood("neighborhood", arrange).run(options);
      CHECK(single.content("neighbor_best") == expected);
    }
  }
}

TEST_CASE("adaptive_random asks for a new topology after an iteration without improvement") {
  // Two visits by way of a graph are in the tests of particle_swarm; here the first one, which never asks.
  SingleOperator first(adaptive_random_operator(), 3, 1);
  first.bind("best_fitness", {0, 5}).run();
  CHECK(first.content("redraw") == std::vector<double>{0});
  SingleOperator fixed(static_topology_operator(), 3, 1);
  fixed.bind("redraw", {1}).run();
  CHECK(fixed.content("redraw") == std::vector<double>{0});
}
