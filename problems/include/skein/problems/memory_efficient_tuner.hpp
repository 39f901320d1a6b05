// MemoryEfficientPSOTuner: tunes a controller of the double inverted pendulum in bounded memory, in a few lines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "skein/diagnostic.hpp"
#include "skein/memory_config.hpp"
#include "skein/memory_state.hpp"
#include "skein/plugin_sources.hpp"
#include "skein/problems/controller_tuning.hpp"
#include "skein/result.hpp"

namespace skein {

/// What is tuned, and the swarm that does it. Plant, start, law, bounds and cost weights are by default those that the
/// published figures of this problem are for (docs/problems.md), with one difference: a fall costs by the graded
/// penalty. The swarm's numbers are what those figures are reached with.
struct TunerConfig {
  ControllerTuning tuning;  ///< plant, start, cost, robustness, law, bounds; its factory is that of the tuner, its
                            ///< objective is the cost
  std::size_t swarm_size = 40;
  std::uint64_t iterations = 200;
  double inertia = 0.721;
  double personal_best_attraction = 1.193;
  double neighbor_best_attraction = 1.193;
  std::string topology = "fully_connected";  ///< a topology initializer
  std::optional<double> target;              ///< a cost that is low enough to stop
  std::uint64_t seed = 1;
  std::size_t threads = 0;  ///< 0: as many as the machine has
  /// Where the state of a run is written that ends before its time: short of memory, by an error. Empty: nowhere, since
  /// a library writes no files unasked; the tuner itself still holds the run (`resume`), but nothing outlives the
  /// process.
  std::string checkpoint_file;
};

/// What one call of `optimise` does in another way than the config says.
struct TunerOverrides {
  std::optional<std::uint64_t> iterations;
  std::optional<std::size_t> swarm_size;
  std::optional<double> inertia;
  std::optional<double> personal_best_attraction;
  std::optional<double> neighbor_best_attraction;
  std::optional<std::uint64_t> seed;
};

/// What a tuning found. Where no gains with a finite cost were seen, the cost is infinite and there is no position.
struct TuningResult {
  double best_cost = 0;
  std::vector<double> best_position;
  ResultHistory cost_history;                 ///< iteration, best_so_far: a row for each change
  ResultHistory position_history;             ///< iteration, best_so_far and the gains that have it
  Value memory_statistics;                    ///< see MemoryEfficientPSOTuner::get_memory_statistics
  StopReason stop_reason = StopReason::none;  ///< `memory`: the run is only paused, see MemoryEfficientPSOTuner::resume
  std::string checkpoint_file;                ///< that was written; empty: none
  Result result;                              ///< all of it
};

/// What a simulation went through: the state before each step, and the force in it.
struct TuningTrajectory {
  std::vector<double> gains;
  std::vector<PendulumState> states;
  std::vector<double> forces;
  SimulationOutcome outcome;
};

/// That a tuning could not be set up: what() is all that is wrong, `diagnostics` the same piece by piece.
class TuningRefused : public std::invalid_argument {
 public:
  explicit TuningRefused(Diagnostics found);
  Diagnostics diagnostics;
};

/// That an evaluation failed: what() says where and why, `so_far` what was found until then.
class TuningFailed : public std::runtime_error {
 public:
  TuningFailed(const std::string& message, TuningResult found);
  TuningResult so_far;
};

/// A convenience over Session and Run: `memory_efficient_particle_swarm` on the problem that `make_controller_tuning`
/// makes. Names and methods are those of a published tuner; docs/memory_efficient_pso.md says what each became.
///
/// Not for several threads at once, but for `get_memory_statistics` and `get_memory_alerts`, which another thread may
/// call while one optimises: they then speak of the state up to 10 iterations ago.
class MemoryEfficientPSOTuner {
 public:
  /// An empty factory means the shipped controller of `config.tuning.law`; the gains of another one are
  /// `config.tuning.gains`. Loads the plugins of `plugins`.
  /// Never throws for what is wrong with its arguments: see `diagnostics`.
  explicit MemoryEfficientPSOTuner(ControllerFactory controller_factory, TunerConfig config = {},
                                   const MemoryConfig& memory_config = {},
                                   const PluginSources& plugins = standard_plugin_sources());
  ~MemoryEfficientPSOTuner();
  MemoryEfficientPSOTuner(MemoryEfficientPSOTuner&&) noexcept;
  MemoryEfficientPSOTuner& operator=(MemoryEfficientPSOTuner&&) noexcept;

  /// All that is wrong with the arguments; with errors, `optimise` throws.
  [[nodiscard]] const Diagnostics& diagnostics() const noexcept;
  [[nodiscard]] bool is_ready() const noexcept { return !diagnostics().has_errors(); }

  /// Runs to its end, or until memory is exhausted (stop reason `memory`), be it that an evaluation finds none twice.
  /// Each call begins anew. Throws TuningRefused when something is wrong with the arguments or overrides, TuningFailed
  /// when an evaluation fails; the state of the run is in the config's checkpoint file then, as when memory is
  /// exhausted.
  TuningResult optimise(const TunerOverrides& overrides = {});
  /// Goes on with the newest run of `optimise` where that was paused or failed. Throws as that, and std::logic_error
  /// where there is no such run.
  TuningResult resume();
  /// Goes on with a run of a tuner like this one, in another process, say: with these arguments and overrides.
  TuningResult resume(const std::string& checkpoint_file, const TunerOverrides& overrides = {});

  /// iteration_count, last_cleanup_iteration, cost_history_size, position_history_size, memory_alerts_count,
  /// controller_refs_count, cost_history_memory_mb, position_history_memory_mb, current_mb, initial_mb, peak_mb,
  /// growth_mb, growth_since_gc_mb, trend_mb_per_sec, memory_volatility and total_samples of the newest run, and all
  /// else that its result says of memory. Before the first run, sizes are those of the process.
  [[nodiscard]] Value get_memory_statistics() const;
  /// Those of the newest run, the oldest first; of one type if asked for. At most `max_alerts` are kept.
  [[nodiscard]] std::vector<MemoryAlert> get_memory_alerts(std::optional<MemoryAlertType> alert_type = {}) const;
  /// Forgets samples, alerts and counters; histories and what was found stay.
  void reset_memory_tracking();

  /// One simulation of the config's plant and start with these gains. Throws std::invalid_argument, with all that is
  /// wrong, for another number of gains than the controller has, and for gains that are NaN or out of their bounds.
  [[nodiscard]] SimulationOutcome simulate(const std::vector<double>& gains,
                                           const SimulationObserver& observer = nullptr) const;
  /// The simulation of the best gains of the newest run; null before there are any. It is computed when it is asked
  /// for, kept as long as the best stays the same and memory is enough, and otherwise known only as long as somebody
  /// holds it: `controller_refs_count` counts it then, too.
  [[nodiscard]] std::shared_ptr<const TuningTrajectory> best_trajectory();
  /// The gains that are sought, in the order in which vectors hold them.
  [[nodiscard]] std::vector<Gain> gains() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace skein
