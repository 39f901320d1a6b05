// A run on a thread of its own, which a host pauses, lets go on and stops.
#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string_view>
#include <thread>
#include <tuple>
#include <vector>

#include "skein/background_run.hpp"
#include "skein/graph_builder.hpp"
#include "skein/operator.hpp"
#include "tests/plugins/host_swarm.hpp"

namespace {

using namespace skein;
using namespace skein::tests;

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
