#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "problems/controller_tuning/texts.hpp"
#include "skein/problems/double_pendulum.hpp"

namespace skein {
namespace {

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
    report(diagnostics, name, "'" + std::string(name) + "' of a plant has to be positive.", "a finite number > 0",
           text_of(value));
  }
  const std::array<NamedNumber, 3> frictions = {{{"cart_friction", p.cart_friction},
                                                 {"first_friction", p.first_friction},
                                                 {"second_friction", p.second_friction}}};
  for (const auto& [name, value] : frictions) {
    if (value >= 0.0 && std::isfinite(value)) continue;
    report(diagnostics, name, "'" + std::string(name) + "' takes energy away, so it cannot be negative.",
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

}  // namespace

void check_parameters(const PendulumParameters& parameters, Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.error_count();
  check_numbers(parameters, diagnostics);
  if (diagnostics.error_count() == before) check_centers(parameters, diagnostics);
}

}  // namespace skein
