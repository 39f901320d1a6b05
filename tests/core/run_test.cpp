// Details of running that no probe covers.
#include <doctest/doctest.h>

#include <algorithm>
#include <stdexcept>

#include "run/services.hpp"
#include "state/frame.hpp"
#include "tests/core/support/plan_builder.hpp"
#include "tests/core/support/run_checks.hpp"
#include "tests/core/support/test_operators.hpp"

namespace skein::test {
namespace {

/// Sums a column; the order of the additions shows in the last bits.
struct Sum {
  static constexpr std::string_view name = "sum";
  static constexpr std::string_view summary = "the sum of a column";
  static constexpr std::array streams = {StreamSpec{"", "noise"}};
  struct Ports {
    In<double> value;
    Out<double> total;
  };
  static constexpr auto ports =
      std::tuple{in("value", &Ports::value, "real[n,d]", ""), out("total", &Ports::total, "real", "")};
  struct Partial {
    double sum = 0.0;
  };
  static void map(const Ports& io, RowContext& context, Partial& partial) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      double noise = 0.0;
      context.random(0).fill_uniform(&noise, 1);
      partial.sum += io.value(row, 0) + noise;
    }
  }
  static void combine(Partial& into, const Partial& later) noexcept { into.sum += later.sum; }
  static void finish(const Ports& io, const Partial* total) noexcept {
    io.total.value() = total != nullptr ? total->sum : -1.0;
  }
};

std::shared_ptr<const Plan> sum_plan(std::size_t rows, std::size_t dimension) {
  PlanBuilder builder(dimension);
  const std::size_t swarm = builder.population("swarm", rows);
  const auto value = variable(builder.column(swarm, "value", {real_part(dimension)}));
  const auto total = variable(builder.global("total", Element::real));
  builder.step<FillUniform>("fill", swarm, {{"value", value}});
  builder.step<Sum>("sum", swarm, {{"value", value}, {"total", total}});
  return builder.build();
}

double expected_sum(std::size_t rows, std::size_t dimension) {
  const std::size_t group_rows = rows_per_group(dimension);
  std::vector<double> row_values(dimension);
  double total = 0.0;
  for (std::size_t first = 0; first < rows; first += group_rows) {
    LaneGenerator values({1, root_path_hash(), hash_name("fill"), 0, first / group_rows});
    LaneGenerator noises({1, root_path_hash(), hash_name("sum"), 0, first / group_rows});
    double sum = 0.0;
    for (std::size_t row = first; row < std::min(first + group_rows, rows); ++row) {
      values.fill_uniform(row_values.data(), dimension);
      double noise = 0.0;
      noises.fill_uniform(&noise, 1);
      sum += row_values[0] + noise;
    }
    total = first == 0 ? sum : total + sum;
  }
  return total;
}

TEST_CASE("a reduction adds in the order of row groups, whatever the tiles") {
  for (const std::size_t rows : {1U, 2U, 64U, 65U, 1000U}) {
    for (const std::size_t dimension : {1U, 7U, 300U, 3000U}) {
      check_reals(sum_plan(rows, dimension), "total", {expected_sum(rows, dimension)});
    }
  }
  check_reals(sum_plan(0, 3), "total", {-1.0});
}

/// fitness <- noise of the row alone.
struct Noise {
  static constexpr std::string_view name = "noise";
  static constexpr std::string_view summary = "noise of each row";
  static constexpr bool reports_rows = true;
  static constexpr std::array streams = {StreamSpec{"", "noise"}};
  struct Ports {
    Out<double> fitness;
  };
  static constexpr auto ports = std::tuple{out("fitness", &Ports::fitness, "fitness[n]", "")};
  static void run(const Ports& io, RowContext& context) {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      context.row_random(0, row).fill_uniform(io.fitness.row(row), 2);
      context.finished(row);
    }
  }
};

TEST_CASE("the noise of a row does not depend on its tile") {
  PlanBuilder builder(5);
  const std::size_t swarm = builder.population("swarm", 100);
  const auto fitness = variable(builder.column(swarm, "fitness", {real_part(2)}));
  builder.evaluator<Noise>("noise", swarm, {{"fitness", fitness}});
  std::vector<double> expected(200);
  for (std::size_t row = 0; row < 100; ++row) {
    LaneGenerator generator(row_key({1, root_path_hash(), hash_name("noise"), 0, 0}, row));
    generator.fill_uniform(expected.data() + 2 * row, 2);
  }
  check_reals(builder.build(), "swarm.fitness", expected);
}

struct Counter {
  static constexpr std::string_view name = "counter";
  static constexpr std::string_view summary = "changes everything, then fails twice";
  static inline int failures = 0;
  struct Ports {
    InOut<double> column, global;
    InOutPopulation swarm;
  };
  static constexpr auto ports =
      std::tuple{inout("column", &Ports::column, "real[n]", ""), inout("global", &Ports::global, "real", ""),
                 inout("swarm", &Ports::swarm, "population", "")};
  static void run(const Ports& io, StepContext& context) {
    for (std::size_t row = 0; row < io.column.rows(); ++row) io.column(row, 0) += 1.0;
    io.global.value() += 1.0;
    context.set_stop_reason(StopReason::memory);
    context.resize(io.swarm, std::vector<std::uint32_t>{0});
    if (failures-- > 0) throw std::runtime_error("not yet");
  }
};

TEST_CASE("a step operator that fails leaves everything as it was") {
  PlanBuilder builder(1);
  const std::size_t swarm = builder.population("swarm", 3);
  const auto column = variable(builder.column(swarm, "column", {real_part()}, {5.0}));
  const auto global = variable(builder.global("global", Element::real, 7.0));
  builder.step<Counter>("count", no_population, {{"column", column}, {"global", global}, {"swarm", population(swarm)}});
  Run run(builder.build(), {});
  Counter::failures = 2;
  for (int i = 0; i < 2; ++i) {
    CHECK(run.advance() == RunState::failed);
    CHECK(run.error()->message == "not yet");
    CHECK(!run.error()->row);
    CHECK(reals(run, "swarm.column") == std::vector{5.0, 5.0, 5.0});
    CHECK(reals(run, "global") == std::vector{7.0});
    CHECK(run.stop_reason() == StopReason::none);
  }
  CHECK(run.advance() == RunState::finished);
  CHECK(reals(run, "swarm.column") == std::vector{6.0});
  CHECK(reals(run, "global") == std::vector{8.0});
  CHECK(run.stop_reason() == StopReason::memory);
}

struct Waiting {
  static constexpr std::string_view name = "waiting";
  static constexpr std::string_view summary = "done at the third call";
  struct Ports {
    InOut<double> calls;
  };
  static constexpr auto ports = std::tuple{inout("calls", &Ports::calls, "real", "")};
  static StepOutcome run(const Ports& io, StepContext&) {
    io.calls.value() += 1.0;
    return io.calls.value() < 3.0 ? StepOutcome::pending : StepOutcome::done;
  }
};

TEST_CASE("a step operator can wait") {
  PlanBuilder builder(1);
  builder.step<Waiting>("wait", no_population, {{"calls", variable(builder.global("calls", Element::real))}});
  Run run(builder.build(), {});
  CHECK(run.advance() == RunState::pending);
  CHECK(run.advance() == RunState::pending);
  CHECK(run.advance() == RunState::finished);
}

TEST_CASE("evaluations to target count up to the lowest row that reached it") {
  PlanBuilder builder(1);
  const std::size_t swarm = builder.population("swarm", 50);
  const auto position = variable(builder.column(swarm, "position", {real_part()}));
  const auto fitness = variable(builder.column(swarm, "fitness", {real_part(2)}));
  builder.step<FillUniform>("move", swarm, {{"value", position}});
  builder.evaluator<Sphere>("evaluate", swarm, {{"position", position}, {"fitness", fitness}});
  builder.repeat(0, 10);
  const auto plan = builder.build();
  RunOptions options;
  options.target = 1e-4;
  std::optional<std::uint64_t> expected;
  LaneGenerator generator(RandomKey{});
  for (std::uint64_t i = 0; i < 500 && !expected; ++i) {
    if (i % 50 == 0) generator = LaneGenerator({1, root_path_hash(), hash_name("move"), i / 50, 0});
    double x = 0.0;
    generator.fill_uniform(&x, 1);
    if (x * x <= 1e-4) expected = i + 1;
  }
  REQUIRE(expected);
  for (const RunOptions& setting : all_settings(*plan, options)) {
    Run run(plan, setting);
    run.advance();
    CHECK(run.evaluations_to_target() == expected);
  }
}

TEST_CASE("steps that share a stream draw on from it") {
  PlanBuilder builder(3);
  const std::size_t swarm = builder.population("swarm", 4);
  const auto first = variable(builder.column(swarm, "first", {real_part(3)}));
  const auto second = variable(builder.column(swarm, "second", {real_part(3)}));
  builder.step<FillUniform>("one", swarm, {{"value", first}});
  builder.step<FillUniform>("two", swarm, {{"value", second}}).streams = {0};
  Run run(builder.build(), {});
  run.advance();
  std::vector<double> expected(12);
  LaneGenerator generator({1, root_path_hash(), hash_name("one"), 1, 0});
  generator.fill_uniform(expected.data(), expected.size());
  CHECK(reals(run, "swarm.second") == expected);
}

TEST_CASE("the host's reason to stop is kept, and an empty plan is finished at once") {
  Run run(PlanBuilder(1).build(), {});
  CHECK(run.state() == RunState::ready);
  run.set_stop_reason(StopReason::interrupted);
  run.set_stop_reason(StopReason::error);
  CHECK(run.advance() == RunState::finished);
  CHECK(run.advance(Advance::one_step) == RunState::finished);
  CHECK(run.stop_reason() == StopReason::interrupted);
  CHECK(!run.variable("nothing"));
}

struct NoteLimit {
  static constexpr std::string_view name = "note_limit";
  static constexpr std::string_view summary = "notes a limit, but the graph goes on";
  struct Ports {
    InOut<std::int64_t> calls;
  };
  static constexpr auto ports = std::tuple{inout("calls", &Ports::calls, "integer", "calls so far")};
  static void run(const Ports& io, StepContext& context) noexcept {
    ++io.calls.value();
    context.set_stop_reason(StopReason::iterations);
  }
};

TEST_CASE("an interrupt replaces a limit that the graph noted before it went on") {
  PlanBuilder builder(1);
  const auto calls = variable(builder.global("calls", Element::integer));
  builder.step<NoteLimit>("note", no_population, {{"calls", calls}});
  builder.step<NoteLimit>("note again", no_population, {{"calls", calls}});
  Run run(builder.build(), {});
  CHECK(run.advance(Advance::one_step) == RunState::ready);
  CHECK(run.stop_reason() == StopReason::iterations);
  run.set_stop_reason(StopReason::interrupted);
  CHECK(run.stop_reason() == StopReason::interrupted);
  CHECK(run.advance() == RunState::finished);
  run.set_stop_reason(StopReason::error);
  CHECK(run.stop_reason() == StopReason::interrupted);
}

struct WithResource {
  static constexpr std::string_view name = "with_resource";
  static constexpr std::string_view summary = "counts in a resource";
  struct Resource {
    double calls = 0.0;
  };
  static Resource* create_resource(const void*) { return new Resource; }
  struct Ports {
    InOut<double> calls;
  };
  static constexpr auto ports = std::tuple{inout("calls", &Ports::calls, "real", "")};
  static void run(const Ports& io, StepContext& context) {
    io.calls.value() = ++static_cast<Resource*>(context.resource())->calls;
  }
};

TEST_CASE("a resource lives as long as its run") {
  PlanBuilder builder(1);
  builder.step<WithResource>("use", no_population, {{"calls", variable(builder.global("calls", Element::real))}});
  builder.repeat(0, 3);
  const auto plan = builder.build();
  for (int i = 0; i < 2; ++i) {
    Run run(plan, {});
    run.advance();
    CHECK(reals(run, "calls") == std::vector{3.0});
  }
}

struct AnyPlanVariable {
  static constexpr std::string_view name = "any_plan_variable";
  static constexpr std::string_view summary = "adds a group of columns";
  struct Ports {
    Group<In<double>> terms;
    Out<double> sum;
  };
  static constexpr auto ports = std::tuple{in("terms", &Ports::terms, "real[n,d]", "").variadic().broadcast(),
                                           out("sum", &Ports::sum, "real[n,d]", "")};
  static void run(const Ports& io, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      for (std::size_t i = 0; i < io.sum.width(); ++i) {
        io.sum(row, i) = 0.0;
        for (std::size_t term = 0; term < io.terms.size(); ++term) io.sum(row, i) += io.terms[term](row, i);
      }
    }
  }
};

TEST_CASE("a variadic port takes columns and globals") {
  PlanBuilder builder(2);
  const std::size_t swarm = builder.population("swarm", 2);
  const auto wide = variable(builder.column(swarm, "wide", {real_part(2)}, {1.0, 2.0}));
  const auto narrow = variable(builder.column(swarm, "narrow", {real_part()}, {10.0}));
  const auto global = variable(builder.global("global", Element::real, 100.0));
  const auto sum = variable(builder.column(swarm, "sum", {real_part(2)}));
  builder.step<AnyPlanVariable>("add", swarm, {{"terms", group({wide, narrow, global})}, {"sum", sum}});
  check_reals(builder.build(), "swarm.sum", {111.0, 112.0, 111.0, 112.0});
}

}  // namespace
}  // namespace skein::test
