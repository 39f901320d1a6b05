// A host that looks at the variables of a run, and changes them.
#include <doctest/doctest.h>

#include <cstdint>
#include <memory>
#include <sstream>
#include <stdexcept>

#include "skein/archive.hpp"
#include "skein/neighborhood.hpp"
#include "tests/plugins/host_swarm.hpp"

namespace {

using namespace skein;
using namespace skein::tests;

TEST_CASE("handles: views of variables, resolved once, valid over restores and for all runs of the plan") {
  const Session session = full_session();
  const Job job = host_job(session, own_bowl(), swarm_document(20, 8));
  Run run(job.plan, job.options);
  const Handle<double> position = run.handle<double>("swarm.position");
  const Handle<std::int64_t> iterations = run.handle<std::int64_t>("iterations");
  const Handle<Neighborhood> neighborhood = run.handle<Neighborhood>("neighborhood");
  run.advance_iterations(3);
  CHECK(run.read(iterations).value() == 3);
  CHECK(run.read(position).rows() == 20);
  CHECK(run.read(position).width() == 4);
  CHECK(run.read(neighborhood)->size_in_bytes() > 0);
  std::ostringstream saved;
  run.checkpoint(saved);
  const double before = run.read(position)(5, 2);
  run.write(position)(5, 2) = before + 1.0;
  CHECK(In<double>(*run.variable("swarm.position"))(5, 2) == before + 1.0);
  std::istringstream stream(saved.str());
  Diagnostics diagnostics;
  REQUIRE(run.restore(stream, diagnostics));
  CHECK(run.read(position)(5, 2) == before);

  Run other(job.plan, job.options);
  other.advance_iterations(3);
  CHECK(other.read(position)(5, 2) == before);
  const Job foreign = host_job(session, own_bowl(), swarm_document(20, 8));
  const Run of_another_plan(foreign.plan, foreign.options);
  CHECK_THROWS_WITH_AS(static_cast<void>(of_another_plan.read(position)), "a handle of another plan than this run's",
                       std::invalid_argument);
}

TEST_CASE("handles: one that outlives its plan fits no other, wherever that is in memory") {
  const Session session = full_session();
  auto gone = std::make_unique<Job>(host_job(session, own_bowl(), swarm_document(20, 8)));
  auto its_run = std::make_unique<Run>(gone->plan, gone->options);
  const Handle<double> position = its_run->handle<double>("swarm.position");
  its_run.reset();
  gone.reset();
  for (int i = 0; i < 8; ++i) {
    const Job job = host_job(session, own_bowl(), swarm_document(20, 8));
    const Run run(job.plan, job.options);
    CHECK_THROWS_AS(static_cast<void>(run.read(position)), std::invalid_argument);
  }
}

TEST_CASE("handles: what is written changes the run") {
  const Session session = full_session();
  const Job job = host_job(session, own_bowl(), swarm_document(20, 8));
  Run run(job.plan, job.options);
  const Handle<double> position = run.handle<double>("swarm.position");
  Diagnostics diagnostics;
  REQUIRE(run.add_breakpoint("main loop/evaluate", diagnostics));
  run.advance();
  for (std::size_t i = 0; i < 4; ++i) run.write(position)(11, i) = 0.25;
  run.remove_breakpoint("main loop/evaluate");
  run.advance();
  CHECK(make_result(job, run).best_quality == 0.0);
}

TEST_CASE("handles: a wrong name or type is said with what there is") {
  const Session session = full_session();
  const Job job = host_job(session, own_bowl(), swarm_document());
  const Run run(job.plan, job.options);
  Diagnostics diagnostics;
  CHECK_FALSE(run.handle<double>("swarm.positon", diagnostics).has_value());
  CHECK_FALSE(run.handle<std::int64_t>("swarm.position", diagnostics).has_value());
  CHECK_FALSE(run.handle<double>("neighborhood", diagnostics).has_value());
  CHECK_FALSE(run.handle<Archive>("neighborhood", diagnostics).has_value());
  CHECK_FALSE(run.handle<std::uint8_t>("iterations", diagnostics).has_value());
  CHECK(all_text(diagnostics) ==
        "error: There is no variable 'swarm.positon' in this run. [unknown-variable]\n  path: swarm.positon\n  found: "
        "'swarm.positon'\n  suggestion: swarm.position\n"
        "error: The variable 'swarm.position' does not hold what the handle is for. [wrong-type]\n  path: "
        "swarm.position\n  expected: integer\n  found: real\n"
        "error: The variable 'neighborhood' does not hold what the handle is for. [wrong-type]\n  path: neighborhood\n"
        "  expected: real\n  found: the object neighborhood\n"
        "error: The variable 'neighborhood' does not hold what the handle is for. [wrong-type]\n  path: neighborhood\n"
        "  expected: the object archive\n  found: the object neighborhood\n"
        "error: The variable 'iterations' does not hold what the handle is for. [wrong-type]\n  path: iterations\n  "
        "expected: binary or boolean\n  found: integer\n");
  CHECK_THROWS_AS(static_cast<void>(run.handle<double>("nothing of the kind")), std::invalid_argument);
}

}  // namespace
