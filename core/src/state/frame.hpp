// Frame: one instance of a plan's variables, with its place in the plan.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plan/plan.hpp"
#include "skein/run.hpp"
#include "state/backup.hpp"
#include "state/evaluator_calls.hpp"
#include "state/pipeline_state.hpp"
#include "state/population.hpp"
#include "state/row_requests.hpp"
#include "state/slot.hpp"
#include "state/step_state.hpp"

namespace skein {

struct Frame;

/// The frames of one PlanChild.
struct ChildFrames {
  const PlanChild* child = nullptr;
  const Population* rows_of = nullptr;  ///< one frame per row of it; null for a fixed number
  std::vector<std::unique_ptr<Frame>> frames;
  std::unique_ptr<EvaluatorCalls> calls;  ///< of a plan that is called

  /// How many frames are entered now.
  [[nodiscard]] std::size_t count() const noexcept { return rows_of != nullptr ? rows_of->rows : frames.size(); }

  /// Frames move with the rows that they stand for; fresh rows get frames with initial values.
  void follow_rows(std::span<const std::uint32_t> old_rows);
};

/// What was counted in a frame since it was entered, with the frames that have ended below it.
struct Counters {
  std::uint64_t evaluations = 0;
  std::uint64_t failed_evaluations = 0;
  std::optional<std::uint64_t> evaluations_to_target;

  /// Adds what happened after it.
  void append(const Counters& later) noexcept;
};

/// A row that failed outside of the operator, as whoever works on it has told.
struct ToldFailure {
  std::size_t row = 0;  ///< the lowest one
  std::string message;
};

/// Of an evaluation in a run with a journal, per row; not part of checkpoints.
struct JournalMemory {
  std::vector<std::uint8_t> is_recorded;
  std::vector<std::uint8_t> has_failed;
  std::vector<std::uint64_t> inputs;  ///< hashes of what the evaluator is given
};

/// Step state of the step at the program counter, when it has begun and is not done.
struct StepProgress {
  bool active = false;
  std::optional<ToldFailure> told;
  std::size_t retries = 0;
  std::vector<RowStatus> status;  ///< of rows, or of child frames; as many as `count` are in use
  std::size_t count = 0;
  JournalMemory journal;

  void begin(std::size_t rows) noexcept;
  void tell_failure(std::size_t row, std::string_view message);
  [[nodiscard]] std::span<RowStatus> rows() noexcept { return {status.data(), count}; }
  [[nodiscard]] std::span<const RowStatus> rows() const noexcept { return {status.data(), count}; }
};

struct Frame {
  /// The root frame of a run.
  explicit Frame(const Plan& plan);
  /// Frame number `instance` of a child plan; links show variables of `parent`.
  Frame(const PlanChild& child, Frame& parent, std::size_t instance);
  Frame(const Frame&) = delete;
  Frame& operator=(const Frame&) = delete;
  ~Frame();

  /// Variables to their initial values, stream visits and program counter to 0; frames below too.
  void reset();
  /// Lets the variables that are linked to a row of the parent show that row.
  void show_rows(std::size_t instance) noexcept;
  /// Takes over variables and counters of a frame of the same plan.
  void copy_from(const Frame& other);

  /// Whether the variable is this frame's own, and not a place of the parent frame.
  [[nodiscard]] bool holds_content(std::size_t variable) const noexcept;
  [[nodiscard]] bool owns_population(std::size_t id) const noexcept { return owned_populations_[id] != nullptr; }
  /// Rows of a variable: those of its population, 1 for a global.
  [[nodiscard]] std::size_t rows_of(std::size_t variable) const noexcept;
  /// All counters, frames that are still in work included.
  [[nodiscard]] Counters total() const;

  const Plan* plan;
  const PlanChild* origin = nullptr;
  std::vector<Population*> populations;  ///< own ones and those of linked columns
  std::vector<Slot*> slots;              ///< own ones and linked ones
  std::vector<ChildFrames> children;
  std::vector<StepState> steps;
  std::vector<PipelineState> pipelines;     ///< of two steps or more
  std::vector<PipelineState*> pipeline_at;  ///< for each step: the one that begins there, or null

  std::uint64_t path_hash = 0;  ///< set when the frame is entered
  std::size_t program_counter = 0;
  std::size_t left_breakpoint = no_index;  ///< the step that the run has stopped before, and now goes on with
  std::vector<std::uint64_t> stream_visits;
  StepProgress progress;
  Counters counters;
  std::uint64_t evaluations_before = 0;  ///< evaluations of the run when the frame was entered
  StopReason stop_reason = StopReason::none;
  bool beside_others = false;           ///< entered in parallel with other frames
  std::size_t call_depth = 0;           ///< calls of operators around it
  const Frame* resources_of = nullptr;  ///< whose resources it uses: of the frames of one call one has them for all
  std::optional<RunError> error;
  std::optional<RunError> first_failure;  ///< the first rows that got the worst fitness; not part of checkpoints

  AlignedBuffer partials;  ///< of the reducing step in work
  Backup backup;           ///< of the step operator in work
  RowRequests requests;    ///< of the step operator in work

 private:
  void make_populations(const Frame* parent);
  void make_slots(Frame* parent);
  void register_slots();
  void make_children();
  void make_steps();

  std::vector<std::unique_ptr<Population>> owned_populations_;
  std::vector<std::unique_ptr<Slot>> owned_slots_;
};

/// The path hash of the root frame.
[[nodiscard]] std::uint64_t root_path_hash() noexcept;
/// The path hash of frame `instance` below a frame, entered by the step at `step_path`.
[[nodiscard]] std::uint64_t child_path_hash(std::uint64_t parent, std::string_view step_path,
                                            std::size_t instance) noexcept;

}  // namespace skein
