#include <array>
#include <cmath>
#include <string>

#include "problems/controller_tuning/plants-inl.hpp"
#include "problems/controller_tuning/texts.hpp"

namespace skein {
namespace {

using namespace HWY_NAMESPACE;

void report(Diagnostics& diagnostics, std::string_view name, std::string message, std::string expected,
            std::string found) {
  diagnostics.add({"bad-plant",
                   Severity::error,
                   {},
                   "parameters/" + std::string(name),
                   std::move(message),
                   std::move(expected),
                   std::move(found),
                   ""});
}

struct NamedNumber {
  std::string_view name;
  double value;
};

void check_numbers(const PendulumParameters& p, Diagnostics& diagnostics) {
  const std::array<NamedNumber, 9> positive = {{{"cart_mass", p.cart_mass},
                                                {"first_mass", p.first_mass},
                                                {"second_mass", p.second_mass},
                                                {"first_length", p.first_length},
                                                {"second_length", p.second_length},
                                                {"first_center", p.first_center},
                                                {"second_center", p.second_center},
                                                {"first_inertia", p.first_inertia},
                                                {"second_inertia", p.second_inertia}}};
  for (const auto& [name, value] : positive) {
    if (value > 0.0 && std::isfinite(value)) continue;
    report(diagnostics, name, "A plant has a '" + std::string(name) + "' that is positive.", "a finite number > 0",
           text_of(value));
  }
  const std::array<NamedNumber, 3> frictions = {{{"cart_friction", p.cart_friction},
                                                 {"first_friction", p.first_friction},
                                                 {"second_friction", p.second_friction}}};
  for (const auto& [name, value] : frictions) {
    if (value >= 0.0 && std::isfinite(value)) continue;
    report(diagnostics, name, "Friction takes energy away: '" + std::string(name) + "' is not negative.",
           "a finite number >= 0", text_of(value));
  }
  if (!std::isfinite(p.gravity)) {
    report(diagnostics, "gravity", "Gravity is a finite number.", "a finite number", text_of(p.gravity));
  }
}

void check_centers(const PendulumParameters& p, Diagnostics& diagnostics) {
  if (p.first_center > p.first_length) {
    report(diagnostics, "first_center", "The centre of mass of the first link lies beyond its end.",
           "at most first_length = " + text_of(p.first_length), text_of(p.first_center));
  }
  if (p.second_center > p.second_length) {
    report(diagnostics, "second_center", "The centre of mass of the second link lies beyond its end.",
           "at most second_length = " + text_of(p.second_length), text_of(p.second_center));
  }
}

/// Whether all leading minors of the mass matrix are positive.
bool is_positive_definite(const MassMatrix<double>& m) {
  const double two = m.m11 * m.m22 - m.m12 * m.m12;
  const double three = m.m11 * (m.m22 * m.m33 - m.m23 * m.m23) - m.m12 * (m.m12 * m.m33 - m.m13 * m.m23) +
                       m.m13 * (m.m12 * m.m23 - m.m13 * m.m22);
  return m.m11 > 0.0 && two > 0.0 && three > 0.0;
}

void check_mass_matrix(const PendulumPlant& plant, Diagnostics& diagnostics) {
  constexpr int per_turn = 48;
  constexpr double angle = 2.0 * 0x1.921fb54442d18p1 / per_turn;
  const PlantConstants constants = constants_of(plant);
  for (int first = 0; first < per_turn; ++first) {
    for (int second = 0; second < per_turn; ++second) {
      State<double> x{};
      x.first_angle = first * angle;
      x.second_angle = second * angle;
      if (is_positive_definite(mass_matrix(constants, angles_of(x)))) continue;
      report(diagnostics, "plant",
             "The mass matrix of this plant is not positive definite at the angles " + text_of(x.first_angle) + " and " +
                 text_of(x.second_angle) + ".",
             "masses, lengths and inertias of a body, or the equations 'lagrangian'", "");
      return;
    }
  }
}

}  // namespace

void check_plant(const PendulumPlant& plant, Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.error_count();
  check_numbers(plant.parameters, diagnostics);
  if (diagnostics.error_count() == before) check_centers(plant.parameters, diagnostics);
  if (diagnostics.error_count() == before) check_mass_matrix(plant, diagnostics);
}

}  // namespace skein
