#include <doctest/doctest.h>

#include <limits>

#include "core/src/contract/single_operator.hpp"
#include "operators/all.hpp"

using namespace skein;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

struct Situation {
  double iterations = 0;
  double evaluations = 0;
  std::vector<double> best_fitness = {0, 1};
};

/// The reason to stop, after checking that `stop` agrees with it. 40 particles.
StopReason reason(const Situation& situation, const std::vector<std::pair<const char*, Value>>& limits) {
  SingleOperator single(stop_at_limits_operator(), 40, 1);
  single.bind("iterations", {situation.iterations})
      .bind("evaluations", {situation.evaluations})
      .bind("best_fitness", situation.best_fitness);
  for (const auto& [name, value] : limits) single.parameter(name, value);
  single.run();
  const bool stopped = single.content("stop").front() != 0;
  const StopReason reason = single.result().stop_reason();
  CHECK(stopped == (reason != StopReason::none && reason != StopReason::completed));
  return stopped ? reason : StopReason::none;
}

}  // namespace

TEST_CASE("stop_at_limits without limits never stops") {
  CHECK(reason({1e15, 1e15, {0, -1e300}}, {}) == StopReason::none);
}

TEST_CASE("stop_at_limits counts iterations") {
  CHECK(reason({9, 0}, {{"iterations", 10}}) == StopReason::none);
  CHECK(reason({10, 0}, {{"iterations", 10}}) == StopReason::iterations);
  CHECK(reason({0, 0}, {{"iterations", 0}}) == StopReason::iterations);
}

TEST_CASE("stop_at_limits stops before an iteration that would exceed the evaluations") {
  CHECK(reason({0, 160}, {{"evaluations", 200}}) == StopReason::none);
  CHECK(reason({0, 161}, {{"evaluations", 200}}) == StopReason::evaluations);
  CHECK(reason({0, 200}, {{"evaluations", 200}}) == StopReason::evaluations);
  CHECK(reason({0, 0}, {{"evaluations", 0}}) == StopReason::evaluations);
  CHECK(reason({0, 1e18}, {{"evaluations", std::numeric_limits<std::int64_t>::max()}}) == StopReason::none);
}

TEST_CASE("stop_at_limits reaches a target with feasible numbers only") {
  CHECK(reason({0, 0, {0, 1}}, {{"target", 0.5}}) == StopReason::none);
  CHECK(reason({0, 0, {0, 0.5}}, {{"target", 0.5}}) == StopReason::target);
  CHECK(reason({0, 0, {0, -infinity}}, {{"target", -1e300}}) == StopReason::target);
  CHECK(reason({0, 0, {0.1, 0.25}}, {{"target", 0.5}}) == StopReason::none);
  CHECK(reason({0, 0, {0, std::numeric_limits<double>::quiet_NaN()}}, {{"target", 0.5}}) == StopReason::none);
  CHECK(reason({0, 0, {infinity, infinity}}, {{"target", 0.5}}) == StopReason::none);
}

TEST_CASE("stop_at_limits looks at the clock") {
  CHECK(reason({}, {{"seconds", 3600.0}}) == StopReason::none);
  CHECK(reason({}, {{"seconds", 0.0}}) == StopReason::seconds);
}

TEST_CASE("stop_at_limits names target, iterations, evaluations, seconds in this order") {
  const Situation all = {10, 200, {0, 0}};
  CHECK(reason(all, {{"target", 0.0}, {"iterations", 10}, {"evaluations", 200}, {"seconds", 0.0}}) ==
        StopReason::target);
  CHECK(reason(all, {{"iterations", 10}, {"evaluations", 200}, {"seconds", 0.0}}) == StopReason::iterations);
  CHECK(reason(all, {{"evaluations", 200}, {"seconds", 0.0}}) == StopReason::evaluations);
}
