// Engine: what all steps of a run share, and the functions that run them.
#pragma once

#include <atomic>
#include <mutex>
#include <optional>
#include <vector>

#include "run/arena.hpp"
#include "run/memory.hpp"
#include "run/outcome.hpp"
#include "run/run_clock.hpp"
#include "run/services.hpp"
#include "run/tiles.hpp"
#include "run/watch.hpp"
#include "skein/random.hpp"
#include "skein/run.hpp"
#include "state/frame.hpp"

namespace skein {

/// Memory of one thread for the strips of a pipeline.
struct StripMemory {
  AlignedBuffer bytes;
  std::vector<ColumnView> parts;
  std::vector<PortView> ports;
  std::vector<std::optional<LaneGenerator>> generators;
  std::vector<RowContext::Services> services;  ///< one per member
  std::vector<ElementPort> elements;           ///< ports in chains
};

/// Memory of one thread during a call of an operator.
struct Worker {
  AlignedBuffer scratch;
  std::vector<ColumnView> scratch_parts;
  std::vector<PortView> ports;
  std::vector<std::optional<LaneGenerator>> generators;
  StripMemory strips;
};

class OperatorCall;

struct Engine {
  explicit Engine(const RunOptions& run_options) : options(run_options), arena(run_options.threads) {}

  RunOptions options;
  Arena arena;
  std::vector<Worker> workers;  ///< one per thread of the arena, and as many again for each depth of calls
  RunClock clock;
  std::atomic<bool> pause_requested = false;
  std::atomic<bool> stop_requested = false;
  std::atomic<StopReason> pause_reason = StopReason::none;  ///< of an operator that asked for a pause
  std::atomic<std::size_t> evaluation_rows = 0;             ///< evaluated at a time; 0: any number
  Recoveries recoveries;
  Watch watch;
  std::mutex unsafe_operators;  ///< held while an operator runs that is not thread-safe

  /// The memory of the calling thread for steps of the frame.
  [[nodiscard]] Worker& worker(const Frame& frame) {
    return workers[frame.call_depth * arena.threads() + Arena::thread_number()];
  }
};

/// Whether the journal of the run keeps what the step evaluates.
[[nodiscard]] inline bool is_journaled(const Engine& engine, const PlanStep& step) noexcept {
  return engine.options.journal != nullptr && step.counts_evaluations;
}

/// Gives every thread the memory that the steps of the frame, and of the frames below, need.
void reserve_workers(Engine& engine, const Frame& root);

/// Runs the frame from its program counter to the end, or until a step is not done or a pause is asked for.
Outcome run_frame(Engine& engine, Frame& frame);

/// The same, and it ends when `is_enough` says so between two steps.
Outcome run_frame_until(Engine& engine, Frame& frame, FunctionReference<bool()> is_enough);

/// Runs the pipeline that begins at the program counter, where that is possible and worth while, or the step there.
Outcome run_pipeline_or_step(Engine& engine, Frame& frame);

/// Runs the step at the program counter and moves the counter on when it is done.
Outcome run_step(Engine& engine, Frame& frame);

// One function per kind of step. They leave the program counter alone.
Outcome run_row_step(Engine& engine, Frame& frame, const PlanStep& step, StepState& state);
Outcome run_journaled_row_step(Engine& engine, Frame& frame, const PlanStep& step, StepState& state);
Outcome run_failing_row_step(Engine& engine, Frame& frame, const PlanStep& step, StepState& state);
Outcome run_reducing_step(Engine& engine, Frame& frame, const PlanStep& step, StepState& state);
Outcome run_whole_step(Engine& engine, Frame& frame, const PlanStep& step, StepState& state);
Outcome run_children_step(Engine& engine, Frame& frame, const PlanStep& step);

/// Whether a pipeline is worth while. Its tiles are whole row groups: a step whose rows take so long that a group is
/// too much for one task runs by itself, with tiles of its own. The first visit finds that out.
[[nodiscard]] bool pays(const Engine& engine, PipelineState& state, std::size_t group_rows) noexcept;

/// Runs the pipeline that begins at the program counter and moves the counter behind the members that are done.
Outcome run_pipeline(Engine& engine, Frame& frame, PipelineState& state);

/// Combines the partial results of a reducing step in the order of the row groups and lets the operator finish.
void finish_reducing_step(const OperatorCall& call, Frame& frame, const PlanStep& step, const StepState& state);

/// Sets the keys of the step's streams for this visit.
void begin_visit(const Engine& engine, const Frame& frame, const PlanStep& step, StepState& state) noexcept;

/// Counts the visit of a step that is done, and its evaluations.
void complete_visit(Engine& engine, Frame& frame, const PlanStep& step, StepState& state) noexcept;

/// Writes the number of evaluations to the variable that the plan has for it.
void publish_evaluations(Frame& frame) noexcept;

}  // namespace skein
