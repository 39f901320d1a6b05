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

/// A further number that an algorithm gives: one of its scalar out-ports.
struct ResultValue {
  std::string name;
  Value value;
};

/// What an analyzer has seen (see BoundedHistory); objectives are in the problem's own sense.
struct ResultHistory {
  std::string name;  ///< of the analyzer in its slot, or its whole path where several have that name
  std::vector<std::string> columns;
  std::uint64_t length = 0;  ///< states that the analyzer looked at
  std::uint64_t stride = 1;  ///< every so many of them stand in `rows`, and the newest one
  std::vector<std::vector<double>> rows;
};

/// One solution of a front.
struct FrontPoint {
  std::vector<double> objectives;  ///< in the problem's own senses
  Value solution;
};

/// What a run with an archive found: solutions none of which dominates another one, in the order of their objectives.
struct ResultFront {
  std::vector<std::string> objectives;  ///< their names
  std::vector<std::string> senses;      ///< "minimize" or "maximize", each
  double violation = 0;                 ///< of all points: 0 when they are feasible
  std::vector<double> reference_point;  ///< in the problem's own senses; empty when the problem has none
  std::optional<double> hypervolume;    ///< to the reference point; of one or two objectives
  std::vector<FrontPoint> points;
};

/// What the journal of a run's evaluations did since it was opened.
struct ResultJournal {
  std::string file;
  std::uint64_t reused = 0;    ///< evaluations that were taken from it
  std::uint64_t recorded = 0;  ///< evaluations that were written to it
};

struct Result {
  std::string run;
  std::string algorithm;
  std::string problem;
  Value transform;  ///< what the document does to the problem, a list; null for nothing
  std::size_t dimension = 0;
  std::string objective;                 ///< its name; empty with several
  std::string sense;                     ///< "minimize" or "maximize"
  std::optional<double> best_quality;    ///< in the problem's own sense; nothing when the best one is not finite
  std::optional<double> best_violation;  ///< of the best solution: 0 when it is feasible
  Value best_solution;                   ///< list of numbers; null when the best value is not finite
  std::optional<double> best_known;
  std::optional<double> difference;           ///< |best_quality - best_known|
  std::optional<double> relative_difference;  ///< the same per |best_known|; nothing when that is 0
  std::uint64_t evaluations = 0;              ///< retries apart
  std::optional<std::uint64_t> evaluations_to_target;
  std::uint64_t failed_evaluations = 0;
  std::optional<RunError> first_failure;  ///< why the first of them failed
  std::int64_t iterations = 0;
  std::uint64_t seed = 0;
  std::size_t threads = 0;
  int reproducibility_tier = 1;  ///< see Reproducibility
  StopReason stop_reason = StopReason::none;
  double wall_seconds = 0;
  std::optional<ResultFront> front;  ///< of an algorithm with an archive; with several objectives instead of a best
  std::vector<ResultValue> values;
  std::vector<ResultHistory> histories;
  std::optional<ResultJournal> journal;
  Value memory;  ///< statistics, alerts and actions of the memory manager; null without one
  std::vector<MemoryRecovery> recoveries;
  std::uint64_t recovery_count = 0;
  std::vector<SerialStep> serial_steps;
  std::vector<UsedPlugin> plugins;
  std::optional<RunError> error;
};

/// Reads the result of a run as it stands; possible at any time when no step runs.
[[nodiscard]] Result make_result(const Job& job, const Run& run);

/// The form that `skein run --json` prints and result files hold.
[[nodiscard]] Value to_value(const Result& result);

}  // namespace skein
