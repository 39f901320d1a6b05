// Result: what a run found, as plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "skein/run.hpp"
#include "skein/value.hpp"

namespace skein {

struct Job;

/// A plugin that a run was made of.
struct UsedPlugin {
  std::string name;
  std::string version;
};

struct Result {
  std::string run;
  std::string algorithm;
  std::string problem;
  Value transform;  ///< what the document does to the problem, a list; null for nothing
  std::size_t dimension = 0;
  std::string sense;                     ///< "minimize" or "maximize"
  std::optional<double> best_quality;    ///< in the problem's own sense; nothing when no finite value was seen
  std::optional<double> best_violation;  ///< of the best solution: 0 when it is feasible
  Value best_solution;                   ///< list of numbers; null when no finite value was seen
  std::optional<double> best_known;
  std::uint64_t evaluations = 0;  ///< retries apart
  std::optional<std::uint64_t> evaluations_to_target;
  std::uint64_t failed_evaluations = 0;
  std::int64_t iterations = 0;
  std::uint64_t seed = 0;
  std::size_t threads = 0;
  int reproducibility_tier = 1;  ///< see Reproducibility
  StopReason stop_reason = StopReason::none;
  double wall_seconds = 0;
  std::vector<SerialStep> serial_steps;
  std::vector<UsedPlugin> plugins;
  std::optional<RunError> error;
};

/// Reads the result of a run as it stands; possible at any time when no step runs.
[[nodiscard]] Result make_result(const Job& job, const Run& run);

/// The form that `skein run --json` prints and result files hold.
[[nodiscard]] Value to_value(const Result& result);

}  // namespace skein
