// A host that steps a run, stops it at nodes, looks at its variables and changes them.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include "skein/archive.hpp"
#include "skein/background_run.hpp"
#include "skein/graph_builder.hpp"
#include "skein/neighborhood.hpp"
#include "skein/operator.hpp"
#include "tests/plugins/host_swarm.hpp"

namespace {

using namespace skein;
using namespace skein::tests;

HostProblem own_bowl(std::size_t dimension = 4) {
  HostProblem problem = bowl_problem(dimension);
  problem.objective = bowl;
  return problem;
}

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

TEST_CASE("profile: calls and times of nodes and pipelines, with the same bits") {
  const Session session = full_session();
  const RunDocument document = swarm_document(300, 40);
  const std::vector<std::uint64_t> expected = undisturbed_bits(session, document);
  for (const std::size_t threads : {1U, 3U}) {
    Job job = host_job(session, own_bowl(), document);
    job.options.profile = true;
    job.options.threads = threads;
    Run run(job.plan, job.options);
    CHECK(run.advance() == RunState::finished);
    CHECK(found_bits(job, run) == expected);
    const RunProfile profile = run.profile();
    const auto node = [&](std::string_view path) {
      const auto found = std::ranges::find(profile.nodes, path, &NodeProfile::path);
      REQUIRE(found != profile.nodes.end());
      return *found;
    };
    CHECK(node("main loop/move").calls == 40);
    CHECK(node("evaluate").calls == 1);
    CHECK(node("main loop/count").operation == "increment");
    double sum = profile.other_seconds;
    for (const NodeProfile& one : profile.nodes) sum += one.seconds;
    CHECK(sum == doctest::Approx(profile.seconds));
    for (const PipelineProfile& pipeline : profile.pipelines) {
      CHECK(pipeline.nodes.size() > 1);
      CHECK(pipeline.seconds <= profile.seconds);
    }
    if (threads == 1) CHECK_FALSE(profile.pipelines.empty());
  }
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

TEST_CASE("stepping: more iterations than there are numbers are all there are") {
  const Session session = full_session();
  const RunDocument document = swarm_document(20, 8);
  const Job job = host_job(session, own_bowl(), document);
  Run run(job.plan, job.options);
  run.advance_iterations(3);
  CHECK(run.advance_iterations(std::numeric_limits<std::uint64_t>::max()) == RunState::finished);
  CHECK(found_bits(job, run) == undisturbed_bits(session, document));
}

TEST_CASE("background: a stop ends the run also where it comes as the run stops for another reason") {
  const Session session = full_session();
  RunDocument endless = swarm_document(2, 1'000'000'000);
  const Job job = host_job(session, own_bowl(1), endless);
  Diagnostics diagnostics;
  for (std::size_t attempt = 0; attempt < 2000; ++attempt) {
    Run run(job.plan, job.options);
    std::atomic<std::size_t> seen = 0;
    run.add_observer(Observe::nodes, [&seen](const RunReader& reader) {
      if (reader.node() == "main loop/inform") seen.fetch_add(1);
    });
    REQUIRE(run.add_breakpoint("main loop/stop?", diagnostics));
    BackgroundRun background(run);
    while (seen.load() == 0) continue;
    for (std::atomic<std::size_t> wait = 0; wait < attempt % 200; ++wait) continue;
    REQUIRE(background.stop() == RunState::finished);
    REQUIRE(run.stop_reason() == StopReason::interrupted);
  }
}

TEST_CASE("background: a paused run can be stepped by hand, and a request that came too late does not stop it") {
  const Session session = full_session();
  const Job job = host_job(session, own_bowl(), swarm_document(20, 8));
  Run run(job.plan, job.options);
  const Handle<std::int64_t> iterations = run.handle<std::int64_t>("iterations");
  Diagnostics diagnostics;
  REQUIRE(run.add_breakpoint("main loop/stop?", diagnostics));
  BackgroundRun background(run);
  REQUIRE(background.wait() == RunState::ready);
  run.remove_breakpoint("main loop/stop?");
  run.request_pause();  // as `pause` does when the run is just stopping
  REQUIRE(background.pause() == RunState::ready);
  CHECK(run.advance_iterations(2) == RunState::ready);
  CHECK(run.read(iterations).value() == 2);
  background.resume();
  CHECK(background.wait() == RunState::finished);
}

/// Pauses in its third pass.
struct Pausing {
  static constexpr std::string_view name = "pause_in_third_pass";
  static constexpr std::string_view summary = "pauses once";
  static constexpr std::array<std::string_view, 1> roles = {"analyzer"};
  struct Ports {
    InOut<std::int64_t> counted;
  };
  static constexpr std::tuple ports = {hidden("counted", &Ports::counted, "integer", "passes")};
  struct Parameters {};
  static constexpr std::tuple<> parameters{};
  static void run(const Ports& io, const Parameters&, StepContext& context) {
    if (++io.counted.value() == 3) context.pause(StopReason::seconds);
  }
};

TEST_CASE("background: an operator's pause is one, whatever its reason") {
  Session session = full_session();
  session.registry().add(operator_table<Pausing>());
  RunDocument document = swarm_document(20, 8);
  document.algorithm.slots = {fill_many("analyzer", {{"pausing", operation("pause_in_third_pass")}})};
  const Job job = host_job(session, own_bowl(), document);
  Run run(job.plan, job.options);
  const Handle<std::int64_t> counted = run.handle<std::int64_t>("main loop/analyze/pausing/@counted");
  BackgroundRun background(run);
  CHECK(background.wait() == RunState::ready);
  CHECK(run.stop_reason() == StopReason::seconds);
  CHECK(run.read(counted).value() == 3);
  background.resume();
  CHECK(background.wait() == RunState::finished);
  CHECK(run.stop_reason() == StopReason::iterations);
}

TEST_CASE("background: what an observer threw is not lost when the run goes on before anybody waits") {
  const Session session = full_session();
  const RunDocument document = swarm_document(20, 8);
  const Job job = host_job(session, own_bowl(), document);
  Run run(job.plan, job.options);
  std::atomic<bool> has_thrown = false;
  run.add_observer(Observe::iterations, [&](const RunReader&) {
    if (!has_thrown.exchange(true)) throw std::runtime_error("seen");
  });
  BackgroundRun background(run);
  // Until the run stands still `resume` does nothing.
  while (!has_thrown) std::this_thread::yield();
  for (int i = 0; i < 50; ++i) {
    background.resume();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  CHECK_THROWS_WITH_AS(background.wait(), "seen", std::runtime_error);
  CHECK(background.wait() == RunState::finished);
  CHECK(found_bits(job, run) == undisturbed_bits(session, document));
}

TEST_CASE("background: pause, resume and stop from another thread") {
  const Session session = full_session();
  const RunDocument document = swarm_document(30, 400);
  HostProblem problem = own_bowl(8);
  const std::vector<std::uint64_t> expected = undisturbed_bits(session, document, problem);
  const Job job = host_job(session, problem, document);
  SUBCASE("paused often, it ends with the same bits") {
    Run run(job.plan, job.options);
    const Handle<std::int64_t> iterations = run.handle<std::int64_t>("iterations");
    std::int64_t seen = 0;
    {
      BackgroundRun background(run);
      for (int i = 0; i < 50; ++i) {
        const RunState state = background.pause();
        const std::int64_t now = run.read(iterations).value();
        CHECK(now >= seen);
        seen = now;
        if (state == RunState::finished) break;
        CHECK(state == RunState::ready);
        background.resume();
      }
      CHECK(background.wait() == RunState::finished);
    }
    CHECK(found_bits(job, run) == expected);
  }
  SUBCASE("stopped, it says so") {
    std::atomic<std::uint64_t> calls = 0;
    problem.objective = [&calls](std::span<const double> point) {
      calls.fetch_add(1);
      return bowl(point);
    };
    RunDocument endless = document;
    endless.stop.iterations = 1'000'000'000;
    const Job other = host_job(session, problem, endless);
    Run run(other.plan, other.options);
    BackgroundRun background(run);
    while (calls.load() < 100) std::this_thread::yield();
    CHECK(background.stop() == RunState::finished);
    CHECK(run.stop_reason() == StopReason::interrupted);
    CHECK(run.evaluations() % 30 == 0);
    background.resume();
    CHECK(background.wait() == RunState::finished);
  }
  SUBCASE("what an observer throws comes to who waits") {
    Run run(job.plan, job.options);
    run.add_observer(Observe::iterations, [](const RunReader&) { throw std::runtime_error("seen"); });
    BackgroundRun background(run);
    CHECK_THROWS_WITH_AS(background.wait(), "seen", std::runtime_error);
  }
}

}  // namespace
