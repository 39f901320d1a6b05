// The cost of a tuning in its components, as objectives of their own.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/src/contract/numbers.hpp"
#include "tests/problems/controller_tuning/reference.hpp"
#include "tests/problems/documents.hpp"
#include "tests/support/contract.hpp"
#include "tests/support/targets.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

std::shared_ptr<const Problem> tuning(const Session& session, const std::string& parameters) {
  return problem_of(session, R"({"name": "controller_tuning", "parameters": {)" + parameters + "}}");
}

constexpr const char* every_component =
    R"("objectives": ["state_error", "control_effort", "control_rate", "sliding_energy"])";

/// Weights that leave one component of the default cost: 0 for the state error, and so on in the order of the
/// integrals.
CostWeights alone(std::size_t component) {
  CostWeights weights;
  const std::array<double CostWeights::*, 4> all = {&CostWeights::state_error, &CostWeights::control_effort,
                                                    &CostWeights::control_rate, &CostWeights::sliding_energy};
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i != component) weights.*all[i] = 0;
  }
  return weights;
}

/// Gains anywhere within the bounds, and every other row not far from tuned ones.
std::vector<double> some_gains(std::size_t rows) {
  const std::vector<Gain> gains = gains_of(ControllerLaw());
  const std::vector<double> tuned = numbers(*reference().find("tuned")->list().back().find("gains"));
  std::vector<double> points = some_numbers(rows * gains.size(), 0, 1, 5);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Gain& gain = gains[i % gains.size()];
    const bool is_near = i / gains.size() % 2 == 1;
    const double anywhere = gain.lower + points[i] * (gain.upper - gain.lower);
    points[i] =
        is_near ? std::clamp((0.8 + 0.4 * points[i]) * tuned[i % gains.size()], gain.lower, gain.upper) : anywhere;
  }
  return points;
}

RobustnessSettings drawn(std::size_t plants, std::size_t scenarios, std::uint64_t seed) {
  RobustnessSettings robustness;
  robustness.plants = plants;
  robustness.scenarios = scenarios;
  robustness.seed = seed;
  return robustness;
}

/// Of every case, simulated for itself.
std::vector<SimulationOutcome> outcomes(const CostWeights& weights, const RobustnessSettings& robustness,
                                        std::span<const double> gains) {
  SimulationSettings settings;
  settings.weights = weights;
  std::vector<SimulationOutcome> found;
  for (const TuningCase& one : tuning_cases(settings, robustness)) {
    settings.plant.parameters = one.parameters;
    settings.start = one.start;
    const std::vector<double> k(gains.begin(), gains.end());
    found.push_back(simulate(settings, *make_controller(ControllerLaw(), k)));
  }
  return found;
}

/// The mean and the maximum of the costs over all cases, weighted 0.7 and 0.3.
double plain_cost(const CostWeights& weights, const RobustnessSettings& robustness, std::span<const double> gains) {
  double sum = 0, greatest = 0;
  const std::vector<SimulationOutcome> cases = outcomes(weights, robustness, gains);
  for (const SimulationOutcome& one : cases) {
    sum += one.cost;
    greatest = std::max(greatest, one.cost);
  }
  return 0.7 * sum / static_cast<double>(cases.size()) + 0.3 * greatest;
}

bool any_falls(const RobustnessSettings& robustness, std::span<const double> gains) {
  return std::ranges::any_of(outcomes({}, robustness, gains), &SimulationOutcome::fell);
}

}  // namespace

TEST_CASE("objectives of a tuning are its cost with the weights of one component, by every target") {
  const Session session = problem_session();
  const auto problem = tuning(session, R"("plants": 2, "scenarios": 3, "draw_seed": 4,
      "objectives": ["control_rate", "cost", "sliding_energy", "state_error", "control_effort"])");
  REQUIRE(problem->objectives.size() == 5);
  CHECK(problem->objectives[0].name == "control_rate");
  CHECK(problem->objectives[4].name == "control_effort");
  const RobustnessSettings robustness = drawn(2, 3, 4);
  const std::array<CostWeights, 5> weights = {alone(2), CostWeights(), alone(3), alone(0), alone(1)};
  constexpr std::size_t rows = 53;  // more than are evaluated at once, and no multiple of eight
  const std::vector<double> points = some_gains(rows);
  for_each_target([&](const std::string& target) {
    CAPTURE(target);
    const std::vector<double> found = fitness(*problem, points);
    REQUIRE(found.size() == 6 * rows);
    for (std::size_t row = 0; row < rows; row += 3) {
      CHECK(found[6 * row] == 0);
      for (std::size_t k = 0; k < 5; ++k) {
        CHECK(
            found[6 * row + 1 + k] ==
            doctest::Approx(plain_cost(weights[k], robustness, std::span(points).subspan(8 * row, 8))).epsilon(1e-12));
      }
    }
  });
}

TEST_CASE("components of what stands make up its cost, and in each of them a fall is worse than all that stands") {
  const Session session = problem_session();
  const auto costs = tuning(session, "");
  CHECK(costs->objectives.size() == 1);
  CHECK(std::ranges::count(costs->published, "reference_point", &PublishedValue::name) == 0);
  const auto components = tuning(session, every_component);
  const auto reference_point = std::ranges::find(components->published, "reference_point", &PublishedValue::name);
  REQUIRE(reference_point != components->published.end());
  CHECK(reference_point->data == std::vector<double>(4, 200));

  constexpr std::size_t rows = 60;
  const std::vector<double> points = some_gains(rows);
  const std::vector<double> cost = fitness(*costs, points);
  const std::vector<double> parts = fitness(*components, points);
  std::size_t fallen = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    const double total = cost[2 * row + 1];
    double sum = 0;
    for (std::size_t k = 1; k <= 4; ++k) {
      const double part = parts[5 * row + k];
      CHECK(part > 0);
      CHECK((part >= 200) == (total >= 200));
      sum += part;
    }
    if (total < 100) CHECK(sum == doctest::Approx(total).epsilon(1e-12));
    fallen += total >= 200 ? 1 : 0;
  }
  CHECK(fallen > 5);
  CHECK(fallen < rows - 5);
}

TEST_CASE("of many cases the worst one says whether all stand, and mean and maximum together need not") {
  const Session session = problem_session();
  const std::string cases = R"("plants": 3, "scenarios": 4, "draw_seed": 2, "objectives": ["state_error"])";
  const auto worst = tuning(session, cases + R"(, "mean_weight": 0, "maximum_weight": 1)");
  const auto combined = tuning(session, cases);
  const RobustnessSettings robustness = drawn(3, 4, 2);
  constexpr std::size_t rows = 40;
  const std::vector<double> points = some_gains(rows);
  const std::vector<double> of_worst = fitness(*worst, points);
  const std::vector<double> of_both = fitness(*combined, points);
  std::size_t below_with_falls = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    const bool falls = any_falls(robustness, std::span(points).subspan(8 * row, 8));
    CHECK((of_worst[2 * row + 1] >= 200) == falls);
    if (falls && of_both[2 * row + 1] < 200) ++below_with_falls;
  }
  CHECK(below_with_falls > 0);
}

TEST_CASE("one component alone is an objective as any other, and a weight stays a factor") {
  const Session session = problem_session();
  const std::vector<double> points = some_gains(30);
  const auto once = tuning(session, R"("objectives": ["control_effort"])");
  const auto thrice = tuning(session, R"("objectives": ["control_effort"], "effort_weight": 0.3)");
  REQUIRE(once->objectives.size() == 1);
  CHECK(once->objectives.front().name == "control_effort");
  const std::vector<double> efforts = fitness(*once, points);
  const std::vector<double> thrice_the_efforts = fitness(*thrice, points);
  std::size_t standing = 0;
  for (std::size_t i = 1; i < efforts.size(); i += 2) {
    if (efforts[i] > 30) continue;
    CHECK(thrice_the_efforts[i] == doctest::Approx(3 * efforts[i]).epsilon(1e-13));
    ++standing;
  }
  CHECK(standing > 0);
}

TEST_CASE("a proportional penalty is in every component, and gives no reference point") {
  const Session session = problem_session();
  const auto problem = tuning(session, R"("penalty": "proportional", )" + std::string(every_component));
  CHECK(std::ranges::count(problem->published, "reference_point", &PublishedValue::name) == 0);
  const std::vector<double> falls = {5, 0.05, 1, 40, 0.5, 0.5, 0.01, 0.01};
  const std::vector<double> found = fitness(*problem, falls);
  for (std::size_t component = 0; component < 4; ++component) {
    CostWeights weights = alone(component);
    weights.penalty = FallPenalty::proportional;
    CHECK(found[1 + component] == doctest::Approx(plain_cost(weights, {}, falls)).epsilon(1e-12));
    CHECK(found[1 + component] > 50);
  }
}

TEST_CASE("a component without weight is none, however large: the others are numbers beside it") {
  const Session session = problem_session();
  const auto problem = tuning(session, R"("objectives": ["cost", "state_error", "sliding_energy"])");
  // The weight a of the cart's position in sigma: its square is infinite.
  const std::vector<double> found = fitness(*problem, {0.571, 5.363, 26.924, 38.114, 50, 14.154, 1e170, 1.618});
  CHECK(found[0] > 0);
  CHECK(found[1] > 200);
  CHECK(std::isfinite(found[2]));
  CHECK(found[2] > 200);
  CHECK(std::isfinite(found[3]));
}

TEST_CASE("controllers of a factory have the same objectives") {
  ControllerTuning description;
  description.gains = gains_of(ControllerLaw());
  description.robustness.plants = 2;
  description.objectives = {TuningObjective::state_error, TuningObjective::control_effort, TuningObjective::cost};
  description.factory = [](std::span<const double> gains) {
    return make_controller(ControllerLaw(), std::vector<double>(gains.begin(), gains.end()));
  };
  Diagnostics diagnostics;
  const auto problem = make_controller_tuning(description, diagnostics);
  REQUIRE(diagnostics.empty());
  const Session session = problem_session();
  const auto shipped = tuning(session, R"("plants": 2, "objectives": ["state_error", "control_effort", "cost"])");
  const std::vector<double> points = some_gains(11);
  CHECK(same_bits(fitness(*problem, points), fitness(*shipped, points)));
}

TEST_CASE("evaluators of several objectives keep the contract") {
  const Session session = problem_session();
  const auto problem = tuning(session, R"("horizon": 0.2, )" + std::string(every_component));
  ContractInput input;
  input.dimensions = {8};
  input.objectives = 4;
  check_contract(*problem->evaluator, input);
}

TEST_CASE("objectives that are missing, twice or 0 are found together") {
  ControllerTuning description;
  description.objectives = {TuningObjective::control_rate, TuningObjective::cost, TuningObjective::control_rate,
                            TuningObjective::sliding_energy};
  description.settings.weights.sliding_energy = 0;
  Diagnostics diagnostics;
  CHECK(make_controller_tuning(description, diagnostics) == nullptr);
  REQUIRE(diagnostics.items().size() == 2);
  CHECK(to_text(diagnostics.items()[0]) ==
        "error: An objective is named twice. [bad-tuning]\n"
        "  path: parameters/objectives\n"
        "  expected: each one once\n"
        "  found: 'control_rate'");
  CHECK(to_text(diagnostics.items()[1]) ==
        "error: The objective 'sliding_energy' is 0 for all that stands, since its weight is. [bad-tuning]\n"
        "  path: parameters/sliding_weight\n"
        "  expected: sliding_weight > 0\n"
        "  found: 0.0");
  description.objectives.clear();
  CHECK(make_controller_tuning(description, diagnostics) == nullptr);
  CHECK(diagnostics.items().back().message == "A tuning has an objective.");
  description.objectives = {TuningObjective::cost};
  CHECK(make_controller_tuning(description, diagnostics) != nullptr);
  CostWeights& weights = description.settings.weights;
  weights.state_error = weights.control_effort = weights.control_rate = 0;
  CHECK(make_controller_tuning(description, diagnostics) == nullptr);
  CHECK(diagnostics.items().back().message == "The cost is 0 for all that stands, since all of its weights are.");
}
