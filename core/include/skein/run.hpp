// Run: one execution of a plan. Owns all that changes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "skein/context.hpp"
#include "skein/diagnostic.hpp"
#include "skein/handle.hpp"
#include "skein/profile.hpp"
#include "skein/view.hpp"

namespace skein {

struct Plan;
class EvaluationJournal;

/// What happens when the evaluation of a row fails.
enum class ErrorPolicy : std::uint8_t {
  abort,  ///< the run pauses with the error
  retry,  ///< the failed rows are tried again, `retries` times, then as abort
  worst   ///< the row gets the worst fitness (infinite objectives) and the run goes on; counted in the report
};

struct RunOptions {
  std::uint64_t seed = 1;
  std::size_t threads = 0;    ///< 0: as many as the machine has
  std::size_t tile_rows = 0;  ///< 0: chosen by the engine; results never depend on it
  bool fuse = true;           ///< steps that can share a pipeline do; results never depend on it
  /// Skein's own operators take denormal numbers for zero, so that converged swarms do not slow down. Foreign code runs
  /// in the floating-point environment of the host either way.
  bool flush_denormals = true;
  ErrorPolicy on_error = ErrorPolicy::abort;
  std::size_t retries = 3;
  /// An evaluation that runs out of memory (std::bad_alloc) is tried once more after all that can be given up was:
  /// parts of histories and other objects, scratch memory, what the allocator keeps. Only then does `on_error` apply,
  /// and where that would end with the error the run pauses, with the stop reason `memory`.
  bool emergency_recovery = true;
  std::optional<double> target;  ///< fitness (minimized) at which evaluations_to_target is noted
  /// How many evaluations operators that evaluate may fill the run up to; a stop criterion holds for everything else.
  std::optional<std::uint64_t> evaluation_limit;
  bool profile = false;  ///< takes the time of nodes and pipelines, see Run::profile; results never depend on it
  /// Where finished evaluations are kept, see skein/evaluation_journal.hpp; of one run at a time. None: nowhere.
  std::shared_ptr<EvaluationJournal> journal;
};

/// A failure during a run.
struct RunError {
  std::string path;                ///< node path, with the frame for islands: "islands[2]/main loop/evaluate"
  std::string message;             ///< what the operator said
  std::optional<std::size_t> row;  ///< the lowest row that failed
  std::size_t failed_rows = 0;
  std::uint64_t visit = 0;  ///< how often the step had been done before
  bool out_of_memory = false;
};

/// That an evaluation ran out of memory and was tried again.
struct MemoryRecovery {
  std::string path;         ///< of the node
  std::uint64_t visit = 0;  ///< how often the step had been done before
  std::uint64_t freed_bytes = 0;
};

enum class RunState : std::uint8_t {
  ready,    ///< not started, or stopped at a step's end: `advance` goes on; short of memory if that is the stop reason
  pending,  ///< an evaluation waits for results from outside: `advance` asks again
  failed,   ///< paused by an error: `advance` tries the failed rows or step again
  finished
};

/// How far `advance` goes. One step: of the compiled plan, which has jumps and expressions, too. One node: until the
/// next node is done, and what follows it is a node, or the end.
enum class Advance : std::uint8_t { to_end, one_step, one_node };

/// When an observer is called: after every node (the run goes step by step then), after every pipeline or step
/// that belongs to none, or when an iteration has been counted.
enum class Observe : std::uint8_t { nodes, pipelines, iterations };

class RunReader;

/// Sees a run between two steps. It can change nothing. What it throws comes out of `advance`, which has stopped at the
/// end of the step.
using Observer = std::function<void(const RunReader&)>;

/// What a step did outside the parallel way.
struct SerialStep {
  std::string path;
  std::string reason;
};

class Run {
 public:
  /// Reserves all memory that the run will need. Throws std::bad_alloc, and std::invalid_argument where there is no
  /// plan.
  Run(std::shared_ptr<const Plan> plan, const RunOptions& options);
  ~Run();
  Run(Run&&) noexcept;
  Run& operator=(Run&&) noexcept;

  /// Runs until the end, a pause, a pending evaluation or an error. Operators' exceptions become `error()`.
  RunState advance(Advance how = Advance::to_end);

  /// The same, but returns when `count` more iterations have been counted (the out-port `iterations` of the algorithm;
  /// without it, this is `advance`). What remains of the last one, schedules and analyzers, belongs to the next call.
  RunState advance_iterations(std::uint64_t count = 1);

  /// The same, but returns as soon as `is_enough` says so; it is asked after every pipeline, and after every step that
  /// belongs to none.
  RunState advance_until(const std::function<bool(const RunReader&)>& is_enough);

  /// Asks a running `advance` to return at the end of the current step (rows in work are completed). From any thread
  /// or a signal handler.
  void request_pause() noexcept;

  /// Asks for the end of the run: as a pause, but the run is finished then, with the stop reason `interrupted`, also if
  /// it is not running now. A checkpoint of it can be gone on with. From any thread or a signal handler.
  void request_stop() noexcept;

  /// Lets `advance` stop before every visit of a node: the path is that of a node, or of a graph, for its first node
  /// ("main loop/move"; nodes in frames below, too). Reports `unknown-node`. Results never depend on breakpoints.
  bool add_breakpoint(std::string_view path, Diagnostics& diagnostics);
  /// False when there is none with this path.
  bool remove_breakpoint(std::string_view path);
  [[nodiscard]] std::vector<std::string> breakpoints() const;
  /// Whether the last `advance` has stopped at a breakpoint, and if so before which node: "islands[2]/main loop/move".
  [[nodiscard]] const std::optional<std::string>& stopped_at() const noexcept;
  /// The path of the node that comes next; empty at the end. Before a condition, the node that comes if it holds.
  [[nodiscard]] std::string next_node() const;

  /// Calls `observer` from now on; the number is for `remove_observer`. Results never depend on observers. They see
  /// the steps of the whole run: what happens in frames below is one step. They may add and remove observers,
  /// themselves too.
  std::size_t add_observer(Observe when, Observer observer);
  void remove_observer(std::size_t number);

  [[nodiscard]] RunState state() const noexcept;
  [[nodiscard]] const std::optional<RunError>& error() const noexcept;

  /// Notes why the run ends when it is not the graph that ends it (interrupted, error). The first such reason stays; it
  /// replaces a limit that the graph has noted without coming to its end.
  void set_stop_reason(StopReason reason) noexcept;
  [[nodiscard]] StopReason stop_reason() const noexcept;
  [[nodiscard]] std::uint64_t evaluations() const noexcept;
  [[nodiscard]] std::optional<std::uint64_t> evaluations_to_target() const noexcept;
  [[nodiscard]] std::uint64_t failed_evaluations() const noexcept;  ///< rows that got the worst fitness
  /// Why the first of them did; checkpoints do not keep it.
  [[nodiscard]] const std::optional<RunError>& first_failure() const noexcept;
  [[nodiscard]] double wall_seconds() const noexcept;  ///< first step to last evaluation, resumed runs added up
  [[nodiscard]] std::uint64_t seed() const noexcept;
  [[nodiscard]] std::size_t threads() const noexcept;
  [[nodiscard]] std::vector<SerialStep> serial_steps() const;
  /// The first 100 of this run, and how many there were; checkpoints do not keep them.
  [[nodiscard]] std::vector<MemoryRecovery> recoveries() const;
  [[nodiscard]] std::uint64_t recovery_count() const noexcept;

  /// The variable with this name in the plan ("swarm.position"), as long as no step runs. Nothing for unknown names.
  /// A column that only steps of one pipeline use has content where these ran singly, not where they ran as a pipeline.
  [[nodiscard]] std::optional<PortView> variable(std::string_view name) const;

  /// A handle for the variable with this name, resolved once: for this run and all others of its plan. Nothing with
  /// `unknown-variable` or `wrong-type` otherwise. T: see Handle.
  template <class T>
  [[nodiscard]] std::optional<Handle<T>> handle(std::string_view name, Diagnostics& diagnostics) const {
    auto place = find_place(name, HandleType<T>::kind, diagnostics);
    return place ? std::optional<Handle<T>>(Handle<T>(std::move(*place))) : std::nullopt;
  }
  /// The same; throws std::invalid_argument with all findings as text.
  template <class T>
  [[nodiscard]] Handle<T> handle(std::string_view name) const {
    return Handle<T>(find_place(name, HandleType<T>::kind));
  }

  /// The content behind a handle, while no step runs. std::invalid_argument for a handle of another plan.
  template <class T>
  [[nodiscard]] typename HandleType<T>::Read read(const Handle<T>& handle) const {
    return typename HandleType<T>::Read(view_of(handle.place()));
  }
  /// The same to change it. A run whose state was changed repeats only if it is changed in the same way.
  template <class T>
  [[nodiscard]] typename HandleType<T>::Write write(const Handle<T>& handle) {
    return typename HandleType<T>::Write(view_of(handle.place()));
  }

  /// Time and calls of nodes and pipelines so far, of a run with RunOptions::profile; otherwise only calls.
  [[nodiscard]] RunProfile profile() const;
  [[nodiscard]] const Plan& plan() const noexcept;

  /// Writes the whole state: a small header, raw columns, a checksum. Possible whenever `advance` has returned.
  /// What a step calls, an objective or an observer, can neither let the run go on nor save or restore it:
  /// std::logic_error.
  void checkpoint(std::ostream& stream) const;
  /// Continues from a checkpoint of a run of the same plan, with its seed and its treatment of denormal numbers;
  /// threads and tiles may differ. On an error (truncated, corrupted, other plan, newer format) nothing is changed.
  [[nodiscard]] bool restore(std::istream& stream, Diagnostics& diagnostics);

  class State;

 private:
  friend struct RunAccess;
  [[nodiscard]] std::optional<VariablePlace> find_place(std::string_view name, HandleKind kind,
                                                        Diagnostics& diagnostics) const;
  [[nodiscard]] VariablePlace find_place(std::string_view name, HandleKind kind) const;
  [[nodiscard]] PortView view_of(const VariablePlace& place) const;

  std::unique_ptr<State> state_;
};

/// A run between two steps, as an observer sees it.
class RunReader {
 public:
  RunReader(const Run& run, std::string_view node) noexcept : run_(&run), node_(node) {}

  /// The node that was done last, or the last one of the pipeline.
  [[nodiscard]] std::string_view node() const noexcept { return node_; }
  [[nodiscard]] std::uint64_t evaluations() const noexcept { return run_->evaluations(); }
  [[nodiscard]] StopReason stop_reason() const noexcept { return run_->stop_reason(); }

  template <class T>
  [[nodiscard]] typename HandleType<T>::Read read(const Handle<T>& handle) const {
    return run_->read(handle);
  }

 private:
  const Run* run_;
  std::string_view node_;
};

}  // namespace skein
