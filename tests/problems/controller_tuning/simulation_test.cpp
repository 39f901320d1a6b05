#include "skein/problems/pendulum_simulation.hpp"

#include "core/src/contract/numbers.hpp"
#include "tests/problems/controller_tuning/reference.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

/// u = -K x, a controller that is none of the shipped ones.
class StateFeedback : public Controller {
 public:
  explicit StateFeedback(std::vector<double> k) : k_(std::move(k)) {}
  ControlAction act(const PendulumState& state, double) override {
    double force = 0;
    for (std::size_t i = 0; i < 6; ++i) force -= k_[i] * components(state)[i];
    return {force, 0.0};
  }

 private:
  std::vector<double> k_;
};

/// A force that is the same for ever, with a sliding variable of one's choice.
class Constant : public Controller {
 public:
  explicit Constant(double force, double surface = 0) : action_{force, surface} {}
  ControlAction act(const PendulumState&, double) override { return action_; }

 private:
  ControlAction action_;
};

/// Forces that change sign with each step.
class Alternating : public Controller {
 public:
  ControlAction act(const PendulumState&, double) override {
    sign_ = -sign_;
    return {3 * sign_, 0};
  }

 private:
  double sign_ = -1;
};

void check_points(const Value& run, SimulationSettings settings, Controller& controller) {
  settings.start = state_of(*run.find("x0"));
  settings.steps = static_cast<std::size_t>(std::nearbyint(run.find("T")->number() / settings.step));
  std::vector<PendulumState> states;
  std::vector<double> forces;
  const SimulationOutcome outcome =
      simulate(settings, controller, [&](std::size_t step, const PendulumState& x, const ControlAction& action) {
        CHECK(step == states.size());
        states.push_back(x);
        forces.push_back(action.force);
      });
  REQUIRE(states.size() == settings.steps);
  for (const Value& point : run.find("points")->list()) {
    const auto at = static_cast<std::size_t>(std::nearbyint(point.find("t")->number() / settings.step));
    if (at == states.size()) continue;
    CAPTURE(at);
    check_close(states[at], *point.find("state"), 1e-9);
    CHECK(std::abs(forces[at] - point.find("u_at_step")->number()) < 1e-7);
  }
  const Value& cost = *run.find("cost");
  CHECK(outcome.state_error == doctest::Approx(cost.find("ise")->number()).epsilon(1e-9));
  CHECK(outcome.control_effort == doctest::Approx(cost.find("u2")->number()).epsilon(1e-9));
  CHECK(outcome.control_rate == doctest::Approx(cost.find("du2")->number()).epsilon(1e-9));
  CHECK(outcome.sliding_energy == doctest::Approx(cost.find("sigma2")->number()).epsilon(1e-9));
  CHECK_FALSE(outcome.fell);
  CHECK(outcome.upright_steps == settings.steps);
}

double cost_of_fall(FallPenalty penalty, std::size_t step_of_fall, double surface) {
  // A start from which the first angle is beyond a quarter turn after so many steps of 0.01 s.
  SimulationSettings settings;
  settings.weights.penalty = penalty;
  settings.plant.parameters.gravity = 1e-9;
  const double rate = 2.0;
  const double quarter = 1.5707963267948966;
  settings.start = {0, quarter - rate * 0.01 * (static_cast<double>(step_of_fall) - 0.5), 0, 0, rate, 0};
  settings.plant.parameters.cart_mass = 1e9;
  settings.plant.parameters.second_mass = 1e-9;
  settings.plant.parameters.first_friction = 0;
  settings.plant.parameters.second_friction = 0;
  Constant controller(0, surface);
  const SimulationOutcome outcome = simulate(settings, controller);
  CHECK(outcome.fell);
  CHECK(outcome.upright_steps == step_of_fall - 1);
  return outcome.cost;
}

}  // namespace

TEST_CASE("closed loops go where the published ones do") {
  for (const Value& run : reference().find("lqr_closed_loop")->list()) {
    SimulationSettings settings;
    settings.plant.equations = PendulumEquations::simplified;
    StateFeedback controller(numbers(*run.find("K")));
    check_points(run, settings, controller);
    const double published = run.find("cost")->find("J_repo_function")->number();
    settings.start = state_of(*run.find("x0"));
    CHECK(simulate(settings, controller).cost == doctest::Approx(published).epsilon(1e-9));
  }
  for (const Value& run : reference().find("signed_smc")->list()) {
    SimulationSettings settings;
    settings.plant.equations = PendulumEquations::full;
    const ControllerLaw law{ControllerKind::sliding_mode, false};
    const auto controller = make_controller(law, numbers(*run.find("gains")));
    check_points(run, settings, *controller);
    // Of the run that ends after a second, the published figure counts the other nine as lost.
    settings.steps = static_cast<std::size_t>(std::nearbyint(run.find("T")->number() * 100));
    const double lost = settings.steps == 100 ? 90.0 : 0.0;
    const double published = run.find("cost")->find("J_repo_function")->number();
    CHECK(simulate(settings, *controller).cost == doctest::Approx(published - lost).epsilon(1e-9));
  }
}

TEST_CASE("tuned gains cost what is published") {
  for (const Value& tuned : reference().find("tuned")->list()) {
    const std::vector<double> gains = numbers(*tuned.find("gains"));
    const ControllerLaw law{ControllerKind::sliding_mode, gains.size() == 8};
    const double published = tuned.find("cost")->number();
    CHECK(simulate({}, *make_controller(law, gains)).cost == doctest::Approx(published).epsilon(1e-9));
  }
}

TEST_CASE("costs are weighted integrals") {
  SimulationSettings settings;
  settings.start = {};
  settings.steps = 50;
  settings.weights = {3, 2, 5, 4, 7, 11, 13, 17, 100, FallPenalty::graded};
  Constant still(0, 2);
  const SimulationOutcome rest = simulate(settings, still);
  CHECK(rest.state_error == 0);
  CHECK(rest.sliding_energy == doctest::Approx(4 * 0.5).epsilon(1e-13));
  CHECK(rest.cost == doctest::Approx(13 * 2.0 / 17).epsilon(1e-13));

  Alternating alternating;
  const SimulationOutcome moved = simulate(settings, alternating);
  CHECK(moved.control_effort == doctest::Approx(9 * 0.5).epsilon(1e-13));
  CHECK(moved.control_rate == doctest::Approx(36 * 0.49).epsilon(1e-13));  // nothing in the first step
  double error = 0;
  Alternating again;
  static_cast<void>(simulate(settings, again, [&](std::size_t, const PendulumState& x, const ControlAction&) {
    for (const double component : components(x)) error += 0.01 * component * component;
  }));
  CHECK(moved.state_error == doctest::Approx(error).epsilon(1e-12));
  CHECK(moved.cost ==
        doctest::Approx(3 * error / 2 + 5 * moved.control_effort / 4 + 7 * moved.control_rate / 11).epsilon(1e-12));
}

TEST_CASE("forces of any controller are limited") {
  SimulationSettings settings;
  settings.steps = 3;
  settings.maximum_force = 7;
  Constant strong(-1000);
  CHECK(simulate(settings, strong).control_effort == doctest::Approx(0.01 * 3 * 49).epsilon(1e-13));
}

TEST_CASE("a graded penalty makes every fall worse than standing, and an early one worse than a late one") {
  // What stands costs less than twice the penalty, whatever it does.
  SimulationSettings settings;
  settings.start = {};
  for (const double surface : {1.0, 30.0, 40.0, 1e3, 1e150}) {
    Constant still(0, surface);
    const double sum = surface * surface;  // 0.1 * 10 s
    const double expected = sum <= 100 ? sum : 100 * (2 - 100 / sum);
    CHECK(simulate(settings, still).cost == doctest::Approx(expected).epsilon(1e-12));
  }
  double last = 1e300;
  for (const std::size_t step : {1U, 2U, 10U, 50U, 70U}) {
    // However much a later fall has cost on the way.
    const double cheap = cost_of_fall(FallPenalty::graded, step, 0);
    const double dear = cost_of_fall(FallPenalty::graded, step, 1e6);
    CHECK(cheap >= 200);
    CHECK((step == 1 ? cheap == dear : cheap < dear));
    CHECK(dear < last);
    last = cheap;
  }
  CHECK(cost_of_fall(FallPenalty::graded, 1, 0) == doctest::Approx(300).epsilon(1e-12));
}

TEST_CASE("a proportional penalty is that of the time that is left") {
  for (const std::size_t step : {1U, 11U, 61U}) {
    const double left = 1 - static_cast<double>(step - 1) / 1000;
    const double integral = 0.1 * 0.01 * static_cast<double>(step - 1) * 2500;
    const double difference =
        cost_of_fall(FallPenalty::proportional, step, 50) - cost_of_fall(FallPenalty::proportional, step, 0);
    CHECK(difference == doctest::Approx(integral).epsilon(1e-9));
    CHECK(cost_of_fall(FallPenalty::proportional, step, 0) >= 100 * left);
    CHECK(cost_of_fall(FallPenalty::proportional, step, 0) <= 100 * left + 3);
  }
}

TEST_CASE("states that are no numbers have fallen") {
  SimulationSettings settings;
  Constant broken(std::nan(""));
  const SimulationOutcome outcome = simulate(settings, broken);
  CHECK(outcome.fell);
  CHECK(outcome.upright_steps == 0);
  CHECK(outcome.cost == doctest::Approx(300).epsilon(1e-12));
  settings.start.velocity = 1e7;
  Constant still(0);
  CHECK(simulate(settings, still).fell);
  // The second angle only counts where the penalty is graded.
  settings.start = {0, 0, 3, 0, 0, 0};
  settings.steps = 1;
  CHECK(simulate(settings, still).fell);
  settings.weights.penalty = FallPenalty::proportional;
  CHECK_FALSE(simulate(settings, still).fell);
}
