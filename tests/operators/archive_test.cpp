// The operators around an archive.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/src/contract/numbers.hpp"
#include "core/src/contract/single_operator.hpp"
#include "operators/all.hpp"
#include "skein/archive.hpp"
#include "skein/history.hpp"

using namespace skein;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

PortView view_of(const ColumnView& column, std::size_t rows) {
  PortView port;
  port.bound = true;
  port.parts = &column;
  port.part_count = 1;
  port.rows = rows;
  return port;
}

/// Fills an archive with `count` solutions (i, i) with the objectives (i^2, -i).
void fill(ObjectVariable& object, std::size_t count, std::size_t capacity = 1000) {
  std::vector<double> fitness;
  std::vector<double> position;
  for (std::size_t i = 0; i < count; ++i) {
    const auto x = static_cast<double>(i);
    fitness.insert(fitness.end(), {0, x * x, -x});
    position.insert(position.end(), {x, x});
  }
  const ColumnView fitness_column{reinterpret_cast<std::byte*>(fitness.data()), 24, 3, Element::real};
  const ColumnView position_column{reinterpret_cast<std::byte*>(position.data()), 16, 2, Element::real};
  auto& archive = static_cast<Archive&>(object);
  const Bundle solutions(view_of(position_column, count));
  archive.start(solutions, 3, capacity, count);
  archive.update(InFitness(view_of(fitness_column, count)), solutions, Truncation::crowding);
}

const Archive& archive_of(const SingleOperator& single) {
  return static_cast<const Archive&>(*single.result().variable("archive")->object);
}

}  // namespace

TEST_CASE("update_archive keeps the best of one objective, and what is feasible") {
  SingleOperator single(update_archive_operator(), 5, 2);
  single.bind("position", {0, 0, 1, 1, 2, 2, 3, 3, 4, 4});
  single.bind("fitness", {1, -9, 0, 5, 0, 3, 0, 3, 0, not_a_number}).run();
  REQUIRE(archive_of(single).size() == 1);
  CHECK(archive_of(single).capacity() == 100);
  CHECK(archive_of(single).fitness(0).objective() == 3);
  CHECK(reinterpret_cast<const double*>(archive_of(single).solution(0)[0].data)[0] == 2);
}

TEST_CASE("select_leaders lets the less crowded of two entries win, and falls back to personal bests") {
  constexpr std::size_t rows = 4000;
  SingleOperator single(select_leaders_operator(), rows, 2);
  single.bind("personal_best", std::vector<double>(2 * rows, -1.0));
  single.object("archive", [](ObjectVariable& object) { fill(object, 4); }).run();
  const auto leader = single.content("leader");
  std::vector<double> wins(4, 0);
  for (std::size_t row = 0; row < rows; ++row) {
    REQUIRE(leader[2 * row] == leader[2 * row + 1]);
    wins.at(static_cast<std::size_t>(leader[2 * row])) += 1;
  }
  // Entries 0 and 3 are at the ends, infinitely uncrowded; between them the first that was drawn wins: 6 of 16 each.
  // Entry 2 has more room than entry 1: 3 of 16 against 1 of 16.
  const std::vector<double> expected = {6, 1, 3, 6};
  for (std::size_t i = 0; i < 4; ++i) CHECK(wins[i] / rows * 16 == doctest::Approx(expected[i]).epsilon(0.15));

  SingleOperator empty(select_leaders_operator(), 3, 2);
  empty.bind("personal_best", {1, 2, 3, 4, 5, 6}).run();
  CHECK(empty.content("leader") == std::vector<double>{1, 2, 3, 4, 5, 6});
}

TEST_CASE("compress_archive keeps a share, lowers the capacity and says what it freed") {
  const auto compressed = [](double share, double smallest, bool give_back, const char* truncation) {
    SingleOperator single(compress_archive_operator(), 1, 2);
    single.parameter("share", share).parameter("smallest", std::int64_t(smallest)).parameter("give_back", give_back);
    single.parameter("truncation", truncation);
    single.object("archive", [](ObjectVariable& object) { fill(object, 41, 200); }).run();
    return single;
  };
  Archive before;
  fill(before, 41, 200);
  for (const char* truncation : {"crowding", "clustering"}) {
    const SingleOperator half = compressed(0.5, 10, true, truncation);
    CHECK(archive_of(half).size() == 21);
    CHECK(archive_of(half).capacity() == 21);
    CHECK(half.content("freed_entries") == std::vector<double>{20});
    const auto bytes = static_cast<double>(before.size_in_bytes() - archive_of(half).size_in_bytes());
    CHECK(half.content("freed_bytes") == std::vector<double>{bytes});
    CHECK(bytes > 179 * 5 * 8);
  }
  const SingleOperator few = compressed(0, 12, false, "crowding");
  CHECK(archive_of(few).size() == 12);
  CHECK(archive_of(few).capacity() == 200);
  CHECK(few.content("freed_bytes") == std::vector<double>{0});
  CHECK(compressed(1, 1, false, "clustering").content("freed_entries") == std::vector<double>{0});
}

TEST_CASE("prune_archive gives up what others nearly dominate, and memory") {
  const auto pruned = [](double epsilon) {
    SingleOperator single(prune_archive_operator(), 1, 2);
    single.parameter("epsilon", epsilon);
    single.object("archive", [](ObjectVariable& object) { fill(object, 41, 200); }).run();
    CHECK(single.content("freed_bytes")[0] > 0);
    return single.content("freed_entries")[0];
  };
  CHECK(pruned(0) == 0);
  CHECK(pruned(0.05) > 10);  // steps of 1 of 40 in the second objective, so every second one and more
  CHECK(pruned(1) == 40);
}

TEST_CASE("hypervolume records entries and volume, and NaN for objectives it cannot measure") {
  const auto recorded = [](std::vector<double> reference, const char* type, std::size_t count) {
    SingleOperator single(hypervolume_operator(), 1, 2);
    single.bind("reference_point", std::move(reference), type).bind("iterations", {30});
    if (count != 0) single.object("archive", [count](ObjectVariable& object) { fill(object, count); });
    single.run();
    return static_cast<const BoundedHistory&>(*single.result().variable("history")->object).all().front().values;
  };
  // (0, 0), (1, -1), (4, -2) up to (5, 1)
  CHECK(recorded({5, 1}, "real[2]", 3) == std::vector<double>{30, 3, 5 * 1 + 4 * 1 + 1 * 1});
  CHECK(recorded({5, 1}, "real[2]", 0) == std::vector<double>{30, 0, 0});
  CHECK(std::isnan(recorded({5, 1, 1}, "real[3]", 3)[2]));
}

TEST_CASE("remember_non_dominated replaces what is not better, and keeps the best") {
  SingleOperator single(remember_non_dominated_operator(), 6, 1);
  single.bind("position", {10, 11, 12, 13, 14, 15});
  single.bind("fitness", {0, 3, 0, 5, 0, 4, 0, not_a_number, 1, -9, 0, infinity});
  single.bind("personal_best", {0, 1, 2, 3, 4, 5});
  single.bind("personal_best_fitness", {0, 4, 0, 4, 0, 4, 0, 4, 0, 4, infinity, infinity});
  single.bind("best", {-1}).bind("best_fitness", {infinity, infinity}).run();
  CHECK(single.content("personal_best") == std::vector<double>{10, 1, 12, 3, 4, 15});
  CHECK(single.content("best") == std::vector<double>{10});
  CHECK(single.content("best_fitness") == std::vector<double>{0, 3});

  SingleOperator worse(remember_non_dominated_operator(), 1, 1);
  worse.bind("position", {1}).bind("fitness", {0, 9}).bind("personal_best", {0}).bind("best", {7});
  worse.bind("best_fitness", {0, 2}).run();
  CHECK(worse.content("personal_best") == std::vector<double>{1});
  CHECK(worse.content("best") == std::vector<double>{7});
}
