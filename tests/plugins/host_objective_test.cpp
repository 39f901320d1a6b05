// Objectives of a host: lambdas on one solution or on a tile, called in place, failing now and then.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "skein/ask_tell.hpp"
#include "skein/graph_builder.hpp"
#include "skein/operator.hpp"
#include "tests/plugins/host_swarm.hpp"

namespace {

using namespace skein;
using namespace skein::tests;

TEST_CASE("host objective: one solution, and tiles, give the same bits") {
  const Session session = full_session();
  const RunDocument document = swarm_document(70, 6);
  const std::vector<std::uint64_t> expected = undisturbed_bits(session, document);
  for (const std::size_t threads : {1U, 4U}) {
    HostProblem problem = bowl_problem();
    problem.thread_safe = true;
    problem.tile_objective = [](const SolutionTile& tile, std::span<double> values, std::span<double> violations) {
      CHECK(values.size() == tile.size());
      CHECK(violations.size() == tile.size());
      for (std::size_t i = 0; i < tile.size(); ++i) values[i] = bowl(tile.numbers(i));
    };
    Job job = host_job(session, problem, document);
    job.options.threads = threads;
    Run run(job.plan, job.options);
    CHECK(run.advance() == RunState::finished);
    CHECK(found_bits(job, run) == expected);
  }
}

/// A simulator that nobody can copy.
struct Simulator {
  Simulator() = default;
  Simulator(const Simulator&) = delete;
  Simulator& operator=(const Simulator&) = delete;
  double operator()(std::span<const double> point) {
    ++calls;
    return bowl(point);
  }
  std::uint64_t calls = 0;
};

TEST_CASE("host objective: by reference, and the problem itself is never copied") {
  const Session session = full_session();
  Simulator simulator;
  HostProblem description = bowl_problem();
  description.objective = std::ref(simulator);
  Diagnostics diagnostics;
  const auto problem = make_problem(std::move(description), diagnostics);
  const auto job = session.prepare(swarm_document(), problem, diagnostics);
  REQUIRE(job.has_value());
  CHECK(job->problem.get() == problem.get());
  Run run(job->plan, job->options);
  CHECK(run.advance() == RunState::finished);
  CHECK(simulator.calls == 60);
  CHECK(run.evaluations() == 60);
}

TEST_CASE("host objective: several objectives, violations, and other encodings, by tiles") {
  const Session session = full_session();
  HostProblem bits;
  bits.name = "ones";
  bits.encoding = "binary_vector";
  bits.dimension = 12;
  bits.objectives = {{"ones", Sense::maximize}};
  bits.tile_objective = [](const SolutionTile& tile, std::span<double> values, std::span<double> violations) {
    for (std::size_t i = 0; i < tile.size(); ++i) {
      const std::span<const std::uint8_t> solution = tile.part<std::uint8_t>(i);
      values[i] = static_cast<double>(std::ranges::count(solution, std::uint8_t{1}));
      violations[i] = solution[0] == 1 ? 1.0 : 0.0;  // the first one costs too much
    }
  };
  const Job job = host_job(session, bits, swarm_document(20, 60));
  Run run(job.plan, job.options);
  CHECK(run.advance() == RunState::finished);
  const Result result = make_result(job, run);
  CHECK(result.best_quality == 11.0);
  CHECK(result.best_violation == 0.0);

  HostProblem sides = bowl_problem(3);
  sides.objectives = {{"left", Sense::minimize}, {"right", Sense::maximize}};
  sides.tile_objective = [](const SolutionTile& tile, std::span<double> values, std::span<double>) {
    for (std::size_t i = 0; i < tile.size(); ++i) {
      values[2 * i] = tile.numbers(i)[0];
      values[2 * i + 1] = tile.numbers(i)[0];
    }
  };
  RunDocument document = swarm_document(20, 10);
  document.algorithm.name = "multi_objective_particle_swarm";
  const Job two = host_job(session, sides, document);
  Run front_run(two.plan, two.options);
  CHECK(front_run.advance() == RunState::finished);
  const Result found = make_result(two, front_run);
  REQUIRE_FALSE(found.front.value().points.empty());
  for (const FrontPoint& point : found.front->points) CHECK(point.objectives[0] == point.objectives[1]);
}

TEST_CASE("host objective: a function of numbers is refused where solutions are none") {
  const Session session = full_session();
  HostProblem bits;
  bits.name = "ones";
  bits.encoding = "binary_vector";
  bits.dimension = 12;
  bits.objective = [](std::span<const double> point) { return point[0]; };
  Diagnostics diagnostics;
  CHECK_FALSE(session.prepare(swarm_document(), make_problem(bits, diagnostics), diagnostics).has_value());
  CHECK(all_text(diagnostics) ==
        "error: The problem 'ones' has a function of the numbers of a solution, and solutions of the encoding "
        "'binary_vector' are none. [bad-problem]\n  path: objective\n"
        "  expected: `tile_objective`, which takes solutions of any encoding\n"
        "  found: solutions that are binary[d]\n");
}

TEST_CASE("host objective: transforms of a document work around it") {
  const Session session = full_session();
  HostProblem problem = bowl_problem();
  problem.objective = bowl;
  RunDocument document = swarm_document(30, 200);
  document.problem.transforms = {{"shift", Value(std::int64_t{7}), {}}};
  const Job job = host_job(session, problem, document);
  Run run(job.plan, job.options);
  CHECK(run.advance() == RunState::finished);
  const Result result = make_result(job, run);
  CHECK(result.best_quality.value() < 1e-6);
  CHECK(std::abs(result.best_solution.list()[0].number() - 0.25) > 1e-3);
}

TEST_CASE("errors in a run: an objective that throws leaves every row moved, and the run goes on as if nothing was") {
  const Session session = full_session();
  const RunDocument document = swarm_document(20, 6);
  const std::vector<std::uint64_t> expected = undisturbed_bits(session, document);
  for (const std::size_t threads : {1U, 4U}) {
    std::atomic<std::uint64_t> calls = 0;
    std::atomic<bool> is_broken = true;
    HostProblem problem = bowl_problem();
    problem.thread_safe = true;
    problem.objective = [&](std::span<const double> point) {
      if (++calls > 45 && is_broken) throw std::runtime_error("the mesh has a hole");
      return bowl(point);
    };
    Job job = host_job(session, problem, document);
    job.options.threads = threads;
    Run run(job.plan, job.options);
    REQUIRE(run.advance() == RunState::failed);
    CHECK(run.error()->path == "main loop/evaluate");
    CHECK(run.error()->message == "the mesh has a hole");
    CHECK(run.error()->row.has_value());
    CHECK(run.next_node() == "main loop/evaluate");
    CHECK(run.evaluations() == 40);  // of the iterations before: a row counts when its iteration does
    // All rows were moved, as in a run that stops before the evaluation.
    HostProblem sound = bowl_problem();
    sound.objective = bowl;
    const Job other = host_job(session, sound, document);
    Run undisturbed(other.plan, other.options);
    Diagnostics diagnostics;
    REQUIRE(undisturbed.add_breakpoint("main loop/evaluate", diagnostics));
    undisturbed.advance();
    undisturbed.advance();
    const In<double> moved(*run.variable("swarm.position"));
    const In<double> expected_rows(*undisturbed.variable("swarm.position"));
    for (std::size_t row = 0; row < 20; ++row) {
      for (std::size_t i = 0; i < 4; ++i) CHECK(moved(row, i) == expected_rows(row, i));
    }
    CHECK(run.advance() == RunState::failed);  // still broken
    is_broken = false;
    CHECK(run.advance() == RunState::finished);
    CHECK(found_bits(job, run) == expected);
  }
}

TEST_CASE("errors in a run: policies for an objective that throws") {
  const Session session = full_session();
  RunDocument document = swarm_document(20, 6);
  std::uint64_t calls = 0;
  HostProblem problem = bowl_problem();
  problem.objective = [&](std::span<const double> point) {
    if (++calls % 7 == 0) throw std::runtime_error("lost");
    return bowl(point);
  };
  SUBCASE("retry gives the bits of a run without errors") {
    document.on_error = ErrorPolicy::retry;
    document.retries = 10;
    const Job job = host_job(session, problem, document);
    Run run(job.plan, job.options);
    CHECK(run.advance() == RunState::finished);
    CHECK(found_bits(job, run) == undisturbed_bits(session, document));
  }
  SUBCASE("worst value goes on, and counts") {
    document.on_error = ErrorPolicy::worst;
    const Job job = host_job(session, problem, document);
    Run run(job.plan, job.options);
    CHECK(run.advance() == RunState::finished);
    CHECK(run.evaluations() == 140);
    CHECK(run.failed_evaluations() == 20);
    CHECK(run.first_failure()->row == 6U);
    CHECK(run.first_failure()->message == "lost");
  }
}

/// Throws at its call number `fails_at`, after it has changed its variable.
struct Counter {
  static inline std::uint64_t calls = 0;
  static inline std::uint64_t fails_at = 0;
  static constexpr std::string_view name = "fragile_counter";
  static constexpr std::string_view summary = "adds 1, and fails once";
  static constexpr std::array<std::string_view, 1> roles = {"analyzer"};
  struct Ports {
    InOut<std::int64_t> counted;
  };
  static constexpr std::tuple ports = {hidden("counted", &Ports::counted, "integer", "passes")};
  struct Parameters {};
  static constexpr std::tuple<> parameters{};
  static void run(const Ports& io, const Parameters&, StepContext&) {
    ++io.counted.value();
    if (++calls == fails_at) throw std::runtime_error("the disk is full");
  }
};

TEST_CASE("errors in a run: a step operator that throws leaves its variables as they were") {
  Session session = full_session();
  session.registry().add(operator_table<Counter>());
  RunDocument document = swarm_document(20, 6);
  const std::vector<std::uint64_t> expected = undisturbed_bits(session, document);
  document.algorithm.slots = {fill_many("analyzer", {{"fragile", operation("fragile_counter")}})};
  HostProblem problem = bowl_problem();
  problem.objective = bowl;
  const Job job = host_job(session, problem, document);
  Counter::calls = 0;
  Counter::fails_at = 4;
  Run run(job.plan, job.options);
  REQUIRE(run.advance() == RunState::failed);
  CHECK(run.error()->path == "main loop/analyze/fragile");
  CHECK(run.error()->message == "the disk is full");
  CHECK_FALSE(run.error()->row.has_value());
  const Handle<std::int64_t> counted = run.handle<std::int64_t>("main loop/analyze/fragile/@counted");
  CHECK(run.read(counted).value() == 3);
  CHECK(run.advance() == RunState::finished);
  CHECK(run.read(counted).value() == 7);
  CHECK(found_bits(job, run) == expected);
}

TEST_CASE("errors in a run: a stop in the middle keeps whole steps") {
  const Session session = full_session();
  const RunDocument document = swarm_document(20, 6);
  const std::vector<std::uint64_t> expected = undisturbed_bits(session, document);
  std::uint64_t calls = 0;
  Run* running = nullptr;
  HostProblem problem = bowl_problem();
  problem.objective = [&](std::span<const double> point) {
    if (++calls == 47) running->request_pause();
    return bowl(point);
  };
  const Job job = host_job(session, problem, document);
  Run run(job.plan, job.options);
  running = &run;
  CHECK(run.advance() == RunState::ready);
  CHECK(run.evaluations() == 60);  // rows in work are completed
  CHECK(run.advance() == RunState::finished);
  CHECK(found_bits(job, run) == expected);
}

TEST_CASE("host objective: a negative violation fails its row, and what is not written is no value") {
  const Session session = full_session();
  const auto failure_of = [&](double violation) {
    HostProblem problem = bowl_problem();
    problem.tile_objective = [=](const SolutionTile& tile, std::span<double> values, std::span<double> violations) {
      for (std::size_t i = 0; i < tile.size(); ++i) values[i] = bowl(tile.numbers(i));
      for (std::size_t i = 4; i < tile.size(); ++i) violations[i] = violation;
    };
    const Job job = host_job(session, problem, swarm_document(10, 3));
    Run run(job.plan, job.options);
    CHECK(run.advance() == RunState::failed);
    REQUIRE(run.error().has_value());
    CHECK(run.error()->row == 4);
    return run.error()->message;
  };
  CHECK(failure_of(-0.5) == "the violation is negative: it is 0 for a feasible solution");
  CHECK(failure_of(std::numeric_limits<double>::quiet_NaN()) ==
        "the violation is no number (NaN): it is 0 for a feasible solution");

  HostProblem lazy = bowl_problem();
  lazy.tile_objective = [](const SolutionTile& tile, std::span<double> values, std::span<double>) {
    for (std::size_t i = 0; i < tile.size(); i += 2) values[i] = 1 + bowl(tile.numbers(i));
  };
  const Job job = host_job(session, lazy, swarm_document(10, 3));
  Run run(job.plan, job.options);
  CHECK(run.advance() == RunState::finished);
  CHECK(make_result(job, run).best_quality.value() >= 1);
  lazy.tile_objective = [](const SolutionTile&, std::span<double>, std::span<double>) {};
  const Job nothing = host_job(session, lazy, swarm_document(10, 3));
  Run empty(nothing.plan, nothing.options);
  CHECK(empty.advance() == RunState::finished);
  CHECK_FALSE(make_result(nothing, empty).best_quality.has_value());
}

TEST_CASE("host problems: what is wrong with a description is said, all of it") {
  Diagnostics diagnostics;
  HostProblem problem = bowl_problem(0);
  problem.lower = {1.0, 2.0};
  problem.upper = {std::numeric_limits<double>::infinity()};
  problem.objectives = {};
  problem.objective = bowl;
  problem.tile_objective = [](const SolutionTile&, std::span<double>, std::span<double>) {};
  CHECK(make_problem(problem, diagnostics) == nullptr);
  CHECK(all_text(diagnostics) ==
        "error: The problem 'bowl' has no dimension. [bad-dimension]\n  path: dimension\n  expected: 1 or more\n  "
        "found: 0\n"
        "error: The problem 'bowl' has a bound `lower` with the wrong number of values. [bad-bounds]\n  path: lower\n"
        "  expected: 1 number or 0\n  found: 2 numbers\n"
        "error: The problem 'bowl' has a bound `upper` that is not finite. [bad-bounds]\n  path: upper\n  expected: "
        "finite numbers\n"
        "error: The problem 'bowl' has the wrong number of objectives. [bad-problem]\n  path: objectives\n  expected: "
        "1 to 256\n  found: 0\n"
        "error: The problem 'bowl' has two functions for its objectives. [bad-problem]\n  path: tile_objective\n  "
        "expected: `objective` or `tile_objective`\n  found: both\n");
  Diagnostics more;
  HostProblem endless = bowl_problem(static_cast<std::size_t>(-1));
  endless.name = "";
  endless.best_known = std::numeric_limits<double>::quiet_NaN();
  CHECK(make_problem(endless, more) == nullptr);
  CHECK(
      all_text(more) ==
      "error: The problem '' has no name. [bad-problem]\n  path: name\n  expected: a name\n  found: an empty text\n"
      "error: The problem '' has too many dimensions. [bad-dimension]\n  path: dimension\n  expected: 1 to 100000000\n"
      "  found: 18446744073709551615\n"
      "error: The problem '' has a best known value that is no number. [bad-problem]\n  path: best_known\n"
      "  expected: a number, or none\n  found: NaN\n");
  const Session session = full_session();
  Diagnostics found;
  HostProblem wide = bowl_problem();
  wide.lower = {-1.7e308};
  wide.upper = {1.7e308};
  CHECK(session.prepare(swarm_document(), make_problem(wide, found), found).has_value());
  CHECK(all_text(found).empty());
  HostProblem foreign = bowl_problem();
  foreign.encoding = "real_vektor";
  CHECK_FALSE(session.prepare(swarm_document(), make_problem(foreign, found), found).has_value());
  REQUIRE(found.error_count() == 1);
  CHECK(found.items()[0].code == "unknown-encoding");
}

}  // namespace
