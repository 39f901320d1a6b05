// Probe: an operator that evaluates solutions itself.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <limits>
#include <new>
#include <stdexcept>
#include <thread>

#include "skein/callable.hpp"
#include "tests/core/support/plan_builder.hpp"
#include "tests/core/support/run_checks.hpp"
#include "tests/core/support/test_operators.hpp"

namespace skein::test {
namespace {

constexpr std::size_t dimension = 3;
constexpr std::size_t rows = 23;
constexpr std::size_t calls = 7;  ///< of each row in each visit
constexpr std::size_t visits = 2;
constexpr std::uint64_t all_calls = rows * calls * visits;

std::atomic<std::size_t> call_count = 0;
std::atomic<std::size_t> failing_call = 0;       ///< counted from 1; 0: none
std::atomic<std::size_t> last_failing_call = 0;  ///< further ones up to this
std::atomic<bool> fails_for_memory = false;
std::atomic<Run*> paused_run = nullptr;  ///< is paused by call number `pausing_call`
std::atomic<std::size_t> pausing_call = 0;
std::atomic<std::size_t> at_work = 0;
std::atomic<std::size_t> most_at_work = 0;

/// fitness <- (0, sum of squares + 0.01 · a random number): fails, and pauses the run, on request.
struct Noisy {
  static constexpr std::string_view name = "noisy";
  static constexpr std::string_view summary = "sum of squares with noise";
  static constexpr std::array streams = {StreamSpec{"", "the noise"}};
  struct Ports {
    In<double> position;
    Out<double> fitness;
  };
  static constexpr auto ports =
      std::tuple{in("position", &Ports::position, "real[n,d]", ""), out("fitness", &Ports::fitness, "fitness[n]", "")};
  static void run(const Ports& io, RowContext& context) {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      const std::size_t number = ++call_count;
      if (number == failing_call || (number > failing_call && number <= last_failing_call)) {
        if (fails_for_memory) throw std::bad_alloc();
        throw std::runtime_error("no answer");
      }
      if (number == pausing_call) paused_run.load()->request_pause();
      double noise = 0;
      context.row_random(0, row).fill_uniform(&noise, 1);
      io.fitness(row, 0) = 0.0;
      io.fitness(row, 1) = sphere(io.position.row(row), dimension) + 0.01 * noise;
    }
  }
};

/// The same without noise, and not thread-safe.
struct Alone {
  static constexpr std::string_view name = "alone";
  static constexpr std::string_view summary = "sum of squares, one at a time";
  static constexpr bool thread_safe = false;
  using Ports = Sphere::Ports;
  static constexpr auto ports = Sphere::ports;
  static void run(const Ports& io, RowContext& context) {
    const std::size_t now = ++at_work;
    if (now > most_at_work) most_at_work = now;
    std::this_thread::sleep_for(std::chrono::microseconds(50));
    Sphere::run(io, context);
    --at_work;
  }
};

/// position <- the best of start · (1 - k / 10), k = 1 … count, by the evaluator.
struct Shrink {
  static constexpr std::string_view name = "shrink";
  static constexpr std::string_view summary = "goes towards the origin as long as that is better";
  static constexpr bool host_arithmetic = true;
  struct Ports {
    In<double> start;
    InEvaluator evaluate;
    Out<double> position, fitness;
  };
  struct Parameters {
    std::int64_t count = calls;
  };
  static constexpr auto parameters = std::tuple{parameter("count", &Parameters::count, "7", "evaluations per row")};
  static constexpr auto ports =
      std::tuple{in("start", &Ports::start, "real[n,d]", ""), callable("evaluate", &Ports::evaluate, "evaluator", ""),
                 out("position", &Ports::position, "real[n,d]", ""), out("fitness", &Ports::fitness, "fitness[n]", "")};
  static void run(const Ports& io, const Parameters& given, RowContext& context) {
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      io.fitness(row, 0) = 0.0;
      io.fitness(row, 1) = std::numeric_limits<double>::infinity();
      for (std::int64_t k = 1; k <= given.count; ++k) {
        std::array<double, dimension> point;
        for (std::size_t i = 0; i < dimension; ++i) {
          point[i] = io.start(row, i) * (1.0 - static_cast<double>(k) / 10.0);
        }
        const FitnessRow value = io.evaluate(row, point);
        if (!better(value, {io.fitness.row(row), 2})) continue;
        std::copy(point.begin(), point.end(), io.position.row(row));
        io.fitness(row, 1) = value.objective();
      }
    }
  }
};

template <class Evaluator>
std::shared_ptr<const Plan> called_plan() {
  PlanBuilder builder(dimension);
  const std::size_t points = builder.population("points", 1);
  const auto position = variable(builder.column(points, "position", {real_part(dimension)}));
  const auto fitness = variable(builder.column(points, "fitness", {real_part(2)}));
  builder.evaluator<Evaluator>("evaluate", points, {{"position", position}, {"fitness", fitness}});
  return builder.build();
}

template <class Evaluator>
std::shared_ptr<const Plan> shrinking_plan(std::int64_t count = calls) {
  PlanBuilder builder(dimension);
  const std::size_t swarm = builder.population("swarm", rows);
  const auto position = variable(builder.column(swarm, "position", {real_part(dimension)}));
  const auto fitness = variable(builder.column(swarm, "fitness", {real_part(2)}, {0.0, -7.0}));
  builder.plan().evaluations_variable = builder.global("evaluations", Element::integer);
  const std::size_t child = builder.called_child(called_plan<Evaluator>(), swarm, 0, 1);
  builder.step<FillUniform>("create", swarm, {{"value", position}});
  const std::size_t loop = builder.next_step();
  builder.step<Shrink>(
      "shrink", swarm,
      {{"start", position}, {"evaluate", callable_child(child)}, {"position", position}, {"fitness", fitness}},
      {{"count", Value(count)}});
  builder.repeat(loop, visits);
  return builder.build();
}

void disturb(std::size_t failing, std::size_t pausing, Run* run) {
  call_count = 0;
  failing_call = failing;
  paused_run = run;
  pausing_call = pausing;
}

TEST_CASE("probe: an operator that evaluates itself gives the same bits for any threads, and counts") {
  disturb(0, 0, nullptr);
  const auto plan = shrinking_plan<Noisy>();
  check_same_bits(plan, {}, [](Run& run) {
    call_count = 0;
    CHECK(run.advance() == RunState::finished);
    CHECK(run.evaluations() == all_calls);
    CHECK(integer(run, "evaluations") == static_cast<std::int64_t>(all_calls));
    CHECK(call_count == all_calls);
  });
  // Every call has noise of its own: the two visits of the last row would otherwise differ by a known factor.
  Run run(plan, {});
  run.advance();
  const std::vector<double> x = reals(run, "swarm.position");
  const std::vector<double> fitness = reals(run, "swarm.fitness");
  for (std::size_t row = 0; row < rows; ++row) {
    const double noise = fitness[2 * row + 1] - sphere(&x[row * dimension], dimension);
    CHECK(noise >= 0.0);
    CHECK(noise < 0.01);
    CHECK((row == 0 || noise != fitness[1] - sphere(x.data(), dimension)));
  }
}

TEST_CASE("probe: evaluations to the target count calls of lower rows first") {
  disturb(0, 0, nullptr);
  const auto plan = shrinking_plan<Sphere>();
  Run first(plan, {});
  first.advance();
  // After two visits every start was multiplied by 0.3 twice: the best of all is reached in the second visit.
  const std::vector<double> fitness = reals(first, "swarm.fitness");
  std::size_t best = 0;
  for (std::size_t row = 1; row < rows; ++row) {
    if (fitness[2 * row + 1] < fitness[2 * best + 1]) best = row;
  }
  RunOptions options;
  options.target = fitness[2 * best + 1];
  check_same_bits(plan, options, [&](Run& run) {
    run.advance();
    CHECK(run.evaluations_to_target() == rows * calls + best * calls + calls);
  });
}

TEST_CASE("probe: a call that fails is tried again, gets the worst fitness, or pauses the run") {
  const auto plan = shrinking_plan<Noisy>();
  disturb(0, 0, nullptr);
  const std::uint64_t undisturbed = check_same_bits(plan);
  for (const std::size_t k : {1U, 5U, 161U, 322U}) {
    RunOptions retry;
    retry.on_error = ErrorPolicy::retry;
    const auto once_more = [k](Run& run) {
      disturb(k, 0, nullptr);
      CHECK(run.advance() == RunState::finished);
      CHECK(run.evaluations() == all_calls);
      CHECK(call_count == all_calls + 1);
    };
    CHECK(check_same_bits(plan, retry, once_more) == undisturbed);
    const auto mended = [k](Run& run) {
      disturb(k, 0, nullptr);
      CHECK(run.advance() == RunState::failed);
      REQUIRE(run.error());
      CHECK(run.error()->path == "shrink");
      CHECK(run.error()->message.find("failed at 'evaluate': no answer") != std::string::npos);
      failing_call = 0;
      CHECK(run.advance() == RunState::finished);
      CHECK(run.evaluations() == all_calls);
      CHECK(call_count == all_calls + 1);  // nothing is paid for twice but the call that failed
    };
    CHECK(check_same_bits(plan, {}, mended) == undisturbed);
    RunOptions worst;
    worst.on_error = ErrorPolicy::worst;
    disturb(k, 0, nullptr);
    Run run(plan, worst);
    CHECK(run.advance() == RunState::finished);
    CHECK(run.failed_evaluations() == 1);
    CHECK(run.evaluations() == all_calls);
  }
}

TEST_CASE("probe: retries of a call run out, and the row is not tried again for it") {
  RunOptions options;
  options.on_error = ErrorPolicy::retry;
  options.retries = 2;
  options.threads = 1;
  Run run(shrinking_plan<Noisy>(), options);
  disturb(4, 0, nullptr);
  last_failing_call = 6;
  CHECK(run.advance() == RunState::failed);
  CHECK(call_count == 6 + (rows - 1) * calls);
  last_failing_call = 0;
  CHECK(run.advance() == RunState::finished);
  CHECK(call_count == all_calls + 3);
  CHECK(run.evaluations() == all_calls);
}

TEST_CASE("probe: a call without memory is tried again by the step around it, and then pauses the run") {
  const auto plan = shrinking_plan<Noisy>();
  disturb(0, 0, nullptr);
  const std::uint64_t undisturbed = check_same_bits(plan);
  fails_for_memory = true;
  for (const std::size_t k : {1U, 161U, 322U}) {
    CAPTURE(k);
    const auto once_more = [k](Run& run) {
      disturb(k, 0, nullptr);
      CHECK(run.advance() == RunState::finished);
      REQUIRE(run.recovery_count() == 1);
      CHECK(run.recoveries()[0].path == "shrink");
      CHECK(run.evaluations() == all_calls);
      CHECK(call_count == all_calls + 1);
    };
    CHECK(check_same_bits(plan, {}, once_more) == undisturbed);
    std::string checkpoint;
    const auto in_vain = [&](Run& run) {
      disturb(k, 0, nullptr);
      last_failing_call = 10 * all_calls;
      CHECK(run.advance() == RunState::ready);
      CHECK(run.stop_reason() == StopReason::memory);
      checkpoint = checkpoint_of(run);
      last_failing_call = 0;
      CHECK(run.advance() == RunState::finished);
      CHECK(run.evaluations() == all_calls);
    };
    CHECK(check_same_bits(plan, {}, in_vain) == undisturbed);
    disturb(0, 0, nullptr);
    Run resumed(plan, {});
    REQUIRE(restore(resumed, checkpoint).empty());
    CHECK(resumed.advance() == RunState::finished);
    CHECK(state_hash(resumed) == undisturbed);
    RunOptions unaided;
    unaided.emergency_recovery = false;
    disturb(k, 0, nullptr);
    Run failing(plan, unaided);
    CHECK(failing.advance() == RunState::failed);
    CHECK(failing.error()->out_of_memory);
  }
  fails_for_memory = false;
}

TEST_CASE("probe: a pause in the middle of a row's calls loses nothing, and a checkpoint no bits") {
  const auto plan = shrinking_plan<Noisy>();
  disturb(0, 0, nullptr);
  const std::uint64_t undisturbed = check_same_bits(plan);
  for (const std::size_t k : {1U, 12U, 170U, 321U}) {
    std::string checkpoint;
    const auto paused = [&](Run& run) {
      disturb(0, k, &run);
      CHECK(run.advance() == RunState::ready);
      CHECK(run.evaluations() < all_calls);
      CHECK(run.evaluations() == call_count);
      checkpoint = checkpoint_of(run);
      CHECK(run.advance() == RunState::finished);
      CHECK(run.evaluations() == all_calls);
      CHECK(call_count == all_calls);
    };
    CHECK(check_same_bits(plan, {}, paused) == undisturbed);
    disturb(0, 0, nullptr);
    Run resumed(plan, {});
    REQUIRE(restore(resumed, checkpoint).empty());
    CHECK(resumed.advance() == RunState::finished);
    CHECK(resumed.evaluations() == all_calls);
    CHECK(state_hash(resumed) == undisturbed);
  }
}

TEST_CASE("probe: calls end at the run's limit of evaluations") {
  const auto plan = shrinking_plan<Sphere>();
  for (const std::uint64_t limit : {std::uint64_t{0}, std::uint64_t{calls - 1}}) {
    RunOptions options;
    options.evaluation_limit = limit;
    Run run(plan, options);
    CHECK(run.advance() == RunState::failed);
    CHECK(run.evaluations() <= limit * rows);
    CHECK(run.error()->message == "it asks for more evaluations than the run's limit leaves");
  }
}

TEST_CASE("probe: an evaluator that is not thread-safe is called by one thread at a time") {
  at_work = 0;
  most_at_work = 0;
  allow_threads();
  const auto plan = shrinking_plan<Alone>();
  RunOptions options;
  options.threads = 8;
  options.tile_rows = 1;
  Run run(plan, options);
  CHECK(run.advance() == RunState::finished);
  CHECK(run.evaluations() == all_calls);
  CHECK(most_at_work == 1);
  bool is_said = false;
  for (const SerialStep& step : run.serial_steps()) {
    is_said = is_said || (step.path == "shrink/evaluate" && step.reason == "the operator is not thread-safe");
  }
  CHECK(is_said);
}

}  // namespace
}  // namespace skein::test
