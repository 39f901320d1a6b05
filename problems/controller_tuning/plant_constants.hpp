// What the equations of motion need of a plant's parameters, computed once.
#pragma once

#include "skein/problems/double_pendulum.hpp"

namespace skein {

struct PlantConstants {
  PendulumEquations equations = PendulumEquations::lagrangian;
  double total_mass = 0.0;
  double h1 = 0.0;              ///< first_mass first_center + second_mass first_length
  double h2 = 0.0;              ///< second_mass second_center
  double coupling = 0.0;        ///< second_mass first_length second_center
  double first_inertia = 0.0;   ///< about the first joint, the second link as a point at the second one
  double second_inertia = 0.0;  ///< about the second joint
  double gravity = 0.0;
  double cart_friction = 0.0;
  double first_friction = 0.0;
  double second_friction = 0.0;
};

[[nodiscard]] inline PlantConstants constants_of(const PendulumPlant& plant) noexcept {
  const PendulumParameters& p = plant.parameters;
  PlantConstants c;
  c.equations = plant.equations;
  c.total_mass = p.cart_mass + p.first_mass + p.second_mass;
  c.h1 = p.first_mass * p.first_center + p.second_mass * p.first_length;
  c.h2 = p.second_mass * p.second_center;
  c.coupling = p.second_mass * p.first_length * p.second_center;
  c.first_inertia = p.first_mass * p.first_center * p.first_center + p.second_mass * p.first_length * p.first_length +
                    p.first_inertia;
  c.second_inertia = p.second_mass * p.second_center * p.second_center + p.second_inertia;
  c.gravity = p.gravity;
  c.cart_friction = p.cart_friction;
  c.first_friction = p.first_friction;
  c.second_friction = p.second_friction;
  return c;
}

}  // namespace skein
