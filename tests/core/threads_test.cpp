// What runs in parallel, what does not, and what is said about it.
#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <set>
#include <thread>

#include "tests/core/support/plan_builder.hpp"
#include "tests/core/support/run_checks.hpp"
#include "tests/core/support/test_operators.hpp"

namespace skein::test {
namespace {

std::mutex mutex;
std::set<std::thread::id> threads_seen;
std::atomic<int> inside = 0;
std::atomic<int> most_inside = 0;

/// Notes who works and how many at once, for `milliseconds` per row.
template <bool is_safe>
struct Slow {
  static constexpr std::string_view name = "slow";
  static constexpr std::string_view summary = "takes its time";
  static constexpr bool thread_safe = is_safe;
  using Ports = Sphere::Ports;
  static constexpr auto ports = Sphere::ports;
  static void run(const Ports& io, RowContext& context) {
    {
      const std::lock_guard lock(mutex);
      threads_seen.insert(std::this_thread::get_id());
    }
    const int now = ++inside;
    int most = most_inside;
    while (most < now && !most_inside.compare_exchange_weak(most, now)) {
    }
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      std::this_thread::sleep_for(std::chrono::milliseconds(3));
      io.fitness(row, 0) = io.fitness(row, 1) = 0.0;
    }
    --inside;
  }
};

void forget() {
  threads_seen.clear();
  most_inside = 0;
}

/// TBB's threads first look into the arenas of all runs that other tests have just ended, which takes them up to a
/// second: tries again until a second thread has come.
template <class Attempt>
void until_two_threads_come(Attempt attempt) {
  allow_threads();
  for (int i = 0; i < 100 && most_inside < 2; ++i) {
    forget();
    attempt();
  }
  CHECK(most_inside == 2);
}

template <class Evaluator>
std::shared_ptr<const Plan> slow_plan(std::size_t rows) {
  PlanBuilder builder(2);
  const std::size_t swarm = builder.population("swarm", rows);
  const auto position = variable(builder.column(swarm, "position", {real_part(2)}));
  const auto fitness = variable(builder.column(swarm, "fitness", {real_part(2)}));
  builder.step<FillUniform>("main loop/move", swarm, {{"value", position}});
  builder.evaluator<Evaluator>("main loop/evaluate", swarm, {{"position", position}, {"fitness", fitness}});
  return builder.build();
}

RunOptions with_threads(std::size_t threads) {
  RunOptions options;
  options.threads = threads;
  return options;
}

bool is_serial(const Run& run, std::string_view path) {
  return std::ranges::any_of(run.serial_steps(), [&](const SerialStep& step) { return step.path == path; });
}

TEST_CASE("threads: a slow evaluator is spread over threads, without being told") {
  const auto plan = slow_plan<Slow<true>>(24);
  forget();
  until_two_threads_come([&] {
    Run run(plan, with_threads(2));
    run.advance();
    CHECK(run.threads() == 2);
    CHECK_FALSE(is_serial(run, "main loop/evaluate"));
  });
  CHECK(threads_seen.size() == 2);
}

TEST_CASE("threads: a single row is no work for two threads, and this is said") {
  Run run(slow_plan<Slow<true>>(1), with_threads(2));
  run.advance();
  const std::vector<SerialStep> serial = run.serial_steps();
  REQUIRE(serial.size() == 2);
  CHECK(serial[0].path == "main loop/move");
  CHECK(serial[1].path == "main loop/evaluate");
  for (const SerialStep& step : serial) CHECK(step.reason == "less than 50 µs of work, or a single row group");
}

TEST_CASE("threads: one thread means one thread") {
  forget();
  Run run(slow_plan<Slow<true>>(4), with_threads(1));
  run.advance();
  CHECK(threads_seen == std::set{std::this_thread::get_id()});
  CHECK(run.serial_steps().empty());
}

TEST_CASE("threads: an evaluator that is not thread-safe is called by one thread at a time, and this is said") {
  forget();
  Run run(slow_plan<Slow<false>>(8), with_threads(2));
  run.advance();
  CHECK(most_inside == 1);
  const std::vector<SerialStep> serial = run.serial_steps();
  REQUIRE(serial.size() == 2);
  CHECK(serial[1].path == "main loop/evaluate");
  CHECK(serial[1].reason == "the operator is not thread-safe");
}

TEST_CASE("threads: an evaluator that is not thread-safe is alone even among islands") {
  PlanBuilder builder(2);
  const std::size_t islands = builder.child(slow_plan<Slow<false>>(2), 6);
  builder.enter("islands", islands, true);
  forget();
  Run run(builder.build(), with_threads(2));
  CHECK(run.advance() == RunState::finished);
  CHECK(most_inside == 1);
  CHECK(run.evaluations() == 12);
}

TEST_CASE("threads: islands run side by side") {
  PlanBuilder builder(2);
  const std::size_t islands = builder.child(slow_plan<Slow<true>>(2), 6);
  builder.enter("islands", islands, true);
  const auto plan = builder.build();
  forget();
  until_two_threads_come([&] {
    Run run(plan, with_threads(2));
    CHECK(run.advance() == RunState::finished);
  });
}

std::atomic<int> rows_awaited = 0;
std::atomic<bool> is_paused = false;

/// The last of `rows_awaited` rows is not done before a pause has been requested.
struct Awaited {
  static constexpr std::string_view name = "awaited";
  static constexpr std::string_view summary = "meets another thread in its midst";
  static constexpr bool thread_safe = true;
  using Ports = Sphere::Ports;
  static constexpr auto ports = Sphere::ports;
  static void run(const Ports& io, RowContext& context) {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      io.fitness(row, 0) = io.fitness(row, 1) = 0.0;
      if (rows_awaited > 0 && --rows_awaited == 0) {
        while (!is_paused) std::this_thread::yield();
      }
    }
  }
};

TEST_CASE("threads: a pause from another thread takes effect at the end of a step, and loses nothing") {
  PlanBuilder builder(2);
  const std::size_t swarm = builder.population("swarm", 4);
  const auto position = variable(builder.column(swarm, "position", {real_part(2)}));
  const auto fitness = variable(builder.column(swarm, "fitness", {real_part(2)}));
  builder.step<FillUniform>("move", swarm, {{"value", position}});
  builder.evaluator<Awaited>("evaluate", swarm, {{"position", position}, {"fitness", fitness}});
  builder.repeat(0, 20);
  const auto plan = builder.build();
  rows_awaited = 0;
  Run undisturbed(plan, with_threads(2));
  undisturbed.advance();

  rows_awaited = 10;
  is_paused = false;
  Run run(plan, with_threads(2));
  std::thread other([&] {
    while (rows_awaited > 0) std::this_thread::yield();
    run.request_pause();
    is_paused = true;
  });
  CHECK(run.advance() == RunState::ready);
  other.join();
  CHECK(run.evaluations() < undisturbed.evaluations());
  CHECK(run.advance() == RunState::finished);
  CHECK(state_hash(run) == state_hash(undisturbed));
}

}  // namespace
}  // namespace skein::test
