// Example 3, integration: a controller of one's own in a whole optimization, judged by simulations afterwards.
#include <algorithm>
#include <cmath>
#include <iostream>
#include <memory>
#include <span>
#include <vector>

#include "skein/problems/memory_efficient_tuner.hpp"

namespace {

/// u = the scalar product of gains and state: all that a linear controller can do.
class LinearFeedback final : public skein::Controller {
 public:
  explicit LinearFeedback(std::span<const double> gains) : gains_(gains.begin(), gains.end()) {}

  skein::ControlAction act(const skein::PendulumState& x, double) override {
    return {gains_[0] * x.position + gains_[1] * x.first_angle + gains_[2] * x.second_angle + gains_[3] * x.velocity +
                gains_[4] * x.first_rate + gains_[5] * x.second_rate,
            0.0};
  }

 private:
  std::vector<double> gains_;
};

std::unique_ptr<skein::Controller> make_feedback(std::span<const double> gains) {
  return std::make_unique<LinearFeedback>(gains);
}

}  // namespace

int main() {
  skein::TunerConfig config;
  config.tuning.name = "linear feedback";
  config.tuning.gains = {{"position", -20, 0, "N/m"},         {"first_angle", 0, 1000, "N/rad"},
                         {"second_angle", -1000, 0, "N/rad"}, {"velocity", -30, 0, "N s/m"},
                         {"first_rate", -50, 200, "N s/rad"}, {"second_rate", -300, 0, "N s/rad"}};
  config.iterations = 100;
  skein::MemoryEfficientPSOTuner tuner(&make_feedback, config);
  const skein::TuningResult found = tuner.optimise();

  double largest_angle = 0;
  double last_angle = 0;
  const skein::SimulationOutcome outcome =
      tuner.simulate(found.best_position, [&](std::size_t, const skein::PendulumState& x, const skein::ControlAction&) {
        last_angle = std::max(std::abs(x.first_angle), std::abs(x.second_angle));
        largest_angle = std::max(largest_angle, last_angle);
      });
  std::cout << "stays upright: " << (outcome.fell ? "no" : "yes") << '\n';
  std::cout << "largest angle: " << largest_angle << " rad, after 10 s " << (last_angle < 1e-3 ? "below" : "above")
            << " 0.001 rad\n";
  std::cout << "the simulation costs what the tuning says: " << (outcome.cost == found.best_cost ? "yes" : "no")
            << '\n';
  return !outcome.fell && last_angle < 1e-3 && outcome.cost == found.best_cost ? 0 : 1;
}
