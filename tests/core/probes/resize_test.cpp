// Probe: rows leave, stay, double and arrive. Everything that speaks of them follows.
#include <doctest/doctest.h>

#include "skein/neighborhood.hpp"
#include "tests/core/support/plan_builder.hpp"
#include "tests/core/support/run_checks.hpp"
#include "tests/core/support/test_operators.hpp"

namespace skein::test {
namespace {

std::unique_ptr<ObjectVariable> make_neighborhood() { return std::make_unique<Neighborhood>(); }

/// number <- number + row; age <- age + 1; leader of row i <- i + 1, the last one's is row 0.
struct Number {
  static constexpr std::string_view name = "number";
  static constexpr std::string_view summary = "marks rows";
  struct Ports {
    InOut<double> number, age;
    Out<std::uint32_t> leader;
  };
  static constexpr auto ports =
      std::tuple{inout("number", &Ports::number, "real[n]", ""), hidden("age", &Ports::age, "real[n]", ""),
                 out("leader", &Ports::leader, "index<n>[n]", "")};
  static void run(const Ports& io, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      io.number(row, 0) += static_cast<double>(row);
      io.age(row, 0) += 1.0;
      io.leader(row, 0) = static_cast<std::uint32_t>((row + 1) % io.number.rows());
    }
  }
};

/// Everyone is informed by the next row.
struct SetRing {
  static constexpr std::string_view name = "set_ring";
  static constexpr std::string_view summary = "one-sided ring, as lists";
  struct Ports {
    In<double> number;
    InOutObject<Neighborhood> neighborhood;
  };
  static constexpr auto ports = std::tuple{in("number", &Ports::number, "real[n]", ""),
                                           inout("neighborhood", &Ports::neighborhood, "neighborhood", "")};
  static void run(const Ports& io, StepContext&) {
    std::vector<std::vector<std::uint32_t>> lists;
    for (std::size_t row = 0; row < io.number.rows(); ++row) {
      lists.push_back({static_cast<std::uint32_t>((row + 1) % io.number.rows())});
    }
    io.neighborhood->set_rows(lists);
  }
};

/// Row 1 leaves, row 0 doubles, the order turns round, one row arrives.
struct Reorder {
  static constexpr std::string_view name = "reorder";
  static constexpr std::string_view summary = "changes rows";
  struct Ports {
    InOutPopulation swarm;
    InOut<double> number;
  };
  static constexpr auto ports =
      std::tuple{inout("swarm", &Ports::swarm, "population", ""), inout("number", &Ports::number, "real[n]", "")};
  static void run(const Ports& io, StepContext& context) {
    std::vector<std::uint32_t> rows;
    for (std::size_t row = io.swarm.view.rows; row-- > 2;) rows.push_back(static_cast<std::uint32_t>(row));
    rows.insert(rows.end(), {0, 0, no_row});
    context.resize(io.swarm, rows);
    io.number(0, 0) += 100.0;
  }
};

struct ResizeWrongly {
  static constexpr std::string_view name = "resize_wrongly";
  static constexpr std::string_view summary = "asks for what cannot be";
  struct Parameters {
    std::int64_t rows = 0;
    std::int64_t old_row = 0;
  };
  static constexpr auto parameters = std::tuple{parameter("rows", &Parameters::rows, "number of rows"),
                                                parameter("old_row", &Parameters::old_row, "of each row")};
  using Ports = Reorder::Ports;
  static constexpr auto ports = Reorder::ports;
  static void run(const Ports& io, const Parameters& p, StepContext& context) {
    io.number(0, 0) = -5.0;
    context.resize(io.swarm,
                   std::vector<std::uint32_t>(static_cast<std::size_t>(p.rows), static_cast<std::uint32_t>(p.old_row)));
  }
};

/// A frame that counts its entries in a variable of its own.
std::shared_ptr<const Plan> counting_frame() {
  PlanBuilder builder(1);
  const std::size_t entries = builder.global("entries", Element::integer);
  const std::size_t first_number = builder.global("first_number", Element::real);
  const std::size_t number = builder.external("number", {real_part()});
  builder.compute("count", "entries + 1", entries);
  builder.compute("note", "entries == 1 ? number : first_number", first_number);
  static_cast<void>(number);
  return builder.build();
}

struct ResizePlan {
  PlanBuilder builder{1};
  std::size_t swarm = builder.population("swarm", 5, 8);
  PlanBinding number = variable(builder.column(swarm, "number", {real_part()}, {0.5}));
  PlanBinding leader = variable(builder.column(swarm, "leader", {index_part(swarm)}));
  PlanBinding age = variable(builder.column(swarm, "number/age", {real_part()}));
  PlanBinding favourites =
      variable(builder.column(no_population, "favourites", {index_part(swarm, 3)}, {0.0, 1.0, 4.0}));
  PlanBinding neighborhood = variable(builder.object("neighborhood", make_neighborhood, swarm));
  std::size_t child = builder.child_per_row(counting_frame(), swarm, {{2, 0, true}});

  ResizePlan() {
    builder.step<Number>("number", swarm, {{"number", number}, {"age", age}, {"leader", leader}});
    builder.step<SetRing>("ring", no_population, {{"number", number}, {"neighborhood", neighborhood}});
    builder.enter("visit", child);
  }
  void add_reorder() {
    builder.step<Reorder>("reorder", no_population, {{"swarm", population(swarm)}, {"number", number}});
  }
};

std::vector<std::size_t> informants(const Run& run, std::size_t row, std::size_t count) {
  const InObject<Neighborhood> neighborhood(run.variable("neighborhood").value());
  std::vector<std::size_t> found;
  neighborhood->for_each_informant(row, count, [&](std::size_t informant) { found.push_back(informant); });
  return found;
}

TEST_CASE("probe: everything follows a resize") {
  ResizePlan description;
  description.add_reorder();
  const auto plan = description.builder.build();
  check_same_bits(plan);
  Run run(plan, {});
  REQUIRE(run.advance() == RunState::finished);

  // Old rows 4 3 2 0 0 and a fresh one; old row 0 is now rows 3 and 4, of which 3 counts.
  CHECK(reals(run, "swarm.number") == std::vector{4.5, 3.5, 2.5, 100.5, 100.5, 0.5});
  CHECK(reals(run, "swarm.number/age") == std::vector{1.0, 1.0, 1.0, 1.0, 1.0, 0.0});
  CHECK(indices(run, "swarm.leader") == std::vector<std::uint32_t>{3, 0, 1, no_row, no_row, 0});
  CHECK(indices(run, "favourites") == std::vector<std::uint32_t>{3, no_row, 0});
  CHECK(informants(run, 0, 6) == std::vector<std::size_t>{0, 3});
  CHECK(informants(run, 1, 6) == std::vector<std::size_t>{0, 1});
  CHECK(informants(run, 3, 6) == std::vector<std::size_t>{3});
  CHECK(informants(run, 4, 6) == std::vector<std::size_t>{3, 4});
  CHECK(informants(run, 5, 6) == std::vector<std::size_t>{5});
  CHECK(integer(run, "visit[3]/entries") == 1);
  CHECK(reals(run, "visit[0]/first_number") == std::vector{4.5});
  CHECK(reals(run, "visit[4]/first_number") == std::vector{0.5});
  CHECK(integer(run, "visit[5]/entries") == 0);
}

TEST_CASE("probe: many resizes give the same bits") {
  ResizePlan description;
  description.add_reorder();
  description.builder.repeat(0, 3);
  const auto plan = description.builder.build();
  check_same_bits(plan);
}

TEST_CASE("probe: a resize that cannot be leaves everything as it was") {
  for (const auto& [rows, old_row] : {std::pair{9, 0}, std::pair{2, 5}}) {
    ResizePlan description;
    description.builder.step<ResizeWrongly>("resize", no_population,
                                            {{"swarm", population(description.swarm)}, {"number", description.number}},
                                            {{"rows", rows}, {"old_row", old_row}});
    Run run(description.builder.build(), {});
    CHECK(run.advance() == RunState::failed);
    REQUIRE(run.error());
    CHECK(run.error()->path == "resize");
    CHECK(run.error()->message.starts_with("resize "));
    CHECK(reals(run, "swarm.number") == std::vector{0.5, 1.5, 2.5, 3.5, 4.5});
  }
}

}  // namespace
}  // namespace skein::test
