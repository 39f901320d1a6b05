// In steady state an iteration allocates nothing.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <optional>

#include "state/aligned_buffer.hpp"
#include "tests/core/support/plan_builder.hpp"
#include "tests/core/support/run_checks.hpp"
#include "tests/core/support/test_operators.hpp"
#include "tests/support/allocation_count.hpp"

namespace skein::test {
namespace {

using tests::AllocationCount;

std::optional<AllocationCount> counting;
std::optional<std::size_t> counted;

constexpr std::size_t dimension = 64;
constexpr std::size_t rows = 400;

struct BestValue {
  static constexpr std::string_view name = "best_value";
  static constexpr std::string_view summary = "the smallest objective";
  struct Ports {
    InFitness fitness;
    Out<double> best;
  };
  static constexpr auto ports =
      std::tuple{in("fitness", &Ports::fitness, "fitness[n]", ""), out("best", &Ports::best, "real", "")};
  struct Partial {
    double best = 1e300;
  };
  static void map(const Ports& io, RowContext& context, Partial& partial) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      partial.best = std::min(partial.best, io.fitness[row].objective());
    }
  }
  static void combine(Partial& into, const Partial& later) noexcept { into.best = std::min(into.best, later.best); }
  static void finish(const Ports& io, const Partial* total) noexcept {
    io.best.value() = total != nullptr ? total->best : 0.0;
  }
};

/// A step operator that can fail, so that its variables are copied first; at 20 and at 60 it notes the count.
struct CountAllocations {
  static constexpr std::string_view name = "count_allocations";
  static constexpr std::string_view summary = "starts and ends the count";
  static constexpr std::array streams = {StreamSpec{"", ""}};
  struct Ports {
    In<std::int64_t> iteration;
    InOut<double> position;
    InOutPopulation parents, offspring;
  };
  static constexpr auto ports = std::tuple{
      in("iteration", &Ports::iteration, "integer", ""), inout("position", &Ports::position, "real[n,d]", ""),
      inout("parents", &Ports::parents, "population", ""), inout("offspring", &Ports::offspring, "population", "")};
  static void run(const Ports& io, StepContext& context) {
    if (io.iteration.value() == 20) counting.emplace();
    if (io.iteration.value() == 60) {
      counted = counting->allocations();
      counting.reset();
    }
    context.random(0).fill_uniform(io.position.row(0), io.position.width());
    context.swap(io.parents, io.offspring);
  }
};

/// As Sphere, but works in the shadow.
struct CarefulSphere {
  static constexpr std::string_view name = "careful_sphere";
  static constexpr std::string_view summary = "sum of squares";
  using Ports = Sphere::Ports;
  static constexpr auto ports = Sphere::ports;
  static void run(const Ports& io, RowContext& context) { Sphere::run(io, context); }
};

std::shared_ptr<const Plan> island() {
  PlanBuilder builder(dimension);
  const std::size_t swarm = builder.population("swarm", 50);
  builder.step<FillUniform>("move", swarm, {{"value", variable(builder.column(swarm, "x", {real_part(dimension)}))}});
  return builder.build();
}

std::shared_ptr<const Plan> plan_with_all_kinds() {
  PlanBuilder builder(dimension);
  const std::size_t parents = builder.population("parents", rows);
  const std::size_t offspring = builder.population("offspring", rows);
  const auto position = variable(builder.column(parents, "position", {real_part(dimension)}));
  const auto fitness = variable(builder.column(parents, "fitness", {real_part(2)}));
  builder.column(offspring, "position", {real_part(dimension)});
  builder.column(offspring, "fitness", {real_part(2)});
  const auto best = variable(builder.global("best", Element::real));
  const std::size_t iteration = builder.global("iteration", Element::integer);
  const std::size_t stop = builder.global("stop", Element::boolean);
  const std::size_t islands = builder.child(island(), 3);
  builder.plan().evaluations_variable = builder.global("evaluations", Element::integer);
  builder.step<FillUniform>("move", parents, {{"value", position}});
  builder.evaluator<Sphere>("evaluate", parents, {{"position", position}, {"fitness", fitness}});
  builder.evaluator<CarefulSphere>("evaluate again", parents, {{"position", position}, {"fitness", fitness}});
  builder.step<BestValue>("best", parents, {{"fitness", fitness}, {"best", best}});
  builder.enter("islands", islands, true);
  builder.compute("count", "iteration + 1", iteration);
  builder.step<CountAllocations>("count allocations", no_population,
                                 {{"iteration", variable(iteration)},
                                  {"position", position},
                                  {"parents", population(parents)},
                                  {"offspring", population(offspring)}});
  builder.compute("stop?", "iteration >= 80", stop);
  builder.repeat_until(stop, 0);
  return builder.build();
}

TEST_CASE("an iteration allocates nothing, whatever the threads") {
  if (!tests::counts_allocations()) return;
  const auto plan = plan_with_all_kinds();
  for (const std::size_t threads : {1U, 2U}) {
    for (const std::size_t tile_rows : {0U, 32U}) {
      CAPTURE(threads);
      CAPTURE(tile_rows);
      RunOptions options;
      options.threads = threads;
      options.tile_rows = tile_rows;
      options.target = -1.0;
      Run run(plan, options);
      counted.reset();
      CHECK(run.advance() == RunState::finished);
      CHECK(counted == 0);
    }
  }
}

TEST_CASE("the hooks see allocations") {
  if (!tests::counts_allocations()) return;
  const AllocationCount count;
  const AlignedBuffer memory(3);
  CHECK(count.allocations() == 1);
}

}  // namespace
}  // namespace skein::test
