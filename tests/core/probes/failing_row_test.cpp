// Probe: an evaluator that fails at its k-th call, under every policy.
#include <doctest/doctest.h>

#include <atomic>
#include <limits>
#include <stdexcept>

#include "tests/core/support/plan_builder.hpp"
#include "tests/core/support/run_checks.hpp"
#include "tests/core/support/test_operators.hpp"

namespace skein::test {
namespace {

constexpr std::size_t dimension = 3;
constexpr std::size_t rows = 23;
constexpr double infinity = std::numeric_limits<double>::infinity();

std::atomic<std::size_t> call_count = 0;
std::atomic<std::size_t> failing_call = 0;    ///< the evaluation, counted from 1, that throws; 0: none
std::atomic<std::size_t> failing_period = 0;  ///< rows 3, 3 + period, … throw; 0: none

struct Flaky {
  static constexpr std::string_view name = "flaky";
  static constexpr std::string_view summary = "sum of squares that fails on request";
  static constexpr bool reports_rows = true;
  struct Ports {
    In<double> position;
    Out<double> fitness;
    Out<double> cost;
  };
  static constexpr auto ports =
      std::tuple{in("position", &Ports::position, "real[n,d]", ""), out("fitness", &Ports::fitness, "fitness[n]", ""),
                 out("cost", &Ports::cost, "real[n]", "a second output")};
  static void run(const Ports& io, RowContext& context) {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      if (++call_count == failing_call) throw std::runtime_error("call failed");
      if (failing_period != 0 && row % failing_period == 3) throw std::runtime_error("row " + std::to_string(row));
      io.fitness(row, 0) = 0.0;
      io.fitness(row, 1) = sphere(io.position.row(row), dimension);
      io.cost(row, 0) = static_cast<double>(row);
      context.finished(row);
    }
  }
};

std::shared_ptr<const Plan> flaky_plan() {
  PlanBuilder builder(dimension);
  const std::size_t swarm = builder.population("swarm", rows);
  const auto position = variable(builder.column(swarm, "position", {real_part(dimension)}));
  const auto fitness = variable(builder.column(swarm, "fitness", {real_part(2)}, {0.0, -7.0}));
  const auto cost = variable(builder.column(swarm, "cost", {real_part()}, {-1.0}));
  builder.plan().evaluations_variable = builder.global("evaluations", Element::integer);
  builder.step<FillUniform>("create", swarm, {{"value", position}});
  const std::size_t loop = builder.next_step();
  builder.evaluator<Flaky>("evaluate", swarm, {{"position", position}, {"fitness", fitness}, {"cost", cost}});
  builder.repeat(loop, 2);
  return builder.build();
}

void fail_at(std::size_t call, std::size_t period) {
  call_count = 0;
  failing_call = call;
  failing_period = period;
}

TEST_CASE("probe: a row that fails is tried again") {
  const auto plan = flaky_plan();
  fail_at(0, 0);
  const std::uint64_t undisturbed = check_same_bits(plan);
  RunOptions options;
  options.on_error = ErrorPolicy::retry;
  for (std::size_t k = 1; k <= 2 * rows + 1; ++k) {
    const auto drive = [k](Run& run) {
      fail_at(k, 0);
      run.advance();
      CHECK(run.evaluations() == 2 * rows);
      CHECK(integer(run, "evaluations") == 2 * rows);
      CHECK(call_count == 2 * rows + (k <= 2 * rows ? 1 : 0));
    };
    CHECK(check_same_bits(plan, options, drive) == undisturbed);
  }
}

TEST_CASE("probe: retries run out") {
  const auto plan = flaky_plan();
  RunOptions base;
  base.on_error = ErrorPolicy::retry;
  base.retries = 2;
  for (const RunOptions& options : all_settings(*plan, base)) {
    fail_at(0, 5);
    Run run(plan, options);
    CHECK(run.advance() == RunState::failed);
    REQUIRE(run.error());
    CHECK(run.error()->row == 3);
    CHECK(run.error()->message == "row 3");
    CHECK(run.error()->failed_rows == 4);
    CHECK(call_count == rows + 2 * 4);
    CHECK(run.advance() == RunState::failed);
    CHECK(call_count == rows + 5 * 4);
  }
}

TEST_CASE("probe: rows that fail get the worst fitness") {
  const auto plan = flaky_plan();
  RunOptions options;
  options.on_error = ErrorPolicy::worst;
  const auto drive = [](Run& run) {
    fail_at(0, 5);
    run.advance();
    CHECK(run.failed_evaluations() == 8);
    CHECK(run.evaluations() == 2 * rows);
    const std::vector<double> fitness = reals(run, "swarm.fitness");
    const std::vector<double> cost = reals(run, "swarm.cost");
    for (std::size_t row = 0; row < rows; ++row) {
      const bool failed = row % 5 == 3;
      CHECK(fitness[2 * row] == 0.0);
      CHECK((fitness[2 * row + 1] == infinity) == failed);
      CHECK(cost[row] == (failed ? -1.0 : static_cast<double>(row)));
    }
  };
  check_same_bits(plan, options, drive);
}

TEST_CASE("probe: a run that an error has paused goes on") {
  const auto plan = flaky_plan();
  fail_at(0, 0);
  const std::uint64_t undisturbed = check_same_bits(plan);
  const auto drive = [](Run& run) {
    fail_at(0, 5);
    CHECK(run.advance() == RunState::failed);
    REQUIRE(run.error());
    CHECK(run.error()->path == "evaluate");
    CHECK(run.error()->row == 3);
    CHECK(run.error()->failed_rows == 1);
    CHECK(run.error()->visit == 0);
    CHECK(run.evaluations() == 0);
    CHECK(reals(run, "swarm.fitness")[1] == -7.0);
    fail_at(0, 0);
    CHECK(run.advance() == RunState::finished);
    CHECK(!run.error());
    CHECK(run.evaluations() == 2 * rows);
    CHECK(call_count < 2 * rows);
  };
  CHECK(check_same_bits(plan, {}, drive) == undisturbed);
}

}  // namespace
}  // namespace skein::test
