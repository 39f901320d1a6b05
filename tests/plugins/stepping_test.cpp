// A host that steps a run, stops it at nodes, and ends it.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/plugins/host_swarm.hpp"

namespace {

using namespace skein;
using namespace skein::tests;

TEST_CASE("stepping: by step, by node, by iteration and until a predicate, all ways end with the same bits") {
  const Session session = full_session();
  const RunDocument document = swarm_document(20, 8);
  const std::vector<std::uint64_t> expected = undisturbed_bits(session, document);
  const Job job = host_job(session, own_bowl(), document);
  SUBCASE("step") {
    Run run(job.plan, job.options);
    while (run.advance(Advance::one_step) == RunState::ready) continue;
    CHECK(found_bits(job, run) == expected);
  }
  SUBCASE("node") {
    Run run(job.plan, job.options);
    std::vector<std::string> nodes;
    do {
      nodes.push_back(run.next_node());
    } while (run.advance(Advance::one_node) == RunState::ready);
    CHECK(run.next_node().empty());
    CHECK(std::ranges::count(nodes, "main loop/move") == 8);
    CHECK(std::ranges::count(nodes, "main loop/evaluate") == 8);
    CHECK(std::ranges::count(nodes, "evaluate") == 1);
    CHECK(std::ranges::find(nodes, "") == nodes.end());
    CHECK(found_bits(job, run) == expected);
  }
  SUBCASE("iteration") {
    Run run(job.plan, job.options);
    std::int64_t iterations = 0;
    while (run.advance_iterations() == RunState::ready) {
      CHECK(make_result(job, run).iterations == ++iterations);
    }
    CHECK(iterations >= 7);
    CHECK(found_bits(job, run) == expected);
  }
  SUBCASE("predicate") {
    Run run(job.plan, job.options);
    CHECK(run.advance_until([](const RunReader& reader) { return reader.evaluations() >= 60; }) == RunState::ready);
    CHECK(run.evaluations() == 60);
    CHECK_THROWS_WITH_AS(run.advance_until([](const RunReader&) -> bool { throw std::runtime_error("enough"); }),
                         "enough", std::runtime_error);
    CHECK(run.advance() == RunState::finished);
    CHECK(found_bits(job, run) == expected);
  }
}

TEST_CASE("breakpoints: a run stops before every visit of the node, with the bits of one that does not") {
  const Session session = full_session();
  const RunDocument document = swarm_document(20, 8);
  const std::vector<std::uint64_t> expected = undisturbed_bits(session, document);
  for (const std::size_t threads : {1U, 3U}) {
    Job job = host_job(session, own_bowl(), document);
    job.options.threads = threads;
    Run run(job.plan, job.options);
    Diagnostics diagnostics;
    REQUIRE(run.add_breakpoint("main loop/evaluate", diagnostics));
    CHECK(run.breakpoints() == std::vector<std::string>{"main loop/evaluate"});
    for (std::uint64_t visit = 0; visit < 8; ++visit) {
      REQUIRE(run.advance() == RunState::ready);
      CHECK(run.stopped_at() == "main loop/evaluate");
      CHECK(run.next_node() == "main loop/evaluate");
      CHECK(run.evaluations() == 20 * (visit + 1));
    }
    CHECK(run.advance() == RunState::finished);
    CHECK_FALSE(run.stopped_at().has_value());
    CHECK(found_bits(job, run) == expected);
  }
}

TEST_CASE("breakpoints: on a graph, on the way by nodes, and taken away again") {
  const Session session = full_session();
  const Job job = host_job(session, own_bowl(), swarm_document(20, 8));
  Run run(job.plan, job.options);
  Diagnostics diagnostics;
  REQUIRE(run.add_breakpoint("main loop", diagnostics));
  CHECK(run.advance() == RunState::ready);
  CHECK(run.stopped_at()->starts_with("main loop/"));
  CHECK(run.evaluations() == 20);
  CHECK(run.remove_breakpoint("main loop"));
  CHECK_FALSE(run.remove_breakpoint("main loop"));
  REQUIRE(run.add_breakpoint("main loop/move", diagnostics));
  while (run.next_node() != "main loop/move") run.advance(Advance::one_node);
  CHECK(run.stopped_at() == "main loop/move");
  CHECK(run.advance() == RunState::ready);  // not the same place again
  CHECK(run.evaluations() == 40);
}

TEST_CASE("breakpoints: a node that does not exist is refused with the nearest one") {
  const Session session = full_session();
  const Job job = host_job(session, own_bowl(), swarm_document());
  Run run(job.plan, job.options);
  Diagnostics diagnostics;
  CHECK_FALSE(run.add_breakpoint("main loop/evalute", diagnostics));
  CHECK(all_text(diagnostics) ==
        "error: There is no node 'main loop/evalute' in this run. [unknown-node]\n  path: main loop/evalute\n  found: "
        "'main loop/evalute'\n  suggestion: main loop/evaluate\n");
  CHECK(run.breakpoints().empty());
}

TEST_CASE("steps: what a step calls can neither let the run go on nor save or restore it") {
  const Session session = full_session();
  Run* going_on = nullptr;
  HostProblem problem = bowl_problem();
  problem.objective = [&](std::span<const double> point) {
    if (going_on != nullptr) going_on->advance();
    return bowl(point);
  };
  const Job job = host_job(session, problem, swarm_document(20, 8));
  Run run(job.plan, job.options);
  going_on = &run;
  CHECK(run.advance() == RunState::failed);
  const std::string refusal = "a step of this run is going on: what it calls cannot advance, save or restore the run";
  CHECK(run.error()->message == refusal);
  going_on = nullptr;
  std::stringstream saved;
  run.checkpoint(saved);
  const std::size_t saver = run.add_observer(Observe::iterations, [&](const RunReader&) { run.checkpoint(saved); });
  CHECK_THROWS_WITH_AS(run.advance(), refusal.c_str(), std::logic_error);
  run.remove_observer(saver);
  run.add_observer(Observe::iterations, [&](const RunReader&) {
    Diagnostics diagnostics;
    CHECK_THROWS_AS(static_cast<void>(run.restore(saved, diagnostics)), std::logic_error);
    CHECK_THROWS_AS(run.advance_iterations(1), std::logic_error);
  });
  CHECK(run.advance() == RunState::finished);
  CHECK(found_bits(job, run) == undisturbed_bits(session, swarm_document(20, 8)));
  CHECK_THROWS_AS(Run(nullptr, job.options), std::invalid_argument);
  CHECK_THROWS_AS(run.advance_until(nullptr), std::invalid_argument);
}

TEST_CASE("stop: a run ends where it is, and its checkpoint can be gone on with") {
  const Session session = full_session();
  const RunDocument document = swarm_document(20, 8);
  const Job job = host_job(session, own_bowl(), document);
  Run run(job.plan, job.options);
  run.advance_iterations(2);
  run.request_stop();
  CHECK(run.advance() == RunState::finished);
  CHECK(run.stop_reason() == StopReason::interrupted);
  CHECK(run.evaluations() == 60);
  CHECK(run.advance() == RunState::finished);
  std::ostringstream saved;
  run.checkpoint(saved);
  std::istringstream stream(saved.str());
  Run other(job.plan, job.options);
  Diagnostics diagnostics;
  REQUIRE(other.restore(stream, diagnostics));
  CHECK(other.advance() == RunState::finished);
  CHECK(found_bits(job, other) == undisturbed_bits(session, document));
}

TEST_CASE("stop: the run that was stopped goes on from its own checkpoint, undisturbed by what was asked before") {
  const Session session = full_session();
  const RunDocument document = swarm_document(20, 8);
  const Job job = host_job(session, own_bowl(), document);
  Run run(job.plan, job.options);
  run.advance_iterations(2);
  std::ostringstream saved;
  run.checkpoint(saved);
  run.request_stop();
  REQUIRE(run.advance() == RunState::finished);
  std::istringstream stream(saved.str());
  Diagnostics diagnostics;
  REQUIRE(run.restore(stream, diagnostics));
  CHECK(run.advance() == RunState::finished);
  CHECK(run.stop_reason() == StopReason::iterations);
  CHECK(found_bits(job, run) == undisturbed_bits(session, document));
}

TEST_CASE("stepping: more iterations than there are numbers are all there are") {
  const Session session = full_session();
  const RunDocument document = swarm_document(20, 8);
  const Job job = host_job(session, own_bowl(), document);
  Run run(job.plan, job.options);
  run.advance_iterations(3);
  CHECK(run.advance_iterations(std::numeric_limits<std::uint64_t>::max()) == RunState::finished);
  CHECK(found_bits(job, run) == undisturbed_bits(session, document));
}

}  // namespace
