// Example 5, performance analysis: how a tuning converged, what the gains are worth, and what it took.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "skein/problems/memory_efficient_tuner.hpp"

int main() {
  skein::MemoryConfig memory;
  memory.max_cost_history = 100;
  memory.limit_mb = 4000;
  skein::MemoryEfficientPSOTuner tuner({}, {}, memory);
  const skein::TuningResult found = tuner.optimise();
  std::printf("Best fitness: %.3f\n", found.best_cost);

  // The curve has a row where the best value changes.
  const auto& curve = found.cost_history.rows;
  const auto near =
      std::find_if(curve.begin(), curve.end(), [&](const auto& row) { return row[1] <= 1.05 * found.best_cost; });
  std::printf("%zu of at most %lld rows of the curve, within 5 %% of the best after %.0f iterations\n", curve.size(),
              static_cast<long long>(memory.max_cost_history), (*near)[0]);

  double force = 0;
  double settled = 0;
  const double step = skein::SimulationSettings{}.step;
  const auto outcome = tuner.simulate(
      found.best_position, [&](std::size_t i, const skein::PendulumState& x, const skein::ControlAction& action) {
        force = std::max(force, std::abs(action.force));
        if (std::max(std::abs(x.first_angle), std::abs(x.second_angle)) > 0.005)
          settled = step * static_cast<double>(i + 1);
      });
  std::printf("integrals: state %.3g, effort %.3g, rate %.3g, sliding %.3g\n", outcome.state_error,
              outcome.control_effort, outcome.control_rate, outcome.sliding_energy);
  std::printf("angles below 0.005 rad after %.2f s, force up to %.1f N\n", settled, force);

  const skein::Value statistics = tuner.get_memory_statistics();
  const auto number = [&](const char* key) { return statistics.find(key)->number(); };
  std::printf("iterations %.0f, memory grew by less than 16 MiB: %s, alerts %.0f\n", number("iteration_count"),
              number("growth_mb") < 16 ? "yes" : "no", number("memory_alerts_count"));
  const bool right = found.best_cost < 0.125 && !outcome.fell && tuner.get_memory_alerts().empty();
  tuner.reset_memory_tracking();
  return right && tuner.get_memory_statistics().find("total_samples")->number() == 1 ? 0 : 1;
}
