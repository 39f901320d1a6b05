// Which steps share a pipeline, which columns live in strips, and what becomes of failures in a pipeline.
#include "plan/pipelines.hpp"

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "tests/core/support/plan_builder.hpp"
#include "tests/core/support/run_checks.hpp"
#include "tests/core/support/test_operators.hpp"

namespace skein::test {
namespace {

constexpr std::size_t dimension = 100;
constexpr std::size_t rows = 45;  // three row groups, the last one not full; 12 strips

/// sum <- first + second
struct Add {
  static constexpr std::string_view name = "add";
  static constexpr std::string_view summary = "adds";
  struct Ports {
    In<double> first, second;
    Out<double> sum;
  };
  static constexpr auto ports =
      std::tuple{in("first", &Ports::first, "real[n,d]", ""), in("second", &Ports::second, "real[n,d]", ""),
                 out("sum", &Ports::sum, "real[n,d]", "")};
  static void run(const Ports& io, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      for (std::size_t i = 0; i < io.sum.width(); ++i) io.sum(row, i) = io.first(row, i) + io.second(row, i);
    }
  }
};

/// values <- source of the next row
struct TakeNext {
  static constexpr std::string_view name = "take_next";
  static constexpr std::string_view summary = "reads another row";
  struct Ports {
    In<double> source;
    Out<double> values;
  };
  static constexpr auto ports =
      std::tuple{in("source", &Ports::source, "real[n,d]", "").any(), out("values", &Ports::values, "real[n,d]", "")};
  static void run(const Ports& io, RowContext& context) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      const std::size_t next = (row + 1) % io.source.rows();
      for (std::size_t i = 0; i < io.values.width(); ++i) io.values(row, i) = io.source(next, i);
    }
  }
};

/// total <- the sum of all components
struct Total {
  static constexpr std::string_view name = "total";
  static constexpr std::string_view summary = "adds everything up";
  struct Ports {
    In<double> value;
    Out<double> total;
  };
  static constexpr auto ports =
      std::tuple{in("value", &Ports::value, "real[n,d]", ""), out("total", &Ports::total, "real", "")};
  struct Partial {
    double sum = 0;
  };
  static void map(const Ports& io, RowContext& context, Partial& partial) noexcept {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      for (std::size_t i = 0; i < io.value.width(); ++i) partial.sum += io.value(row, i);
    }
  }
  static void combine(Partial& into, const Partial& later) noexcept { into.sum += later.sum; }
  static void finish(const Ports& io, const Partial* total) noexcept { io.total.value() = total->sum; }
};

struct Unsafe : Add {
  static constexpr std::string_view name = "unsafe";
  static constexpr bool thread_safe = false;
};

struct Resize {
  static constexpr std::string_view name = "resize";
  static constexpr std::string_view summary = "may change the population";
  struct Ports {
    InOutPopulation population;
  };
  static constexpr auto ports = std::tuple{inout("population", &Ports::population, "population", "")};
  static void run(const Ports&, StepContext&) noexcept {}
};

std::size_t failing_row = no_index;

/// fitness <- (0, the first component), but fails at one row
struct FirstComponent {
  static constexpr std::string_view name = "first_component";
  static constexpr std::string_view summary = "can fail";
  using Ports = Sphere::Ports;
  static constexpr auto ports = Sphere::ports;
  static void run(const Ports& io, RowContext& context) {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      if (row == failing_row) throw std::runtime_error("no value");
      io.fitness(row, 0) = 0.0;
      io.fitness(row, 1) = io.position(row, 0);
    }
  }
};

/// A population with columns a, b, c, and the global `total`.
struct Bench {
  Bench() {
    for (const char* name : {"a", "b", "c"}) {
      columns.push_back(variable(builder.column(swarm, name, {real_part(dimension)})));
    }
  }
  template <class Operator>
  void two(const std::string& path, std::size_t from, std::size_t to) {
    if constexpr (requires { Operator::ports; } && std::tuple_size_v<decltype(Operator::ports)> == 3) {
      builder.step<Operator>(path, swarm, {{"first", columns[from]}, {"second", columns[from]}, {"sum", columns[to]}});
    } else {
      builder.step<Operator>(path, swarm, {{"source", columns[from]}, {"values", columns[to]}});
    }
  }

  PlanBuilder builder{dimension};
  std::size_t swarm = builder.population("swarm", rows);
  std::vector<PlanBinding> columns;
};

/// "first-last: why" for every pipeline.
std::vector<std::string> pipelines(const Plan& plan) {
  std::vector<std::string> texts;
  for (const PlanPipeline& pipeline : plan.pipelines) {
    texts.push_back(std::to_string(pipeline.first) + "-" + std::to_string(pipeline.last) + ": " +
                    pipeline.begins_because);
  }
  return texts;
}

using Texts = std::vector<std::string>;

TEST_CASE("pipelines: row operators that touch their own rows share one") {
  Bench bench;
  bench.builder.step<FillUniform>("fill", bench.swarm, {{"value", bench.columns[0]}});
  bench.two<Add>("double", 0, 1);
  bench.two<Add>("double again", 1, 2);
  const auto plan = bench.builder.build();
  CHECK(pipelines(*plan) == Texts{"0-3: "});
  CHECK(plan->pipelines[0].strip_variables == std::vector<std::size_t>{0, 1});
  check_same_bits(plan);

  RunOptions singly;
  singly.threads = 1;
  Run run(plan, singly);
  run.advance();
  singly.fuse = false;
  Run reference(plan, singly);
  reference.advance();
  const std::vector<double> first = reals(reference, "swarm.a");
  std::vector<double> expected = first;
  for (double& number : expected) number *= 4;
  CHECK(reals(run, "swarm.c") == expected);
  // A strip of a was enough.
  CHECK(reals(run, "swarm.a") == std::vector<double>(rows * dimension, 0.0));
}

TEST_CASE("pipelines: a gather is kept apart from who writes what it reads, before and after it") {
  Bench bench;
  bench.builder.step<FillUniform>("fill", bench.swarm, {{"value", bench.columns[0]}});
  bench.two<TakeNext>("shift", 0, 1);
  bench.two<Add>("double", 1, 0);
  const auto plan = bench.builder.build();
  CHECK(pipelines(*plan) == Texts{"0-1: ", "1-2: 'fill' writes 'swarm.a', of which 'shift' reads any row",
                                  "2-3: 'double' writes 'swarm.a', of which 'shift' reads any row"});
  CHECK(plan->pipelines[1].strip_variables.empty());
  check_same_bits(plan);
}

TEST_CASE("pipelines: a gather from a column that nobody in it writes joins in") {
  Bench bench;
  bench.two<TakeNext>("shift", 0, 1);
  bench.two<Add>("double", 1, 2);
  CHECK(pipelines(*bench.builder.build()) == Texts{"0-2: "});
}

TEST_CASE("pipelines: a reducing operator ends one") {
  Bench bench;
  const auto total = variable(bench.builder.global("total", Element::real));
  bench.builder.step<FillUniform>("fill", bench.swarm, {{"value", bench.columns[0]}});
  bench.builder.step<Total>("total", bench.swarm, {{"value", bench.columns[0]}, {"total", total}});
  bench.two<Add>("double", 0, 1);
  const auto plan = bench.builder.build();
  CHECK(pipelines(*plan) == Texts{"0-2: ", "2-3: 'total' needs all rows for its result"});
  check_same_bits(plan);
}

TEST_CASE("pipelines: what breaks one") {
  Bench bench;
  bench.two<Add>("one", 0, 1);
  bench.two<Unsafe>("two", 0, 1);
  bench.two<Add>("three", 0, 1);
  const std::size_t other = bench.builder.population("other", 3);
  const auto column = variable(bench.builder.column(other, "x", {real_part(dimension)}));
  bench.builder.step<FillUniform>("four", other, {{"value", column}});
  PlanStep& five = bench.builder.step<FillUniform>("five", other, {{"value", column}});
  five.streams = bench.builder.plan().steps[3].streams;
  const std::size_t loop = bench.builder.next_step();
  bench.builder.step<FillUniform>("six", other, {{"value", column}});
  bench.builder.repeat(loop, 2);
  bench.builder.step<FillUniform>("seven", other, {{"value", column}});
  const auto plan = bench.builder.build();
  REQUIRE(plan->pipelines.size() == 7);
  const Texts found = pipelines(*plan);
  CHECK(found[1] == "1-2: 'two' is not thread-safe");
  CHECK(found[2] == "2-3: 'two' is not thread-safe");
  CHECK(found[3] == "3-4: it works on another population");
  CHECK(found[4] == "4-5: it draws from a stream of 'four'");
  CHECK(found[5] == "5-6: the flow can jump here");
  CHECK(plan->pipelines[6].begins_because.ends_with("is no operator on rows"));
  check_same_bits(plan);
}

TEST_CASE("pipelines: columns that are read elsewhere, or before they are written, do not live in strips") {
  Bench bench;
  bench.two<Add>("read a", 0, 1);
  bench.two<Add>("write a", 1, 0);
  bench.two<TakeNext>("gather", 2, 2);
  const auto plan = bench.builder.build();
  CHECK(pipelines(*plan) == Texts{"0-3: "});
  CHECK(plan->pipelines[0].strip_variables == std::vector<std::size_t>{1});
}

TEST_CASE("pipelines: a fitness in which the engine looks for the target does not live in strips") {
  for (const bool evaluates : {false, true}) {
    Bench bench;
    PlanStep& fill = bench.builder.step<FillUniform>("fill", bench.swarm, {{"value", bench.columns[0]}});
    fill.counts_evaluations = evaluates;
    fill.fitness_port = 0;
    bench.two<Add>("double", 0, 1);
    const auto plan = bench.builder.build();
    CHECK(plan->pipelines[0].strip_variables.size() == (evaluates ? 0 : 1));
  }
}

TEST_CASE("pipelines: columns that populations exchange do not live in strips, hidden ones stay and do") {
  for (const bool hidden : {false, true}) {
    Bench bench;
    bench.two<Add>("write b", 0, 1);
    bench.two<Add>("read b", 1, 2);
    bench.builder.plan().variables[1].hidden = hidden;
    bench.builder.step<Resize>("resize", no_population, {{"population", population(bench.swarm)}});
    const auto plan = bench.builder.build();
    CHECK(plan->pipelines[0].strip_variables.size() == (hidden ? 1 : 0));
  }
}

TEST_CASE("pipelines: an operator that can fail is the last, all rows have moved when it fails") {
  Bench bench;
  const auto fitness = variable(bench.builder.column(bench.swarm, "fitness", {real_part(2)}, {0.0, 99.0}));
  const std::size_t loop = bench.builder.next_step();
  bench.builder.step<FillUniform>("fill", bench.swarm, {{"value", bench.columns[0]}});
  bench.two<Add>("double", 0, 1);
  bench.builder.evaluator<FirstComponent>("evaluate", bench.swarm,
                                          {{"position", bench.columns[1]}, {"fitness", fitness}});
  bench.two<Add>("again", 1, 2);
  bench.builder.repeat(loop, 3);
  const auto plan = bench.builder.build();
  CHECK(pipelines(*plan) == Texts{"0-3: ", "3-4: 'evaluate' can fail"});
  // What the failing step reads must still be there when it is tried again.
  CHECK(plan->pipelines[0].strip_variables == std::vector<std::size_t>{0});

  const auto drive = [&](Run& run) {
    failing_row = 30;
    CHECK(run.advance() == RunState::failed);
    REQUIRE(run.error());
    CHECK(run.error()->row == 30);
    CHECK(run.evaluations() == 0);
    CHECK(reals(run, "swarm.fitness")[1] == 99.0);
    CHECK(reals(run, "swarm.b").back() != 0.0);
    failing_row = no_index;
    CHECK(run.advance() == RunState::finished);
    CHECK(run.evaluations() == 3 * rows);
  };
  const std::uint64_t failed_once = check_same_bits(plan, {}, drive);
  CHECK(check_same_bits(plan, {}, [](Run& run) { run.advance(); }) == failed_once);

  RunOptions retrying;
  retrying.on_error = ErrorPolicy::worst;
  check_same_bits(plan, retrying, [](Run& run) {
    failing_row = 7;
    run.advance();
    failing_row = no_index;
    CHECK(run.failed_evaluations() == 3);
  });
}

TEST_CASE("pipelines: single steps, checkpoints and pauses in the middle of one give the same bits") {
  Bench bench;
  const std::size_t loop = bench.builder.next_step();
  bench.builder.step<FillUniform>("fill", bench.swarm, {{"value", bench.columns[0]}});
  bench.two<Add>("double", 0, 1);
  bench.builder.step<Add>("sum up", bench.swarm,
                          {{"first", bench.columns[2]}, {"second", bench.columns[1]}, {"sum", bench.columns[2]}});
  bench.builder.repeat(loop, 4);
  const auto plan = bench.builder.build();
  Run whole(plan, {});
  whole.advance();
  for (std::size_t steps = 0; steps < 12; ++steps) {
    CAPTURE(steps);
    Run stepped(plan, {});
    for (std::size_t i = 0; i < steps; ++i) stepped.advance(Advance::one_step);
    Run resumed(plan, {});
    restore(resumed, checkpoint_of(stepped));
    resumed.advance();
    stepped.advance();
    CHECK(reals(stepped, "swarm.c") == reals(whole, "swarm.c"));
    CHECK(reals(resumed, "swarm.c") == reals(whole, "swarm.c"));
  }
}

}  // namespace
}  // namespace skein::test
