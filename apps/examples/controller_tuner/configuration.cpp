// Example 1, configuration: what is tuned, by which swarm, in how much memory. Nothing runs yet.
#include <iostream>
#include <string>

#include "skein/problems/memory_efficient_tuner.hpp"

int main() {
  skein::TunerConfig config;
  config.tuning.law.kind = skein::ControllerKind::super_twisting;
  config.tuning.settings.integrator = skein::Integrator::runge_kutta;
  config.tuning.settings.steps = 500;  // 5 s
  config.swarm_size = 30;
  config.iterations = 100;

  skein::MemoryConfig memory;
  memory.max_cost_history = 1000;
  memory.max_position_history = 50;
  memory.memory_check_frequency = 5;
  memory.limit_mb = 2000;

  const skein::MemoryEfficientPSOTuner tuner({}, config, memory);
  for (const skein::Diagnostic& finding : tuner.diagnostics().items()) std::cerr << to_text(finding) << '\n';
  std::cout << "ready: " << (tuner.is_ready() ? "yes" : "no") << '\n';
  for (const skein::Gain& gain : tuner.gains()) {
    std::cout << "gain " << gain.name << " in [" << gain.lower << ", " << gain.upper << "]: " << gain.summary << '\n';
  }
  std::cout << "cleanup from " << 100 * memory.warning_level << " %, emergency from " << 100 * memory.emergency_level
            << " % of the room below " << memory.limit_mb << " MiB\n";
  const skein::Value statistics = tuner.get_memory_statistics();
  std::cout << "iterations so far: " << statistics.find("iteration_count")->number() << '\n';
  return tuner.is_ready() && statistics.find("current_mb")->number() > 0 ? 0 : 1;
}
