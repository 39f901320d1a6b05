// A genetic algorithm whose mutation is a particle swarm.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <sstream>
#include <string>
#include <vector>

#include "skein/thread_limit.hpp"
#include "tests/plugins/prepared_run.hpp"
#include "tests/plugins/samples.hpp"

namespace {

using namespace skein;
using namespace skein::tests;

const char* const bowl = R"({"name": "rosenbrock", "dimension": 8, "transform": [{"shift": 3}]})";

std::string document(const std::string& algorithm, const std::string& stop, const std::string& problem = bowl) {
  return R"({"format": "skein/1", "run": "flights", "algorithm": )" + algorithm + R"(, "problem": )" + problem +
         R"(, "stop": {)" + stop + "}}";
}

std::string flying(const std::string& parameters = "") {
  return R"({"name": "genetic_algorithm_with_particle_swarm_mutation", "parameters": {"population_size": 20)" +
         parameters + "}}";
}

std::string with_mutation(const std::string& mutation, const std::string& share = "1") {
  return R"({"name": "genetic_algorithm", "parameters": {"population_size": 20, "mutation_share": )" + share +
         R"(}, "slots": {"mutation": )" + mutation + "}}";
}

Result finished(const Job& job, std::uint64_t seed = 1, std::size_t threads = 1) {
  RunOptions options = job.options;
  options.seed = seed;
  options.threads = threads;
  Run run(job.plan, options);
  REQUIRE(run.advance() == RunState::finished);
  return make_result(job, run);
}

std::string flight(int steps) {
  return R"({"graph": "particle_swarm_mutation", "parameters": {"swarm_size": 20, "steps": )" + std::to_string(steps) +
         "}}";
}

}  // namespace

TEST_CASE("particle swarm as mutation: evaluations in flight count, and limits are kept") {
  const Session session = full_session();
  for (const int steps : {0, 1, 3}) {
    CAPTURE(steps);
    const std::string algorithm = flying(R"(, "flight_steps": )" + std::to_string(steps));
    const Result result = finished(prepared(session, document(algorithm, R"("iterations": 15)")));
    CHECK(result.iterations == 15);
    CHECK(result.evaluations == static_cast<std::uint64_t>(20 + 15 * 20 * (2 + steps)));
    const Result limited = finished(prepared(session, document(algorithm, R"("evaluations": 1000)")));
    CHECK(limited.stop_reason == StopReason::evaluations);
    CHECK(limited.evaluations <= 1000);
    CHECK(limited.evaluations + static_cast<std::uint64_t>(20 * (2 + steps)) > 1000);
  }
}

TEST_CASE("particle swarm as mutation: flights only go to better places") {
  const Session session = full_session();
  // After the flight the offspring of a row is what was best there: nothing of it is worse than what took off.
  const Job job = prepared(session, document(with_mutation(flight(3)), R"("iterations": 10)"));
  Run run(job.plan, job.options);
  std::size_t flights = 0;
  std::vector<double> before;
  std::vector<double> landed;
  while (run.state() != RunState::finished) {
    run.advance(Advance::one_step);
    const auto best = run.variable("mutate/flight[0]/mutate/swarm.personal_best_fitness");
    REQUIRE(best.has_value());
    const auto offspring = run.variable("individuals.offspring_fitness");
    const InFitness found(*best);
    const InFitness evaluated(*offspring);
    landed.clear();
    for (std::size_t row = 0; row < evaluated.rows(); ++row) landed.push_back(evaluated[row].objective());
    if (landed != before && !before.empty()) {
      ++flights;
      for (std::size_t row = 0; row < landed.size(); ++row) CHECK(landed[row] == found[row].objective());
    }
    before = landed;
  }
  CHECK(flights == 10);
}

TEST_CASE("particle swarm as mutation: with share 0 nothing is changed, with no steps neither") {
  const Session session = full_session();
  const Result plain = finished(prepared(session, document(with_mutation("null"), R"("iterations": 25)")));
  const Result none = finished(prepared(session, document(with_mutation(flight(2), "0"), R"("iterations": 25)")));
  const Result still = finished(prepared(session, document(with_mutation(flight(0)), R"("iterations": 25)")));
  const Result some = finished(prepared(session, document(with_mutation(flight(2), "0.5"), R"("iterations": 25)")));
  CHECK(none.best_solution == plain.best_solution);
  CHECK(still.best_solution == plain.best_solution);
  CHECK(some.best_solution != plain.best_solution);
  CHECK(none.evaluations > plain.evaluations);
}

TEST_CASE("particle swarm as mutation: flights help on a smooth function at the same evaluations") {
  const Session session = full_session();
  const Job flights = prepared(session, document(flying(), R"("evaluations": 8000, "iterations": 100000)"));
  const Job plain = prepared(session, document(with_mutation("null"), R"("evaluations": 8000, "iterations": 100000)"));
  std::vector<double> with;
  std::vector<double> without;
  for (std::uint64_t seed = 1; seed <= 11; ++seed) {
    with.push_back(finished(flights, seed).best_quality.value());
    without.push_back(finished(plain, seed).best_quality.value());
  }
  CHECK(median(with) < median(without));
  CHECK(mann_whitney(with, without) < 0.01);
}

TEST_CASE("particle swarm as mutation: the same bits for any number of threads, and continued from a checkpoint") {
  const ThreadLimit allowed(8);
  const Session session = full_session();
  const Job job = prepared(session, document(flying(), R"("iterations": 30)"));
  const Result expected = finished(job);
  for (const std::size_t threads : {2U, 8U}) CHECK(finished(job, 1, threads).best_solution == expected.best_solution);
  for (const int pause : {3, 40, 101}) {
    Run run(job.plan, job.options);
    for (int step = 0; step < pause; ++step) run.advance(Advance::one_step);
    std::stringstream checkpoint;
    run.checkpoint(checkpoint);
    Run resumed(job.plan, job.options);
    Diagnostics diagnostics;
    REQUIRE_MESSAGE(resumed.restore(checkpoint, diagnostics), all_text(diagnostics));
    REQUIRE(resumed.advance() == RunState::finished);
    CHECK(make_result(job, resumed).best_solution == expected.best_solution);
  }
}
