// Example 4, error handling: what is wrong with a configuration, an evaluation that fails, and how nothing is lost.
#include <atomic>
#include <filesystem>
#include <iostream>
#include <memory>
#include <span>
#include <stdexcept>

#include "skein/problems/memory_efficient_tuner.hpp"

namespace {

/// Simulations that are left until the power of the simulator fails; below 0: it never does.
std::atomic<int> simulations_left{-1};

std::unique_ptr<skein::Controller> make_fragile(std::span<const double> gains) {
  if (simulations_left >= 0 && simulations_left-- <= 0) throw std::runtime_error("the simulator lost its power");
  return skein::make_controller({}, gains);
}

/// All that is wrong is said at once, and nothing is thrown for it.
bool wrong_configuration() {
  skein::TunerConfig config;
  config.tuning.settings.plant.parameters.first_mass = -1;
  config.tuning.settings.step = 0;
  config.swarm_size = 0;
  skein::MemoryConfig memory;
  memory.warning_level = 0.9;
  memory.critical_level = 0.7;
  memory.cleanup_frequency = 0;
  skein::MemoryEfficientPSOTuner tuner({}, config, memory);
  for (const skein::Diagnostic& finding : tuner.diagnostics().items()) {
    std::cout << finding.code << " at " << finding.path << '\n';
  }
  try {
    static_cast<void>(tuner.optimise());
    return false;
  } catch (const skein::TuningRefused& refusal) {
    std::cout << "refused with " << refusal.diagnostics.error_count() << " findings\n";
    return !tuner.is_ready();
  }
}

/// The run is kept, and its state is on the disk as well.
bool failing_evaluation(const std::string& file) {
  skein::TunerConfig config;
  config.tuning.gains = skein::gains_of({});
  config.iterations = 30;
  config.threads = 1;
  config.checkpoint_file = file;
  skein::MemoryEfficientPSOTuner undisturbed(&make_fragile, config);
  const double expected = undisturbed.optimise().best_cost;

  skein::MemoryEfficientPSOTuner tuner(&make_fragile, config);
  simulations_left = 500;
  try {
    static_cast<void>(tuner.optimise());
    return false;
  } catch (const skein::TuningFailed& failure) {
    std::cout << "failed: " << failure.what() << '\n';
    std::cout << "best so far: " << (failure.so_far.best_position.empty() ? "lost" : "kept") << ", state on the disk: "
              << (failure.so_far.checkpoint_file == file && std::filesystem::exists(file) ? "yes" : "no") << '\n';
  }
  simulations_left = -1;
  const bool same = tuner.resume().best_cost == expected;
  skein::MemoryEfficientPSOTuner other(&make_fragile, config);
  const bool same_elsewhere = other.resume(file).best_cost == expected;
  std::cout << "resumed, the result is that of a run without failure: " << (same && same_elsewhere ? "yes" : "no")
            << '\n';
  return same && same_elsewhere;
}

bool wrong_gains() {
  const skein::MemoryEfficientPSOTuner tuner({}, {});
  try {
    static_cast<void>(tuner.simulate({1.0, 2.0}));
    return false;
  } catch (const std::invalid_argument& error) {
    std::cout << "refused: " << error.what() << '\n';
    return true;
  }
}

}  // namespace

int main() {
  const std::string file = (std::filesystem::temp_directory_path() / "skein_error_handling.checkpoint").string();
  const bool right = wrong_configuration() && failing_evaluation(file) && wrong_gains();
  std::filesystem::remove(file);
  std::filesystem::remove(file + ".previous");
  return right ? 0 : 1;
}
