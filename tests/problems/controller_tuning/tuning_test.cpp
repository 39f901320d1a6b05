#include "skein/problems/controller_tuning.hpp"

#include <atomic>
#include <set>
#include <stdexcept>

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

const std::vector<double>& bound(const Problem& problem, std::string_view name) {
  return std::ranges::find(problem.published, name, &PublishedValue::name)->data;
}

/// Vectors of gains anywhere within the bounds.
std::vector<double> some_gains(const Problem& problem, std::size_t rows, std::uint64_t seed) {
  const std::size_t d = problem.dimension;
  std::vector<double> points = some_numbers(rows * d, 0, 1, seed);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double lower = bound(problem, "lower")[i % d];
    points[i] = lower + points[i] * (bound(problem, "upper")[i % d] - lower);
  }
  return points;
}

std::vector<double> row_of(const std::vector<double>& points, std::size_t row, std::size_t d) {
  const auto first = points.begin() + static_cast<std::ptrdiff_t>(row * d);
  return {first, first + static_cast<std::ptrdiff_t>(d)};
}

const std::vector<double>& tuned_gains() {
  static const std::vector<double> gains = numbers(*reference().find("tuned")->list().back().find("gains"));
  return gains;
}

constexpr const char* short_horizon = R"("horizon": 1, )";

constexpr std::array<const char*, 4> controllers = {"sliding_mode", "super_twisting", "adaptive", "hybrid"};
constexpr std::array<const char*, 4> plants = {"lagrangian", "simplified", "full", "full_with_friction"};

}  // namespace

TEST_CASE("tuned gains have the published costs as a problem, too") {
  const Session session = problem_session();
  for (const Value& tuned : reference().find("tuned")->list()) {
    const std::vector<double> gains = numbers(*tuned.find("gains"));
    const auto problem = tuning(session, gains.size() == 8 ? "" : R"("cart_terms": false)");
    CHECK(values(*problem, gains)[0] == doctest::Approx(tuned.find("cost")->number()).epsilon(1e-9));
  }
}

TEST_CASE("eight pendulums side by side are each as one alone, on every target") {
  const Session session = problem_session();
  for (std::size_t kind = 0; kind < controllers.size(); ++kind) {
    for (std::size_t plant = 0; plant < plants.size(); ++plant) {
      for (const std::string integrator : {"euler", "runge_kutta"}) {
        const std::string controller = controllers[kind];
        CAPTURE(controller);
        CAPTURE(integrator);
        CAPTURE(plant);
        const auto problem =
            tuning(session, short_horizon + std::string(R"("controller": ")") + controller + R"(", "plant": ")" +
                                plants[plant] + R"(", "integrator": ")" + integrator + R"(")");
        constexpr std::size_t rows = 19;  // no multiple of eight
        const std::vector<double> points = some_gains(*problem, rows, 7 + kind);

        SimulationSettings settings;
        settings.plant.equations = static_cast<PendulumEquations>(plant);
        settings.integrator = integrator == "euler" ? Integrator::euler : Integrator::runge_kutta;
        settings.steps = 100;
        std::vector<double> expected;
        for (std::size_t row = 0; row < rows; ++row) {
          const ControllerLaw law{static_cast<ControllerKind>(kind)};
          expected.push_back(simulate(settings, *make_controller(law, row_of(points, row, problem->dimension))).cost);
        }
        for_each_target([&](const std::string& target) {
          CAPTURE(target);
          const std::vector<double> found = fitness(*problem, points);
          for (std::size_t row = 0; row < rows; ++row) CHECK(equal_bits(found[2 * row + 1], expected[row]));
        });
      }
    }
  }
}

TEST_CASE("gains that let it fall take nothing from their neighbours") {
  const Session session = problem_session();
  const auto problem = tuning(session, "");
  const double alone = values(*problem, tuned_gains())[0];
  std::vector<double> points;
  for (int i = 0; i < 8; ++i) {
    const std::vector<double> falls = {5, 0.05, 1, 40, 0.5, 0.5, 0.01, 0.01};
    const std::vector<double>& row = i == 5 ? tuned_gains() : falls;
    points.insert(points.end(), row.begin(), row.end());
  }
  const std::vector<double> found = values(*problem, points);
  CHECK(found[0] > 200);
  CHECK(equal_bits(found[5], alone));
  // Nor do gains that are no numbers.
  for (int i = 0; i < 40; ++i) points[static_cast<std::size_t>(i)] = i % 2 == 0 ? std::nan("") : INFINITY;
  const std::vector<double> odd = fitness(*problem, points);
  CHECK(equal_bits(odd[11], alone));
  CHECK(odd[10] == 0);
  CHECK(std::isnan(odd[0]));
  CHECK(odd[1] == doctest::Approx(300).epsilon(1e-12));
}

TEST_CASE("bits of costs do not depend on tiles and threads") {
  const Session session = problem_session();
  const auto problem = tuning(session, short_horizon + std::string(R"("plants": 2)"));
  CHECK(problem->evaluator->rows_at_once == 8);
  CHECK(problem->evaluator->thread_safe);
  const std::vector<double> points = some_gains(*problem, 41, 3);
  const std::vector<double> expected = fitness(*problem, points);
  for (const std::size_t tile : {1U, 3U, 8U, 13U}) {
    RunOptions options;
    options.tile_rows = tile;
    options.threads = 4;
    CHECK(same_bits(fitness(*problem, points, options), expected));
  }
}

TEST_CASE("every parameter of the cost counts") {
  const Session session = problem_session();
  std::set<double> costs;
  std::size_t count = 0;
  for (const char* parameter : {"",
                                R"("state_weight": 2)",
                                R"("effort_weight": 1)",
                                R"("rate_weight": 1)",
                                R"("sliding_weight": 1)",
                                R"("state_norm": 1)",
                                R"("effort_norm": 7)",
                                R"("rate_norm": 7)",
                                R"("sliding_norm": 7)",
                                R"("maximum_force": 10)",
                                R"("boundary_layer": 0.1)",
                                R"("step": 0.005)",
                                R"("horizon": 2)",
                                R"("start": [0, 0.02, 0, 0, 0, 0])",
                                R"("integrator": "runge_kutta")",
                                R"("plant": "full")",
                                R"("plants": 3)",
                                R"("scenarios": 2)",
                                R"("scenarios": 2, "mean_weight": 0)",
                                R"("scenarios": 2, "maximum_weight": 0)",
                                R"("scenarios": 2, "draw_seed": 1)",
                                R"("plants": 3, "uncertainty": 0.1)",
                                R"("plants": 3, "gravity_uncertainty": 0.1)",
                                R"("plants": 3, "friction_uncertainty": 0.9)",
                                R"("plants": 3, "draw_seed": 1)",
                                R"("cart_mass": 2)",
                                R"("first_mass": 0.3)",
                                R"("second_mass": 0.1)",
                                R"("first_length": 0.41)",
                                R"("first_center": 0.21)",
                                R"("second_center": 0.16)",
                                R"("first_inertia": 0.008)",
                                R"("second_inertia": 0.003)",
                                R"("gravity": 9.7)",
                                R"("cart_friction": 0.3)",
                                R"("first_friction": 0.006)",
                                R"("second_friction": 0.003)"}) {
    CAPTURE(std::string(parameter));
    costs.insert(values(*tuning(session, parameter), tuned_gains())[0]);
    CHECK(costs.size() == ++count);
  }
  // The second link's end does nothing but limit its centre; a fall is needed to see what it costs.
  const std::vector<double> falls = {5, 0.05, 1, 40, 0.5, 0.5, 0.01, 0.01};
  const double fall = values(*tuning(session, ""), falls)[0];
  CHECK(values(*tuning(session, R"("fall_penalty": 10)"), falls)[0] < 0.2 * fall);
  CHECK(values(*tuning(session, R"("penalty": "proportional")"), falls)[0] < 150);
}

TEST_CASE("plants and starts are drawn as documented, the same ones each time") {
  SimulationSettings settings;
  RobustnessSettings robustness;
  robustness.plants = 200;
  robustness.uncertainty = 0.3;
  robustness.gravity_uncertainty = 0.01;
  robustness.seed = 5;
  const std::vector<TuningCase> cases = tuning_cases(settings, robustness);
  REQUIRE(cases.size() == 200);
  CHECK(cases[0].parameters.cart_mass == 1.5);
  CHECK(cases[0].start.first_angle == 0.05);
  double smallest = 1e9, largest = 0, heaviest = 0, friction = 0, sum = 0;
  for (std::size_t i = 1; i < cases.size(); ++i) {
    const PendulumParameters& p = cases[i].parameters;
    CHECK(p.cart_mass != cases[i - 1].parameters.cart_mass);
    CHECK(p.first_center <= 0.99 * p.first_length);
    CHECK(p.second_center <= 0.99 * p.second_length);
    smallest = std::min(smallest, p.cart_mass);
    largest = std::max(largest, p.cart_mass);
    sum += p.cart_mass;
    heaviest = std::max(heaviest, std::abs(p.gravity / 9.81 - 1));
    friction = std::max(friction, std::abs(p.cart_friction / 0.2 - 1));
  }
  CHECK(smallest >= 1.5 * 0.7);
  CHECK(smallest < 1.5 * 0.72);
  CHECK(largest <= 1.5 * 1.3);
  CHECK(largest > 1.5 * 1.28);
  CHECK(sum / 199 == doctest::Approx(1.5).epsilon(0.03));
  CHECK((heaviest > 0.009 && heaviest <= 0.0100001));
  CHECK((friction > 0.09 && friction <= 0.1000001));

  const std::vector<TuningCase> again = tuning_cases(settings, robustness);
  CHECK(again[77].parameters.second_inertia == cases[77].parameters.second_inertia);
  robustness.seed = 6;
  CHECK(tuning_cases(settings, robustness)[77].parameters.second_inertia != cases[77].parameters.second_inertia);

  robustness.plants = 2;
  robustness.scenarios = 15;
  const std::vector<TuningCase> grid = tuning_cases(settings, robustness);
  REQUIRE(grid.size() == 30);
  for (std::size_t i = 0; i < grid.size(); ++i) {
    const PendulumState& x = grid[i].start;
    const std::size_t scenario = i % 15;
    const double angle = scenario < 3 ? 0.05 : scenario < 7 ? 0.15 : 0.3;
    const double rate = scenario < 3 ? 0.0 : scenario < 7 ? 0.2 : 0.5;
    CHECK(x.position == 0);
    CHECK(std::abs(x.first_angle) <= angle);
    CHECK(std::abs(x.second_angle) <= angle);
    for (const double each : {x.velocity, x.first_rate, x.second_rate}) CHECK(std::abs(each) <= rate);
    CHECK(grid[i].parameters.cart_mass == grid[i < 15 ? 0 : 15].parameters.cart_mass);
    CHECK(x.first_angle == grid[scenario].start.first_angle);
  }
  CHECK(grid[0].parameters.cart_mass == 1.5);
  CHECK(grid[15].parameters.cart_mass != 1.5);
}

TEST_CASE("costs of all cases are combined by mean and maximum") {
  const Session session = problem_session();
  const std::string drawn = R"("plants": 3, "scenarios": 4, "draw_seed": 9)";
  RobustnessSettings robustness;
  robustness.plants = 3;
  robustness.scenarios = 4;
  robustness.seed = 9;
  SimulationSettings settings;
  double sum = 0, greatest = 0;
  for (const TuningCase& one : tuning_cases(settings, robustness)) {
    settings.plant.parameters = one.parameters;
    settings.start = one.start;
    const double cost = simulate(settings, *make_controller(ControllerLaw(), tuned_gains())).cost;
    sum += cost;
    greatest = std::max(greatest, cost);
  }
  const auto combined = [&](const std::string& weights) {
    return values(*tuning(session, drawn + weights), tuned_gains())[0];
  };
  CHECK(combined("") == doctest::Approx(0.7 * sum / 12 + 0.3 * greatest).epsilon(1e-13));
  CHECK(combined(R"(, "mean_weight": 2, "maximum_weight": 6)") ==
        doctest::Approx(0.25 * sum / 12 + 0.75 * greatest).epsilon(1e-13));
  CHECK(combined(R"(, "maximum_weight": 0)") == doctest::Approx(sum / 12).epsilon(1e-13));
  CHECK(combined(R"(, "mean_weight": 0)") == doctest::Approx(greatest).epsilon(1e-13));
}

TEST_CASE("gains beyond their bounds are infeasible, and still have a cost") {
  const Session session = problem_session();
  const auto problem = tuning(session, "");
  std::vector<double> gains = tuned_gains();
  CHECK(fitness(*problem, gains)[0] == 0);
  gains[0] = 5 + 0.495;
  gains[7] = 0.01 - 1.99;
  const std::vector<double> found = fitness(*problem, gains);
  CHECK(found[0] == doctest::Approx(0.1 + 1).epsilon(1e-12));
  CHECK(std::isfinite(found[1]));

  const auto twisting = tuning(session, R"("controller": "super_twisting")");
  std::vector<double> k = {10, 10, 1, 3, 10, 10, 0.3, 0.6};
  CHECK(fitness(*twisting, k)[0] == 0);
  k[1] = 16;
  CHECK(fitness(*twisting, k)[0] == doctest::Approx(0.1).epsilon(1e-12));

  const auto narrow = tuning(session, R"("lower": 2, "upper": [2, 3, 20, 20, 30, 5, 3, 3])");
  CHECK(bound(*narrow, "lower") == std::vector<double>(8, 2));
  const std::vector<double> at = fitness(*narrow, {2.5, 3, 20, 20, 30, 5, 3, 3});
  CHECK(at[0] == doctest::Approx(1.5).epsilon(1e-12));
}

TEST_CASE("every controller can be tuned so that the pendulum stands") {
  const Session session = problem_session();
  for (const char* controller : controllers) {
    CAPTURE(std::string(controller));
    const auto problem = tuning(session, R"("controller": ")" + std::string(controller) + R"(")");
    const std::vector<double> points = some_gains(*problem, 600, 1);
    const std::vector<double> found = fitness(*problem, points);
    double best = 1e300;
    for (std::size_t row = 0; row < 600; ++row) {
      if (found[2 * row] == 0) best = std::min(best, found[2 * row + 1]);
    }
    CHECK(best < 2);
  }
}

TEST_CASE("controllers of a factory are tuned like the shipped ones") {
  class Proportional : public Controller {
   public:
    explicit Proportional(std::span<const double> gains)
        : inner_(make_controller(ControllerLaw(), std::vector<double>(gains.begin(), gains.end()))) {}
    ControlAction act(const PendulumState& state, double step) override { return inner_->act(state, step); }

   private:
    std::unique_ptr<Controller> inner_;
  };
  ControllerTuning description;
  description.name = "own";
  description.gains = gains_of(ControllerLaw());
  description.robustness.plants = 2;
  std::atomic<int> made = 0;
  description.factory = [&made](std::span<const double> gains) {
    ++made;
    return std::make_unique<Proportional>(gains);
  };
  Diagnostics diagnostics;
  const auto problem = make_controller_tuning(description, diagnostics);
  REQUIRE(diagnostics.empty());
  CHECK(problem->dimension == 8);
  const Session session = problem_session();
  const std::vector<double> points = some_gains(*problem, 5, 4);
  CHECK(same_bits(fitness(*problem, points), fitness(*tuning(session, R"("plants": 2)"), points)));
  CHECK(made == 10);

  description.factory = [](std::span<const double>) -> std::unique_ptr<Controller> {
    throw std::runtime_error("no controller has these gains");
  };
  const auto failing = make_controller_tuning(description, diagnostics);
  SingleOperator single(*failing->evaluator, 1, 8);
  single.bind("position", tuned_gains()).run();
  REQUIRE(single.result().error());
  CHECK(single.result().error()->message.find("no controller has these gains") != std::string::npos);

  description.gains.clear();
  CHECK(make_controller_tuning(description, diagnostics) == nullptr);
  CHECK(diagnostics.items()[0].path == "parameters/gains");
}

TEST_CASE("what is wrong with a tuning is found, all of it at once") {
  ControllerTuning description;
  description.settings.step = 0;
  description.settings.steps = 0;
  description.settings.maximum_force = -1;
  description.settings.start.first_rate = INFINITY;
  description.settings.weights.control_effort = -1;
  description.settings.weights.sliding_energy_norm = 0;
  description.settings.weights.fall = 0;
  description.settings.plant.parameters.second_mass = 0;
  description.robustness.plants = 0;
  description.robustness.scenarios = 0;
  description.robustness.uncertainty = 1;
  description.robustness.mean_weight = 0;
  description.robustness.maximum_weight = 0;
  description.law.boundary_layer = 0;
  description.lower = {1, 2};
  Diagnostics diagnostics;
  CHECK(make_controller_tuning(description, diagnostics) == nullptr);
  std::set<std::string> paths;
  for (const Diagnostic& finding : diagnostics.items()) paths.insert(finding.path);
  CHECK(paths == std::set<std::string>{"parameters/second_mass", "parameters/step", "parameters/horizon",
                                       "parameters/maximum_force", "parameters/boundary_layer", "parameters/start",
                                       "parameters/effort_weight", "parameters/sliding_norm", "parameters/fall_penalty",
                                       "parameters/uncertainty", "parameters/plants", "parameters/scenarios",
                                       "parameters/mean_weight", "parameters/lower"});
}

TEST_CASE("evaluators of controller tunings keep the contract") {
  const Session session = problem_session();
  for (const char* controller : controllers) {
    const auto problem = tuning(session, R"("horizon": 0.2, "controller": ")" + std::string(controller) + R"(")");
    ContractInput input;
    input.dimensions = {problem->dimension};
    input.domains["position"] = {0.1, 5};
    check_contract(*problem->evaluator, input);
  }
}
