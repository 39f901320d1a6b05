#include "tests/problems/controller_tuning/reference.hpp"

using namespace skein;
using namespace skein::testing;

namespace {

PendulumState after(const PendulumPlant& plant, Integrator integrator, double step, double seconds, PendulumState x,
                    double force) {
  const auto steps = static_cast<std::size_t>(std::nearbyint(seconds / step));
  for (std::size_t i = 0; i < steps; ++i) x = advance(plant, integrator, step, x, force);
  return x;
}

/// Greatest change of the energy of the Lagrangian model within a second.
double energy_drift(const PendulumPlant& plant, PendulumState x) {
  const double first = energy(plant.parameters, x);
  double drift = 0;
  for (int i = 0; i < 5000; ++i) {
    x = advance(plant, Integrator::runge_kutta, 2e-4, x, 0);
    drift = std::max(drift, std::abs(energy(plant.parameters, x) - first));
  }
  return drift;
}

PendulumPlant frictionless(PendulumEquations equations) {
  PendulumPlant plant{equations, {}};
  plant.parameters.cart_friction = 0;
  plant.parameters.first_friction = 0;
  plant.parameters.second_friction = 0;
  return plant;
}

std::vector<std::string> findings(const PendulumParameters& parameters) {
  Diagnostics diagnostics;
  check_parameters(parameters, diagnostics);
  std::vector<std::string> paths;
  for (const Diagnostic& finding : diagnostics.items()) {
    CHECK(finding.code == "bad-plant");
    paths.push_back(finding.path);
  }
  return paths;
}

}  // namespace

TEST_CASE("derivatives of all plants are the published ones") {
  struct Variant {
    PendulumEquations equations;
    const char* key;
    double tolerance;
  };
  for (const Variant& variant :
       {Variant{PendulumEquations::simplified, "simplified", 1e-12}, Variant{PendulumEquations::full, "full", 1e-12},
        Variant{PendulumEquations::full_with_friction, "full_with_friction", 1e-10}}) {
    CAPTURE(std::string(variant.key));
    for (const Value& point : reference().find("derivatives")->list()) {
      const double force = point.find("u")->number();
      const PendulumState found = derivative({variant.equations, {}}, state_of(*point.find("state")), force);
      check_close(found, *point.find(variant.key), variant.tolerance);
    }
  }
  for (const Value& point : reference().find("lagrangian_derivatives")->list()) {
    const double force = point.find("u")->number();
    const PendulumState found = derivative({PendulumEquations::lagrangian, {}}, state_of(*point.find("state")), force);
    check_close(found, *point.find("derivative"), 1e-12);
  }
}

TEST_CASE("open loops end where the published ones do") {
  struct Run {
    const char* key;
    PendulumEquations equations;
    Integrator integrator;
    double step;
  };
  for (const Value& loop : reference().find("open_loop")->list()) {
    const PendulumState start = state_of(*loop.find("x0"));
    const double force = loop.find("u")->number();
    const double seconds = loop.find("T")->number();
    for (const Run& run : {Run{"simplified_euler_dt0p01", PendulumEquations::simplified, Integrator::euler, 0.01},
                           Run{"simplified_euler_dt0p001", PendulumEquations::simplified, Integrator::euler, 0.001},
                           Run{"simplified_rk4_dt0p001", PendulumEquations::simplified, Integrator::runge_kutta, 0.001},
                           Run{"core_full_rk4_dt0p001", PendulumEquations::full, Integrator::runge_kutta, 0.001}}) {
      CAPTURE(std::string(run.key));
      check_close(after({run.equations, {}}, run.integrator, run.step, seconds, start, force), *loop.find(run.key),
                  1e-9);
    }
  }
}

TEST_CASE("only the Lagrangian plant conserves energy") {
  const PendulumState start{0, 0.3, -0.2, 0, 0, 0};
  const double first = energy(PendulumParameters(), start);
  CHECK(first == doctest::Approx(reference().find("energy")->number()).epsilon(1e-13));
  CHECK(energy_drift(frictionless(PendulumEquations::lagrangian), start) < 1e-9);
  CHECK(energy_drift(frictionless(PendulumEquations::simplified), start) > 0.9);
  CHECK(energy_drift(frictionless(PendulumEquations::full), start) > 0.9);
  // With friction, energy goes.
  const PendulumPlant plant;
  CHECK(energy(plant.parameters, after(plant, Integrator::runge_kutta, 1e-3, 1, start, 0)) < first - 0.01);
}

TEST_CASE("friction of the full plant drives") {
  const PendulumState rate = derivative({PendulumEquations::full_with_friction, {}}, {0, 0, 0, 1, 0, 0}, 0);
  CHECK(rate.velocity == doctest::Approx(0.156).epsilon(0.01));
}

TEST_CASE("integrators have their orders") {
  const PendulumPlant plant;
  const PendulumState start{0, 0.3, -0.2, 0.1, 0.5, -0.4};
  const PendulumState exact = after(plant, Integrator::runge_kutta, 1e-4, 0.5, start, 2);
  const auto error = [&](Integrator integrator, double step) {
    return std::abs(after(plant, integrator, step, 0.5, start, 2).first_angle - exact.first_angle);
  };
  CHECK(error(Integrator::euler, 0.001) / error(Integrator::euler, 0.0005) == doctest::Approx(2).epsilon(0.05));
  CHECK(error(Integrator::runge_kutta, 0.01) / error(Integrator::runge_kutta, 0.005) ==
        doctest::Approx(16).epsilon(0.15));
}

TEST_CASE("what no plant can be is found, all of it at once") {
  CHECK(findings({}).empty());
  PendulumParameters plant;
  plant.cart_mass = 0;
  plant.second_length = -1;
  plant.first_inertia = std::nan("");
  plant.first_friction = -0.1;
  plant.gravity = INFINITY;
  CHECK(findings(plant) == std::vector<std::string>{"parameters/cart_mass", "parameters/second_length",
                                                    "parameters/first_inertia", "parameters/first_friction",
                                                    "parameters/gravity"});
  PendulumParameters long_center;
  long_center.first_center = 0.5;
  long_center.second_center = 0.31;
  CHECK(findings(long_center) == std::vector<std::string>{"parameters/first_center", "parameters/second_center"});
}
