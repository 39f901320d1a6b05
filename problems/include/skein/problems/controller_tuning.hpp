// Tuning the gains of a controller of the double inverted pendulum, as a problem.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "skein/problem.hpp"
#include "skein/problems/pendulum_simulation.hpp"

namespace skein {

class Registry;

/// How far drawn plants and starts lie from the given ones.
struct RobustnessSettings {
  std::size_t plants = 1;     ///< the given plant, and plants - 1 drawn ones
  std::size_t scenarios = 1;  ///< 1: the given start; otherwise all of them are drawn
  double uncertainty = 0.05;  ///< relative half-width of masses, lengths, centres of mass and inertias
  double gravity_uncertainty = 0.0;
  double friction_uncertainty = 0.1;
  std::uint64_t seed = 0;       ///< of what is drawn; the same for every evaluation
  double mean_weight = 0.7;     ///< the objective is the weighted mean of the mean and
  double maximum_weight = 0.3;  ///< of the maximum over all plants and scenarios
};

/// One simulation of an evaluation.
struct TuningCase {
  PendulumParameters parameters;
  PendulumState start;
};

/// What is simulated for each vector of gains: every scenario with every plant, plants in the outer order.
///
/// A drawn parameter is p (1 + w (2 r - 1)) for a uniform r and its half-width w; a centre of mass that comes to lie
/// beyond its link is put to 0.99 of its length. Of n > 1 scenarios, the first floor(n / 5) have angles in +-0.05 rad
/// and are at rest, the next floor(3 n / 10) have angles in +-0.15 and rates in +-0.2, the others angles in +-0.3 and
/// rates in +-0.5; all of them uniform, at position 0.
[[nodiscard]] std::vector<TuningCase> tuning_cases(const SimulationSettings& settings,
                                                   const RobustnessSettings& robustness);

/// What is minimized: the cost, or what it comes to when all weights but that of one component are 0. Where the penalty
/// is graded, a fall costs more than all that stands in each of them, case by case: the objective combines the cases,
/// so that gains with which a few of many fall can be better than gains with which all stand, but badly.
enum class TuningObjective : std::uint8_t { cost, state_error, control_effort, control_rate, sliding_energy };

/// A tuning problem with everything fixed.
struct ControllerTuning {
  std::string name = "controller_tuning";
  SimulationSettings settings;
  RobustnessSettings robustness;
  ControllerLaw law;
  ControllerFactory factory;  ///< a controller of one's own in the place of the law, with `gains`
  std::vector<Gain> gains;    ///< of the factory's controllers
  std::vector<double> lower;  ///< empty: those of the gains
  std::vector<double> upper;
  std::vector<TuningObjective> objectives = {TuningObjective::cost};  ///< several: what is sought is their front
};

/// The problem that looks for the gains of the least cost, or nothing after all that is wrong was added to
/// `diagnostics`: `bad-plant`, `bad-tuning`, `bad-bounds`. With several objectives and a graded penalty P, 2 P in each
/// of them is the reference point: what stands in all cases is below it, what falls in all is not. Its violation is the
/// sum over all gains of how far they lie beyond their bounds, in widths of these (1 more where the width is 0), and
/// for `super_twisting` how much its second gain exceeds the first one, in units of the first one's upper bound.
[[nodiscard]] std::shared_ptr<const Problem> make_controller_tuning(ControllerTuning tuning, Diagnostics& diagnostics);

/// Adds the problem to the catalogue, under the plugin that was begun last.
void register_controller_tuning(Registry& registry);

}  // namespace skein
