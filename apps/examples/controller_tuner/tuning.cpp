// Example 2, tuning: gains that reach a given performance.
#include <iostream>

#include "skein/problems/memory_efficient_tuner.hpp"

int main() {
  skein::TunerConfig config;
  config.target = 0.13;  // the best known gains cost 0.1166
  skein::MemoryEfficientPSOTuner tuner({}, config);

  const skein::TuningResult found = tuner.optimise();
  std::cout << "target reached: " << (found.best_cost <= *config.target ? "yes" : "no") << '\n';
  std::cout << "stopped by " << to_text(found.stop_reason) << " after " << found.result.evaluations << " simulations\n";
  std::cout << "gains:";
  for (const double gain : found.best_position) std::cout << ' ' << gain;
  std::cout << '\n';

  // With all iterations instead of a target, and another seed.
  config.target.reset();
  skein::MemoryEfficientPSOTuner patient({}, config);
  skein::TunerOverrides overrides;
  overrides.seed = 2;
  const skein::TuningResult best = patient.optimise(overrides);
  std::cout << "below 0.125 with 200 iterations: " << (best.best_cost < 0.125 ? "yes" : "no") << '\n';
  return found.best_cost <= 0.13 && best.best_cost < 0.125 ? 0 : 1;
}
