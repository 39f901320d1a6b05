// Probe: one frame per row. The frame sees its own row of the parent's columns as variables of its own.
#include <doctest/doctest.h>

#include <stdexcept>

#include "state/frame.hpp"
#include "tests/core/support/plan_builder.hpp"
#include "tests/core/support/run_checks.hpp"
#include "tests/core/support/test_operators.hpp"

namespace skein::test {
namespace {

constexpr std::size_t dimension = 16;
constexpr std::size_t rows = 21;
constexpr std::size_t passes = 5;

/// proposal <- position + uniform numbers in [-0.5, 0.5).
struct Step {
  static constexpr std::string_view name = "step";
  static constexpr std::string_view summary = "a random step";
  static constexpr std::array streams = {StreamSpec{"", "the step"}};
  struct Ports {
    In<double> position;
    Out<double> proposal;
  };
  static constexpr auto ports =
      std::tuple{in("position", &Ports::position, "real[n,d]", ""), out("proposal", &Ports::proposal, "real[n,d]", "")};
  static void run(const Ports& io, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      context.random(0).fill_uniform(io.proposal.row(row), io.proposal.width());
      for (std::size_t i = 0; i < io.proposal.width(); ++i) io.proposal(row, i) += io.position(row, i) - 0.5;
    }
  }
};

/// As Sphere, but might throw: it works in the shadow.
struct CarefulSphere {
  static constexpr std::string_view name = "careful_sphere";
  static constexpr std::string_view summary = "sum of squares";
  using Ports = Sphere::Ports;
  static constexpr auto ports = Sphere::ports;
  static void run(const Ports& io, RowContext& context) {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      if (io.position.width() != dimension) throw std::logic_error("wrong width");
      io.fitness(row, 0) = 0.0;
      io.fitness(row, 1) = sphere(io.position.row(row), dimension);
    }
  }
};

/// A local search for one row: the frame's population has one row, whose columns are that row of the parent.
std::shared_ptr<const Plan> local_search() {
  PlanBuilder builder(dimension);
  const std::size_t point = builder.population("point", 1);
  const auto best = variable(builder.external("best", {real_part(dimension)}, point));
  const auto best_fitness = variable(builder.external("best_fitness", {real_part(2)}, point));
  const std::size_t effort = builder.external("effort", {real_part()});
  const std::size_t gain = builder.external("gain", {real_part()});
  const auto proposal = variable(builder.column(point, "proposal", {real_part(dimension)}));
  const auto fitness = variable(builder.column(point, "fitness", {real_part(2)}));
  const std::size_t stop = builder.global("stop", Element::boolean);
  const std::size_t pass = builder.global("pass", Element::integer);
  builder.evaluator<CarefulSphere>("start", point, {{"position", best}, {"fitness", best_fitness}});
  builder.compute("reset", "0", pass);
  const std::size_t loop = builder.next_step();
  builder.step<Step>("step", point, {{"position", best}, {"proposal", proposal}});
  builder.evaluator<CarefulSphere>("evaluate", point, {{"position", proposal}, {"fitness", fitness}});
  builder.step<Remember>(
      "remember", point,
      {{"position", proposal}, {"fitness", fitness}, {"best", best}, {"best_fitness", best_fitness}});
  builder.compute("count", "pass + 1", pass);
  builder.compute("effort", "effort + gain", effort);
  builder.compute("stop?", "pass >= " + std::to_string(passes), stop);
  builder.repeat_until(stop, loop);
  static_cast<void>(gain);
  return builder.build();
}

std::shared_ptr<const Plan> memetic(bool parallel) {
  PlanBuilder builder(dimension);
  const std::size_t swarm = builder.population("swarm", rows, rows + 4);
  const std::size_t position = builder.column(swarm, "position", {real_part(dimension)});
  const std::size_t fitness = builder.column(swarm, "fitness", {real_part(2)});
  const std::size_t effort = builder.column(swarm, "effort", {real_part()});
  const std::size_t gain = builder.global("gain", Element::real, 2.0);
  const std::size_t child = builder.child_per_row(
      local_search(), swarm, {{0, position, true}, {1, fitness, true}, {2, effort, true}, {3, gain, false}});
  builder.step<FillUniform>("create", swarm, {{"value", variable(position)}});
  builder.enter("improve", child, parallel);
  builder.compute("raise", "gain + 1", gain);
  builder.enter("improve again", child, parallel);
  return builder.build();
}

std::vector<double> expected_positions() {
  std::vector<std::vector<double>> position(rows, std::vector<double>(dimension));
  const std::size_t group_rows = rows_per_group(dimension);
  LaneGenerator generator(RandomKey{});
  for (std::size_t row = 0; row < rows; ++row) {
    if (row % group_rows == 0)
      generator = LaneGenerator({1, root_path_hash(), hash_name("create"), 0, row / group_rows});
    generator.fill_uniform(position[row].data(), dimension);
  }
  std::vector<double> proposal(dimension);
  for (std::size_t entry = 0; entry < 2; ++entry) {
    for (std::size_t row = 0; row < rows; ++row) {
      const std::uint64_t frame = child_path_hash(root_path_hash(), entry == 0 ? "improve" : "improve again", row);
      for (std::size_t pass = 0; pass < passes; ++pass) {
        LaneGenerator steps({1, frame, hash_name("step"), entry * passes + pass, 0});
        steps.fill_uniform(proposal.data(), dimension);
        for (std::size_t i = 0; i < dimension; ++i) proposal[i] += position[row][i] - 0.5;
        const bool is_better = sphere(proposal.data(), dimension) < sphere(position[row].data(), dimension);
        if (is_better) position[row] = proposal;
      }
    }
  }
  std::vector<double> all;
  for (const auto& row : position) all.insert(all.end(), row.begin(), row.end());
  return all;
}

TEST_CASE("probe: a frame for each row") {
  const auto plan = memetic(false);
  CHECK(check_same_bits(plan) == check_same_bits(memetic(true)));
  check_reals(plan, "swarm.position", expected_positions());
  check_reals(memetic(true), "swarm.position", expected_positions());
  check_reals(plan, "swarm.effort", std::vector<double>(rows, passes * 2.0 + passes * 3.0));

  Run run(plan, {});
  run.advance();
  CHECK(run.evaluations() == 2 * rows * (passes + 1));
}

}  // namespace
}  // namespace skein::test
