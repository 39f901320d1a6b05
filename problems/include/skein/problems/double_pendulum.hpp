// A double inverted pendulum on a cart: its parameters and states, and how it moves.
#pragma once

#include <cstdint>

#include "skein/diagnostic.hpp"

namespace skein {

/// Where everything is and how fast it moves. Angles are absolute: 0 is upright for both links, and they grow where the
/// tip of the link goes towards greater positions.
struct PendulumState {
  double position = 0.0;      ///< of the cart, m
  double first_angle = 0.0;   ///< rad
  double second_angle = 0.0;  ///< rad
  double velocity = 0.0;      ///< of the cart, m/s
  double first_rate = 0.0;    ///< rad/s
  double second_rate = 0.0;   ///< rad/s
};

/// The defaults are those of the reference of all figures.
struct PendulumParameters {
  double cart_mass = 1.5;         ///< kg
  double first_mass = 0.2;        ///< kg
  double second_mass = 0.15;      ///< kg
  double first_length = 0.4;      ///< from the cart to the second joint, m
  double second_length = 0.3;     ///< m
  double first_center = 0.2;      ///< from the link's joint to its centre of mass, m
  double second_center = 0.15;    ///< m
  double first_inertia = 0.0081;  ///< about the centre of mass, kg m^2
  double second_inertia = 0.0034;
  double gravity = 9.81;          ///< m/s^2
  double cart_friction = 0.2;     ///< viscous, N s/m
  double first_friction = 0.005;  ///< viscous, of the first joint, N m s/rad
  double second_friction = 0.004;
};

/// The equations of motion. Only the first ones conserve energy; the others are those of a published simulator, for
/// comparison.
enum class PendulumEquations : std::uint8_t {
  lagrangian,         ///< Lagrange's equations in absolute angles
  simplified,         ///< a constant mass matrix of the links, weakly coupled
  full,               ///< a mass matrix as for relative angles with the trigonometry of absolute ones
  full_with_friction  ///< the same, with gyroscopic terms, viscous and Coulomb friction of a sign that drives
};

struct PendulumPlant {
  PendulumEquations equations = PendulumEquations::lagrangian;
  PendulumParameters parameters;
};

enum class Integrator : std::uint8_t {
  euler,       ///< x + h f(x)
  runge_kutta  ///< the classical one of fourth order
};

/// The time derivative of the state under a horizontal force on the cart, in N: M q'' = f for the positions q, solved
/// by Cramer's rule. Angles beyond 2^20 rad give NaN.
[[nodiscard]] PendulumState derivative(const PendulumPlant& plant, const PendulumState& state, double force) noexcept;

/// The state after `step` seconds under a constant force.
[[nodiscard]] PendulumState advance(const PendulumPlant& plant, Integrator integrator, double step,
                                    const PendulumState& state, double force) noexcept;

/// Kinetic and potential energy of the Lagrangian model in J, 0 at the height of the cart's joint. It is conserved
/// where nothing rubs and no force acts.
[[nodiscard]] double energy(const PendulumParameters& parameters, const PendulumState& state) noexcept;

/// Adds `bad-plant` for everything that no plant can have: numbers that are not finite, masses, lengths, distances or
/// inertias that are not positive, negative friction, and a centre of mass beyond its link. Paths are `parameters/` and
/// the names above. Mass matrices of all other parameters are positive definite, whatever the equations.
void check_parameters(const PendulumParameters& parameters, Diagnostics& diagnostics);

}  // namespace skein
