#include <array>

#include "skein/problems/controller_tuning.hpp"
#include "skein/random.hpp"

namespace skein {
namespace {

LaneGenerator generator(std::uint64_t seed, std::string_view stream) {
  RandomKey key;
  key.seed = seed;
  key.stream = hash_name(stream);
  return LaneGenerator(key);
}

/// The parameters in the order in which they are drawn.
PendulumParameters drawn(const PendulumParameters& given, const RobustnessSettings& robustness,
                         LaneGenerator& generator) {
  std::array<double, 13> uniform{};
  generator.fill_uniform(uniform.data(), uniform.size());
  PendulumParameters p = given;
  const std::array<double*, 13> places = {&p.cart_mass,      &p.first_mass,   &p.second_mass,   &p.first_length,
                                          &p.second_length,  &p.first_center, &p.second_center, &p.first_inertia,
                                          &p.second_inertia, &p.gravity,      &p.cart_friction, &p.first_friction,
                                          &p.second_friction};
  for (std::size_t i = 0; i < places.size(); ++i) {
    const double width = i < 9    ? robustness.uncertainty
                         : i == 9 ? robustness.gravity_uncertainty
                                  : robustness.friction_uncertainty;
    *places[i] *= 1.0 + width * (2.0 * uniform[i] - 1.0);
  }
  if (p.first_center >= p.first_length) p.first_center = 0.99 * p.first_length;
  if (p.second_center >= p.second_length) p.second_center = 0.99 * p.second_length;
  return p;
}

PendulumState drawn_start(std::size_t index, std::size_t count, LaneGenerator& generator) {
  const std::size_t near = count / 5;
  const std::size_t moderate = near + 3 * count / 10;
  const double angle = index < near ? 0.05 : index < moderate ? 0.15 : 0.3;
  const double rate = index < near ? 0.0 : index < moderate ? 0.2 : 0.5;
  std::array<double, 5> uniform{};
  generator.fill_uniform(uniform.data(), uniform.size());
  const auto within = [&](std::size_t i, double width) { return width * (2.0 * uniform[i] - 1.0); };
  return {0.0, within(0, angle), within(1, angle), within(2, rate), within(3, rate), within(4, rate)};
}

}  // namespace

std::vector<TuningCase> tuning_cases(const SimulationSettings& settings, const RobustnessSettings& robustness) {
  std::vector<PendulumState> starts = {settings.start};
  if (robustness.scenarios > 1) {
    starts.clear();
    LaneGenerator random = generator(robustness.seed, "scenarios");
    for (std::size_t i = 0; i < robustness.scenarios; ++i) {
      starts.push_back(drawn_start(i, robustness.scenarios, random));
    }
  }
  LaneGenerator random = generator(robustness.seed, "plants");
  std::vector<TuningCase> cases;
  for (std::size_t plant = 0; plant < robustness.plants; ++plant) {
    const PendulumParameters& given = settings.plant.parameters;
    const PendulumParameters parameters = plant == 0 ? given : drawn(given, robustness, random);
    for (const PendulumState& start : starts) cases.push_back({parameters, start});
  }
  return cases;
}

}  // namespace skein
