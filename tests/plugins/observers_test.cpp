// What a host is called with while a run goes on, and what it may do there.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "tests/plugins/host_swarm.hpp"

namespace {

using namespace skein;
using namespace skein::tests;

TEST_CASE("observers: they see nodes, pipelines and iterations, and change nothing") {
  const Session session = full_session();
  const RunDocument document = swarm_document(20, 8);
  const std::vector<std::uint64_t> expected = undisturbed_bits(session, document);
  const Job job = host_job(session, own_bowl(), document);
  for (const Observe when : {Observe::nodes, Observe::pipelines, Observe::iterations}) {
    Run run(job.plan, job.options);
    const Handle<std::int64_t> iterations = run.handle<std::int64_t>("iterations");
    std::vector<std::string> nodes;
    std::vector<std::int64_t> counts;
    const std::size_t number = run.add_observer(when, [&](const RunReader& reader) {
      nodes.emplace_back(reader.node());
      counts.push_back(reader.read(iterations).value());
    });
    CHECK(run.advance() == RunState::finished);
    CHECK(found_bits(job, run) == expected);
    if (when == Observe::iterations) {
      CHECK(counts == std::vector<std::int64_t>{1, 2, 3, 4, 5, 6, 7, 8});
      CHECK(nodes.front() == "main loop/count");
    } else {
      CHECK(std::ranges::count(nodes, "main loop/count") == 8);
    }
    if (when == Observe::nodes) CHECK(std::ranges::count(nodes, "main loop/move") == 8);
    run.remove_observer(number);
  }
}

TEST_CASE("observers: what they throw comes out of advance, and the run can go on") {
  const Session session = full_session();
  const RunDocument document = swarm_document(20, 8);
  const Job job = host_job(session, own_bowl(), document);
  Run run(job.plan, job.options);
  bool is_angry = true;
  run.add_observer(Observe::iterations, [&](const RunReader&) {
    if (std::exchange(is_angry, false)) throw std::runtime_error("I have seen enough");
  });
  CHECK_THROWS_WITH_AS(run.advance(), "I have seen enough", std::runtime_error);
  CHECK(run.state() == RunState::ready);
  CHECK(run.advance() == RunState::finished);
  CHECK(found_bits(job, run) == undisturbed_bits(session, document));
}

TEST_CASE("observers: they may add and remove observers, themselves too") {
  const Session session = full_session();
  const Job job = host_job(session, own_bowl(), swarm_document(20, 8));
  Run run(job.plan, job.options);
  int added = 0;
  int last = 0;
  std::size_t own = 0;
  own = run.add_observer(Observe::iterations, [&](const RunReader&) {
    for (int i = 0; i < 20; ++i) run.add_observer(Observe::iterations, [&added](const RunReader&) { ++added; });
    run.remove_observer(own);
  });
  run.add_observer(Observe::iterations, [&last](const RunReader&) { ++last; });
  CHECK(run.advance() == RunState::finished);
  CHECK(last == 8);
  CHECK(added == 20 * 7);
  CHECK_THROWS_AS(run.add_observer(Observe::nodes, nullptr), std::invalid_argument);
}

TEST_CASE("observers: after a restore they are called for iterations that are counted, and for no other step") {
  const Session session = full_session();
  const Job job = host_job(session, own_bowl(), swarm_document(20, 8));
  Run run(job.plan, job.options);
  std::vector<std::string> nodes;
  run.add_observer(Observe::iterations, [&](const RunReader& reader) { nodes.emplace_back(reader.node()); });
  run.advance_iterations(3);
  std::ostringstream saved;
  run.checkpoint(saved);
  run.advance_iterations(2);
  std::istringstream stream(saved.str());
  Diagnostics diagnostics;
  REQUIRE(run.restore(stream, diagnostics));
  nodes.clear();
  CHECK(run.advance() == RunState::finished);
  CHECK(nodes == std::vector<std::string>(5, "main loop/count"));
}

}  // namespace
