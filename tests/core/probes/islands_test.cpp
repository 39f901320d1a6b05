// Probe: three islands, each a frame of one plan, with migration along a ring.
#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "state/frame.hpp"
#include "tests/core/support/plan_builder.hpp"
#include "tests/core/support/run_checks.hpp"
#include "tests/core/support/test_operators.hpp"

namespace skein::test {
namespace {

constexpr std::size_t dimension = 100;
constexpr std::size_t island_count = 3;
constexpr std::size_t island_size = 45;
constexpr std::size_t epochs = 4;
constexpr double infinity = std::numeric_limits<double>::infinity();

/// position <- best + uniform numbers in [-0.5, 0.5).
struct Wander {
  static constexpr std::string_view name = "wander";
  static constexpr std::string_view summary = "samples around the best";
  static constexpr std::array streams = {StreamSpec{"", "the step"}};
  struct Ports {
    In<double> best;
    Out<double> position;
  };
  static constexpr auto ports =
      std::tuple{in("best", &Ports::best, "real[n,d]", ""), out("position", &Ports::position, "real[n,d]", "")};
  static void run(const Ports& io, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      context.random(0).fill_uniform(io.position.row(row), io.position.width());
      for (std::size_t i = 0; i < io.position.width(); ++i) io.position(row, i) += io.best(row, i) - 0.5;
    }
  }
};

std::size_t best_row(const InFitness& fitness) {
  std::size_t best = 0;
  for (std::size_t row = 1; row < fitness.rows(); ++row) {
    if (better(fitness[row], fitness[best])) best = row;
  }
  return best;
}

/// The best row of every island replaces row 0 of the next one.
struct Migrate {
  static constexpr std::string_view name = "migrate";
  static constexpr std::string_view summary = "ring of islands";
  struct Ports {
    Group<InFitness> fitness;
    Group<InOut<double>> best;
  };
  static constexpr auto ports = std::tuple{in("fitness", &Ports::fitness, "fitness[n]", "").variadic(),
                                           inout("best", &Ports::best, "real[n,d]", "").variadic()};
  static void run(const Ports& io, StepContext&) {
    std::vector<std::vector<double>> leaving;
    for (std::size_t island = 0; island < io.best.size(); ++island) {
      const double* const row = io.best[island].row(best_row(io.fitness[island]));
      leaving.emplace_back(row, row + dimension);
    }
    for (std::size_t island = 0; island < io.best.size(); ++island) {
      const std::size_t next = (island + 1) % io.best.size();
      std::ranges::copy(leaving[island], io.best[next].row(0));
    }
  }
};

/// Fails far from 0.
struct Broken {
  static constexpr std::string_view name = "broken";
  static constexpr std::string_view summary = "fails where the first number is large";
  static constexpr bool reports_rows = true;
  using Ports = Sphere::Ports;
  static constexpr auto ports = Sphere::ports;
  static void run(const Ports& io, RowContext& context) {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      if (io.position(row, 0) > 0.49) throw std::runtime_error("too far");
      io.fitness(row, 0) = 0.0;
      io.fitness(row, 1) = sphere(io.position.row(row), dimension);
      context.finished(row);
    }
  }
};

std::shared_ptr<const Plan> island(std::size_t passes) {
  PlanBuilder builder(dimension);
  const std::size_t swarm = builder.population("swarm", island_size);
  const auto position = variable(builder.column(swarm, "position", {real_part(dimension)}));
  const auto fitness = variable(builder.column(swarm, "fitness", {real_part(2)}));
  const auto best = variable(builder.column(swarm, "best", {real_part(dimension)}));
  const auto best_fitness = variable(builder.column(swarm, "best_fitness", {real_part(2)}, {infinity}));
  const std::size_t loop = builder.next_step();
  builder.step<Wander>("wander", swarm, {{"best", best}, {"position", position}});
  builder.evaluator<Sphere>("evaluate", swarm, {{"position", position}, {"fitness", fitness}});
  builder.step<Remember>(
      "remember", swarm,
      {{"position", position}, {"fitness", fitness}, {"best", best}, {"best_fitness", best_fitness}});
  if (passes > 1) builder.repeat(loop, passes);
  return builder.build();
}

std::shared_ptr<const Plan> archipelago(bool parallel, bool restart) {
  PlanBuilder builder(dimension);
  const std::size_t islands = builder.child(island(1), island_count);
  const std::size_t loop = builder.next_step();
  builder.enter("islands", islands, parallel).restart = restart;
  builder.step<Migrate>("migrate", no_population,
                        {{"fitness", of_children(islands, 3)}, {"best", of_children(islands, 2)}});
  builder.plan().evaluations_variable = builder.global("evaluations", Element::integer);
  builder.repeat(loop, epochs);
  return builder.build();
}

using Matrix = std::vector<std::vector<double>>;

struct ExpectedIsland {
  Matrix best = Matrix(island_size, std::vector<double>(dimension));
  std::vector<double> value = std::vector<double>(island_size, infinity);
};

void expect_epoch(ExpectedIsland& island, std::size_t instance, std::size_t epoch) {
  const std::size_t group_rows = rows_per_group(dimension);
  const std::uint64_t frame = child_path_hash(root_path_hash(), "islands", instance);
  LaneGenerator generator(RandomKey{});
  std::vector<double> position(dimension);
  for (std::size_t row = 0; row < island_size; ++row) {
    if (row % group_rows == 0) generator = LaneGenerator({1, frame, hash_name("wander"), epoch, row / group_rows});
    generator.fill_uniform(position.data(), dimension);
    for (std::size_t i = 0; i < dimension; ++i) position[i] += island.best[row][i] - 0.5;
    const double value = sphere(position.data(), dimension);
    if (value < island.value[row]) {
      island.value[row] = value;
      island.best[row] = position;
    }
  }
}

std::vector<double> expected_best(std::size_t of_island) {
  std::vector<ExpectedIsland> islands(island_count);
  for (std::size_t epoch = 0; epoch < epochs; ++epoch) {
    for (std::size_t i = 0; i < island_count; ++i) expect_epoch(islands[i], i, epoch);
    Matrix leaving;
    for (const ExpectedIsland& island : islands) {
      const auto best = std::ranges::min_element(island.value) - island.value.begin();
      leaving.push_back(island.best[static_cast<std::size_t>(best)]);
    }
    for (std::size_t i = 0; i < island_count; ++i) islands[(i + 1) % island_count].best[0] = leaving[i];
  }
  std::vector<double> all;
  for (const auto& row : islands[of_island].best) all.insert(all.end(), row.begin(), row.end());
  return all;
}

TEST_CASE("probe: islands with migration") {
  const auto in_order = archipelago(false, false);
  const auto side_by_side = archipelago(true, false);
  CHECK(check_same_bits(in_order) == check_same_bits(side_by_side));
  for (std::size_t i = 0; i < island_count; ++i) {
    check_reals(side_by_side, "islands[" + std::to_string(i) + "]/swarm.best", expected_best(i));
  }
  Run run(side_by_side, {});
  run.advance();
  CHECK(run.evaluations() == epochs * island_count * island_size);
  CHECK(integer(run, "evaluations") == static_cast<std::int64_t>(run.evaluations()));
}

TEST_CASE("probe: islands that restart draw new numbers at every entry") {
  const auto plan = archipelago(true, true);
  CHECK(check_same_bits(plan) != check_same_bits(archipelago(true, false)));
  Run run(plan, {});
  run.advance(Advance::one_step);
  const std::vector<double> first = reals(run, "islands[0]/swarm.position");
  for (std::size_t step = 0; step < plan->steps.size(); ++step) run.advance(Advance::one_step);
  CHECK(reals(run, "islands[0]/swarm.position") != first);
}

TEST_CASE("probe: evaluations to target count the islands in their order") {
  const auto plan = archipelago(true, false);
  RunOptions options;
  options.target = 1e9;
  for (const RunOptions& setting : all_settings(*plan, options)) {
    Run run(plan, setting);
    run.advance();
    CHECK(run.evaluations_to_target() == 1);
  }
  options.target = -1.0;
  Run run(plan, options);
  run.advance();
  CHECK(!run.evaluations_to_target());
}

TEST_CASE("probe: an error in an island names the lowest island that failed") {
  PlanBuilder child(dimension);
  const std::size_t swarm = child.population("swarm", island_size);
  const auto position = variable(child.column(swarm, "position", {real_part(dimension)}));
  const auto best = variable(child.column(swarm, "best", {real_part(dimension)}));
  const auto fitness = variable(child.column(swarm, "fitness", {real_part(2)}));
  child.step<Wander>("wander", swarm, {{"best", best}, {"position", position}});
  child.evaluator<Broken>("evaluate", swarm, {{"position", position}, {"fitness", fitness}});
  PlanBuilder builder(dimension);
  builder.enter("islands", builder.child(child.build(), 40), true);
  const auto plan = builder.build();

  std::optional<RunError> first;
  for (const RunOptions& options : all_settings(*plan)) {
    Run run(plan, options);
    CHECK(run.advance() == RunState::failed);
    REQUIRE(run.error());
    if (!first) first = run.error();
    CHECK(run.error()->path == first->path);
    CHECK(run.error()->row == first->row);
    CHECK(run.error()->message == "too far");
  }
  CHECK(first->path.starts_with("islands["));
  CHECK(first->path.ends_with("]/evaluate"));
}

}  // namespace
}  // namespace skein::test
