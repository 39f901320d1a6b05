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

namespace {

struct Memory {
  std::vector<double> remembered = {infinity, infinity};
  double improved = 0;
};

/// The reason, and what is remembered afterwards.
std::pair<StopReason, std::vector<double>> stagnation(double iterations, const std::vector<double>& best,
                                                      const Memory& memory, std::int64_t limit, double tolerance = 0,
                                                      bool relative = false) {
  SingleOperator single(stop_at_limits_operator(), 4, 1);
  single.bind("iterations", {iterations}).bind("best_fitness", best).bind("remembered", memory.remembered);
  single.bind("improved", {memory.improved}).parameter("stagnation", limit).parameter("tolerance", tolerance);
  single.parameter("relative_tolerance", relative).run();
  std::vector<double> after = single.content("remembered");
  after.push_back(single.content("improved").front());
  const bool stops = single.content("stop").front() != 0;
  return {stops ? single.result().stop_reason() : StopReason::none, after};
}

using After = std::pair<StopReason, std::vector<double>>;

/// The reason of two particles in two dimensions, in bounds of the diagonal 5.
StopReason reason_of_swarm(std::vector<double> position, double diameter, std::size_t rows = 2) {
  SingleOperator single(stop_at_limits_operator(), rows, 2);
  single.bind("position", std::move(position)).bind("best", {1, 1}).bind("lower", {0, 0}).bind("upper", {3, 4});
  single.parameter("diameter", diameter).run();
  REQUIRE(!single.diagnostics().has_errors());
  return single.content("stop").front() != 0 ? single.result().stop_reason() : StopReason::none;
}

}  // namespace

TEST_CASE("stop_at_limits stops after iterations without improvement") {
  CHECK(stagnation(0, {0, 5}, {}, 3) == After{StopReason::none, {0, 5, 0}});
  CHECK(stagnation(2, {0, 5}, {{0, 5}, 0}, 3) == After{StopReason::none, {0, 5, 0}});
  CHECK(stagnation(3, {0, 5}, {{0, 5}, 0}, 3) == After{StopReason::stagnation, {0, 5, 0}});
  CHECK(stagnation(3, {0, 4.9}, {{0, 5}, 0}, 3) == After{StopReason::none, {0, 4.9, 3}});
  CHECK(stagnation(0, {0, 5}, {}, 0).first == StopReason::stagnation);
  CHECK(stagnation(1000, {0, 5}, {}, -1) == After{StopReason::none, {infinity, infinity, 0}});
}

TEST_CASE("small improvements do not count for stagnation") {
  CHECK(stagnation(9, {0, 4.5}, {{0, 5}, 0}, 9, 0.5).first == StopReason::stagnation);
  CHECK(stagnation(9, {0, 4.4}, {{0, 5}, 0}, 9, 0.5) == After{StopReason::none, {0, 4.4, 9}});
  CHECK(stagnation(9, {0, -99}, {{0, -95}, 0}, 9, 0.05, true).first == StopReason::stagnation);
  CHECK(stagnation(9, {0, -99.9}, {{0, -95}, 0}, 9, 0.05, true).first == StopReason::none);
  // a smaller violation is an improvement, and so is feasibility, however small the step to it
  CHECK(stagnation(9, {0.1, 8}, {{0.3, 5}, 0}, 9, 0.5).first == StopReason::stagnation);
  CHECK(stagnation(9, {0.1, 8}, {{0.7, 5}, 0}, 9, 0.5).first == StopReason::none);
  CHECK(stagnation(9, {0, 8}, {{0.3, 5}, 0}, 9, 0.5).first == StopReason::none);
}

TEST_CASE("NaN stagnates until there is a number") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(stagnation(9, {0, nan}, {{0, nan}, 0}, 9).first == StopReason::stagnation);
  CHECK(stagnation(9, {infinity, infinity}, {}, 9).first == StopReason::stagnation);
  CHECK(stagnation(9, {0, 1e300}, {{0, nan}, 0}, 9, 1e9) == After{StopReason::none, {0, 1e300, 9}});
  CHECK(stagnation(9, {0, 3}, {{0, infinity}, 0}, 9, 1e9, true).first == StopReason::none);
}

TEST_CASE("stop_at_limits stops when all particles are near the best") {
  CHECK(reason_of_swarm({1, 1, 1, 1.5}, 0.1) == StopReason::diameter);
  CHECK(reason_of_swarm({1, 1, 1, 1.5001}, 0.1) == StopReason::none);
  CHECK(reason_of_swarm({0.5, 1, 1, 1}, 0.0999) == StopReason::none);
  CHECK(reason_of_swarm({1, 1, 1, 1}, 0) == StopReason::diameter);
  CHECK(reason_of_swarm({1, 1, 1, 1}, -1) == StopReason::none);
  CHECK(reason_of_swarm({1, std::numeric_limits<double>::quiet_NaN(), 1, 1}, 10) == StopReason::none);
  CHECK(reason_of_swarm({1, 1}, 0.5, 1) == StopReason::none);  // one particle has no diameter
}

TEST_CASE("the diameter of other encodings is measured in the same way") {
  SingleOperator single(stop_at_limits_operator(), 2, 2);
  single.bundle({{Element::integer, 2}}).bind("position", {1, 1, 2, 1}).bind("best", {1, 1});
  single.bind("lower", {0, 0}).bind("upper", {3, 4}).parameter("diameter", 0.2).run();
  CHECK(single.result().stop_reason() == StopReason::diameter);
}

TEST_CASE("a diameter without bounds is refused") {
  SingleOperator single(stop_at_limits_operator(), 2, 2);
  single.bind("position", {0.0}).parameter("diameter", 0.2).run();
  REQUIRE(single.diagnostics().error_count() == 1);
  CHECK(single.diagnostics().items().front().code == "no-diameter");
  CHECK(single.diagnostics().items().front().found == "no 'best', 'lower', 'upper'");
}
