// The shipped algorithm on transformed and constrained problems: same bits for any threads and tiles and in single
// steps, nothing allocated, and what results say.
#include <doctest/doctest.h>

#include <bit>
#include <cstdint>
#include <string>
#include <vector>

#include "skein/thread_limit.hpp"
#include "tests/plugins/prepared_run.hpp"
#include "tests/support/allocation_count.hpp"

namespace {

using namespace skein;
using namespace skein::tests;

std::string document(const std::string& problem, int iterations = 30) {
  return R"({"format": "skein/1", "algorithm": {"name": "particle_swarm", "parameters": {"swarm_size": 150}}, "problem": )" +
         problem + R"(, "stop": {"iterations": )" + std::to_string(iterations) + "}}";
}

constexpr const char* everything =
    R"({"name": "rastrigin", "dimension": 30,
        "transform": [{"shift": 7}, {"rotate": 7}, {"scale": 2.0}, {"noise": {"sigma": 0.1}}, {"penalty": 1e6}]})";

std::vector<std::uint64_t> bits_of(const Result& result) {
  std::vector<std::uint64_t> bits = {result.evaluations,
                                     std::bit_cast<std::uint64_t>(result.best_quality.value_or(-1.0))};
  for (const Value& value : result.best_solution.list()) bits.push_back(std::bit_cast<std::uint64_t>(value.number()));
  return bits;
}

Result run_with(const Job& job, std::size_t threads, std::size_t tile_rows, bool in_steps = false) {
  RunOptions options = job.options;
  options.threads = threads;
  options.tile_rows = tile_rows;
  Run run(job.plan, options);
  RunState state = RunState::ready;
  while (state == RunState::ready) state = run.advance(in_steps ? Advance::one_step : Advance::to_end);
  REQUIRE(state == RunState::finished);
  return make_result(job, run);
}

}  // namespace

TEST_CASE("transformed problems have the same bits for any threads and tiles, and in single steps") {
  const ThreadLimit eight_threads(8);
  const Session session = full_session();
  for (
      const char* problem :
      {everything, R"({"name": "random", "dimension": 3, "transform": [{"noise": 1}]})",
       R"({"name": "speed_reducer", "transform": [{"rotate": 3}]})",
       R"x({"name": "expression", "dimension": 9, "parameters": {"objective": "sum(x[i]^2)"}, "transform": [{"shift": 3}]})x"}) {
    CAPTURE(std::string(problem));
    const Job job = prepared(session, document(problem));
    CHECK(job.reproducibility.tier == Reproducibility::every_machine);
    const auto expected = bits_of(run_with(job, 1, 0));
    for (const std::size_t threads : {1U, 2U, 8U}) {
      for (const std::size_t tile_rows : {0U, 1U, 3U, 1000U})
        CHECK(bits_of(run_with(job, threads, tile_rows)) == expected);
    }
    CHECK(bits_of(run_with(job, 2, 0, true)) == expected);
  }
}

TEST_CASE("transformed problems allocate nothing per iteration") {
  if (!counts_allocations()) return;
  const Session session = full_session();
  for (const char* problem :
       {everything, R"("welded_beam")", R"({"name": "controller_tuning", "parameters": {"horizon": 0.1}})"}) {
    const Job job = prepared(session, document(problem, 50));
    for (const std::size_t threads : {1U, 2U}) {
      const auto allocations = [&] {
        RunOptions options = job.options;
        options.threads = threads;
        options.tile_rows = 64;
        Run run(job.plan, options);
        for (int step = 0; step < 60; ++step) run.advance(Advance::one_step);
        const AllocationCount count;
        run.advance();
        return count.allocations();
      };
      allocations();
      CHECK(allocations() == 0);
    }
  }
}

TEST_CASE("results say how the problem was transformed and whether the best solution is feasible") {
  const Session session = full_session();
  const Value transformed = to_value(run_with(prepared(session, document(everything, 3)), 1, 0));
  REQUIRE(transformed.find("transform") != nullptr);
  CHECK(transformed.find("transform")->list().size() == 5);
  CHECK(transformed.find("transform")->list()[0].find("shift")->number() == 7);
  const Result plain = run_with(prepared(session, document(R"("sphere")", 3)), 1, 0);
  CHECK(to_value(plain).find("transform") == nullptr);
  CHECK(plain.best_violation == 0);
  const Result impossible = run_with(
      prepared(session,
               document(R"({"name": "expression", "parameters": {"objective": "x[0]", "constraints": ["2 - x[0]"]}})")),
      1, 0);
  CHECK(impossible.best_violation == 1);
  CHECK(impossible.best_quality == 1);
}

TEST_CASE("the swarm finds the best known engineering designs, and only feasible ones count") {
  const Session session = full_session();
  const auto best = [&](const char* problem) {
    const Result result = run_with(prepared(session, document('"' + std::string(problem) + '"', 500)), 2, 0);
    CHECK(result.best_violation == 0);
    CHECK(*result.best_quality >= *result.best_known * (1 - 1e-7));
    return *result.best_quality / *result.best_known;
  };
  CHECK(best("three_bar_truss") < 1.001);
  CHECK(best("tension_spring") < 1.03);
  CHECK(best("welded_beam") < 1.03);
  CHECK(best("speed_reducer") < 1.02);
  CHECK(best("pressure_vessel") < 1.1);
}

TEST_CASE("a penalty that is large enough finds a feasible design as well") {
  const Session session = full_session();
  const Job job = prepared(session, document(R"({"name": "three_bar_truss", "transform": [{"penalty": 1e6}]})", 300));
  const Result result = run_with(job, 2, 0);
  CHECK(*result.best_quality == doctest::Approx(263.8958434).epsilon(1e-3));
  Diagnostics diagnostics;
  Run check(
      session.evaluation_plan(session.make_problem({"three_bar_truss", {}, {}, {}, {}}, diagnostics), 1, diagnostics),
      {});
  const InOut<double> position(check.variable("points.position").value());
  for (std::size_t i = 0; i < 2; ++i) position.row(0)[i] = result.best_solution.list()[i].number();
  REQUIRE(check.advance() == RunState::finished);
  CHECK(InFitness(check.variable("points.fitness").value())[0].violation() < 1e-4);
}

TEST_CASE("the swarm finds the lowest energies of the smallest clusters") {
  const Session session = full_session();
  for (const int atoms : {3, 4}) {
    const Job job = prepared(
        session, document(R"({"name": "lennard_jones", "parameters": {"atoms": )" + std::to_string(atoms) + "}}", 600));
    CHECK(*run_with(job, 2, 0).best_quality == doctest::Approx(atoms == 3 ? -3 : -6).epsilon(1e-3));
  }
}
