#include "skein/problems/double_pendulum.hpp"

#include "problems/controller_tuning/integrators-inl.hpp"

namespace skein {

// What is compiled for the one target of this file. NOLINTNEXTLINE(google-build-using-namespace)
using namespace HWY_NAMESPACE;

PendulumState derivative(const PendulumPlant& plant, const PendulumState& state, double force) noexcept {
  return plain(derivative_of(constants_of(plant), state_of<double>(state), force));
}

PendulumState advance(const PendulumPlant& plant, Integrator integrator, double step, const PendulumState& state,
                      double force) noexcept {
  return plain(step_of(integrator, constants_of(plant), state_of<double>(state), force, step));
}

double energy(const PendulumParameters& parameters, const PendulumState& state) noexcept {
  const PlantConstants p = constants_of({PendulumEquations::lagrangian, parameters});
  const State<double> x = state_of<double>(state);
  const Angles<double> a = angles_of(x);
  const MassMatrix<double> m = mass_matrix(p, a);
  const double squares =
      m.m11 * x.velocity * x.velocity + m.m22 * x.first_rate * x.first_rate + m.m33 * x.second_rate * x.second_rate;
  const double products =
      m.m12 * x.velocity * x.first_rate + m.m13 * x.velocity * x.second_rate + m.m23 * x.first_rate * x.second_rate;
  return 0.5 * squares + products + p.gravity * (p.h1 * a.c1 + p.h2 * a.c2);
}

}  // namespace skein
