// The recorded results from the plain swarm and from the shipped particle swarm with HeuristicLab's random numbers.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>
#include <vector>

#include "skein/thread_limit.hpp"
#include "tests/heuristiclab/recorded_results.hpp"
#include "tests/heuristiclab/register.hpp"
#include "tests/heuristiclab/run_document.hpp"
#include "tests/plugins/prepared_run.hpp"

namespace {

using namespace skein;
using namespace skein::heuristiclab;
using namespace skein::tests;

Session session_with_heuristiclab() {
  Session session = full_session();
  session.registry().begin_plugin("heuristiclab");
  register_everything(session.registry());
  REQUIRE_MESSAGE(session.registry().diagnostics().empty(), all_text(session.registry().diagnostics()));
  return session;
}

std::vector<double> content(const Run& run, const std::string& column) {
  const In<double> view(run.variable("particle swarm/swarm." + column).value());
  std::vector<double> numbers;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    numbers.insert(numbers.end(), view.row(row), view.row(row) + view.width());
  }
  return numbers;
}

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return std::ranges::equal(a, b, {}, std::bit_cast<std::uint64_t, double>, std::bit_cast<std::uint64_t, double>);
}

Outcome outcome_of(const Run& run) {
  REQUIRE(run.state() == RunState::finished);
  const InFitness fitness(run.variable("particle swarm/swarm.fitness").value());
  std::vector<double> qualities;
  for (std::size_t row = 0; row < fitness.rows(); ++row) qualities.push_back(fitness[row].objective());
  return outcome(InFitness(run.variable("best_fitness").value())[0].objective(), qualities, run.evaluations());
}

void check_outcome(const Outcome& found, const Outcome& expected) {
  CHECK(found.best == expected.best);
  CHECK(found.average == expected.average);
  CHECK(found.worst == expected.worst);
  CHECK(found.evaluations == expected.evaluations);
}

void check_recorded(const RecordedResult& recorded) {
  const PlainRun plain = run_plainly(recorded.settings);
  check_outcome(plain.outcome, recorded.outcome);

  const ThreadLimit four_threads(4);
  const Session session = session_with_heuristiclab();
  const Job job = prepared(session, run_document(recorded, slots(recorded.settings)));
  for (const std::size_t threads : {1U, 4U}) {
    for (const bool fuse : {true, false}) {
      CAPTURE(threads);
      CAPTURE(fuse);
      RunOptions options = job.options;
      options.threads = threads;
      options.tile_rows = threads == 1 ? 0 : 3;
      options.fuse = fuse;
      Run run(job.plan, options);
      run.advance();
      check_outcome(outcome_of(run), recorded.outcome);
      CHECK(same_bits(content(run, "position"), plain.positions));
      CHECK(same_bits(content(run, "velocity"), plain.velocities));
      CHECK(same_bits(content(run, "personal_best"), plain.personal_bests));
    }
  }
}

}  // namespace

TEST_CASE("HeuristicLab: its sample, Rastrigin's function with random informants") {
  check_recorded(rastrigin_sample());
}

TEST_CASE("HeuristicLab: its sample of July 2017, Schwefel's function with random informants") {
  check_recorded(schwefel_sample());
}

TEST_CASE("HeuristicLab: Ackley's function where everybody informs everybody") { check_recorded(ackley_complete()); }

TEST_CASE("HeuristicLab: the sphere in 10 dimensions with SPSO 2007 on a ring") { check_recorded(sphere_2007_ring()); }

TEST_CASE("HeuristicLab: the sphere in 5 dimensions with falling inertia") { check_recorded(sphere_falling_inertia()); }

TEST_CASE("HeuristicLab: each part of what it does counts") {
  const Session session = session_with_heuristiclab();
  const auto found = [&](const RecordedResult& recorded, const char* slot, const char* filler) {
    Slots others = slots(recorded.settings);
    others[slot] = filler;
    const Job job = prepared(session, run_document(recorded, others));
    Run run(job.plan, job.options);
    run.advance();
    return outcome_of(run);
  };
  const RecordedResult sample = rastrigin_sample();
  CHECK(found(sample, "topology_updater", R"("heuristiclab_adaptive_random")") == sample.outcome);
  for (const char* updater : {R"("adaptive_random")", R"("static_topology")"}) {
    CHECK_FALSE(found(sample, "topology_updater", updater) == sample.outcome);
  }
  for (const char* rule : {R"("clamp_and_stop")", "null"}) {
    CHECK_FALSE(found(sample, "bounds_handling", rule) == sample.outcome);
  }
  const RecordedResult ring = sphere_2007_ring();
  CHECK_FALSE(found(ring, "topology_initializer", "null") == ring.outcome);
  CHECK_FALSE(found(ring, "bounds_handling", R"("clamp_and_bounce")") == ring.outcome);
  const char* without_lag = R"({"operator": "linear_schedule", "in": {"end": 0.7}})";
  const RecordedResult falling = sphere_falling_inertia();
  CHECK_FALSE(found(falling, "inertia_updater", without_lag) == falling.outcome);
}

TEST_CASE("HeuristicLab: its sample goes on from a checkpoint") {
  const Session session = session_with_heuristiclab();
  const RecordedResult sample = rastrigin_sample();
  const Job job = prepared(session, run_document(sample, slots(sample.settings)));
  Run run(job.plan, job.options);
  for (int step = 0; step < 500; ++step) run.advance(Advance::one_step);
  REQUIRE(run.state() == RunState::ready);
  std::stringstream file;
  run.checkpoint(file);

  Run other(job.plan, job.options);
  Diagnostics diagnostics;
  REQUIRE(other.restore(file, diagnostics));
  other.advance();
  check_outcome(outcome_of(other), sample.outcome);
}
