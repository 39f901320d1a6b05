// Probe: three islands side by side whose evaluations all wait for the host, in one batch, and breakpoints in them.
#include <doctest/doctest.h>

#include <limits>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "embedding/host_evaluator.hpp"
#include "skein/ask_tell.hpp"
#include "skein/session.hpp"
#include "tests/core/support/plan_builder.hpp"
#include "tests/core/support/run_checks.hpp"
#include "tests/core/support/test_operators.hpp"

namespace skein::test {
namespace {

constexpr std::size_t dimension = 5;
constexpr std::size_t island_count = 3;
constexpr std::size_t island_size = 4;
constexpr std::size_t epochs = 3;
constexpr double infinity = std::numeric_limits<double>::infinity();

std::shared_ptr<const Plan> island(bool waits) {
  PlanBuilder builder(dimension);
  const std::size_t swarm = builder.population("swarm", island_size);
  const auto position = variable(builder.column(swarm, "position", {real_part(dimension)}));
  const auto fitness = variable(builder.column(swarm, "fitness", {real_part(2)}));
  const auto best = variable(builder.column(swarm, "best", {real_part(dimension)}));
  const auto best_fitness = variable(builder.column(swarm, "best_fitness", {real_part(2)}, {infinity}));
  builder.step<FillUniform>("move", swarm, {{"value", position}});
  PlanStep& step = builder.evaluator<Sphere>("evaluate", swarm, {{"position", position}, {"fitness", fitness}});
  if (waits) {
    const auto table = waiting_evaluator();
    step.table = table.get();
    step.keeps_table_alive = table;
    builder.plan().variables[fitness.index].shadowed = true;  // as of any operator that can fail
  }
  builder.step<Remember>(
      "remember", swarm,
      {{"position", position}, {"fitness", fitness}, {"best", best}, {"best_fitness", best_fitness}});
  return builder.build();
}

std::shared_ptr<const Plan> archipelago(bool parallel, bool waits) {
  PlanBuilder builder(dimension);
  const std::size_t islands = builder.child(island(waits), island_count);
  const std::size_t loop = builder.next_step();
  builder.enter("islands", islands, parallel);
  builder.repeat(loop, epochs);
  return builder.build();
}

/// The bests of all islands.
std::vector<double> bests(const Run& run) {
  std::vector<double> numbers;
  for (std::size_t i = 0; i < island_count; ++i) {
    const std::string name = "islands[" + std::to_string(i) + "]/swarm.best_fitness";
    for (const double number : reals(run, name)) numbers.push_back(number);
  }
  return numbers;
}

Job job_of(std::shared_ptr<const Plan> plan) {
  Job job;
  job.plan = std::move(plan);
  auto problem = std::make_shared<Problem>();
  problem->dimension = dimension;
  job.problem = std::move(problem);
  return job;
}

TEST_CASE("probe: islands that wait side by side are asked for together") {
  Run computed(archipelago(true, false), {});
  REQUIRE(computed.advance() == RunState::finished);
  const std::vector<double> expected = bests(computed);
  for (const bool parallel : {false, true}) {
    CAPTURE(parallel);
    const Job job = job_of(archipelago(parallel, true));
    Run run(job.plan, {});
    AskTell host(run, job);
    std::size_t batches = 0;
    while (const Batch batch = host.ask()) {
      ++batches;
      CHECK(batch.size() == (parallel ? island_count : 1) * island_size);
      if (parallel) {
        CHECK(batch.tiles().size() == island_count);
        CHECK(batch.node(5) == "islands[1]/evaluate");
        CHECK(batch.row(5) == 1);
      }
      for (std::size_t i = batch.size(); i-- > 0;) batch.tell(i, sphere(batch.numbers(i).data(), dimension));
    }
    CHECK(batches == epochs * (parallel ? 1 : island_count));
    CHECK(run.state() == RunState::finished);
    CHECK(run.evaluations() == epochs * island_count * island_size);
    CHECK(bests(run) == expected);
  }
}

TEST_CASE("probe: breakpoints and handles in frames below") {
  Run computed(archipelago(false, false), {});
  REQUIRE(computed.advance() == RunState::finished);
  const std::vector<double> expected = bests(computed);
  for (const bool parallel : {false, true}) {
    CAPTURE(parallel);
    RunOptions options;
    options.threads = 2;
    Run run(archipelago(parallel, false), options);
    Diagnostics diagnostics;
    REQUIRE(run.add_breakpoint("islands/remember", diagnostics));
    const auto fitness = run.handle<double>("islands[2]/swarm.fitness");
    std::size_t stops = 0;
    while (run.advance() == RunState::ready) {
      const std::string at = std::to_string(parallel ? 0 : stops % island_count);
      CHECK(run.stopped_at() == "islands[" + at + "]/remember");
      ++stops;
      if (stops == 1 && parallel) CHECK(run.read(fitness)(0, 1) > 0.0);
    }
    CHECK(stops == epochs * (parallel ? 1 : island_count));
    CHECK(bests(run) == expected);
  }
}

}  // namespace
}  // namespace skein::test
