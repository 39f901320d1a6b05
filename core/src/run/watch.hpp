// Watch: who looks at a run from outside: breakpoints and observers.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan/plan.hpp"
#include "run/function_reference.hpp"
#include "run/outcome.hpp"
#include "skein/run.hpp"

namespace skein {

struct Engine;
struct Frame;

struct Breakpoint {
  std::string path;
  std::vector<const PlanStep*> steps;
};

struct WatchingObserver {
  std::size_t number = 0;
  Observe when = Observe::iterations;
  Observer call;
  bool is_removed = false;  ///< by an observer, while observers are called
};

/// Changed only while no step runs, or by observers while they are called.
struct Watch {
  const Run* run = nullptr;  ///< of the observers; set by whoever lets it go on
  std::vector<Breakpoint> breakpoints;
  std::deque<WatchingObserver> observers;  ///< those that are called may add and remove others, and themselves
  bool calls_observers = false;
  std::size_t last_observer = 0;
  std::int64_t seen_iterations = 0;

  std::atomic<bool> has_stopped = false;  ///< at a breakpoint, in some frame
  std::optional<std::string> stopped_at;
  std::exception_ptr thrown;  ///< by an observer

  [[nodiscard]] bool is_active() const noexcept { return !breakpoints.empty() || !observers.empty(); }
  [[nodiscard]] bool has_breakpoint(const PlanStep& step) const noexcept;
};

/// As run_frame_until, with everything that watches.
Outcome run_watched_frame(Engine& engine, Frame& frame, FunctionReference<bool()> is_enough);

/// Runs steps until a node is done and the next node, or the end, comes next.
Outcome run_node(Engine& engine, Frame& frame);

/// One step, and the observers.
Outcome run_watched_step(Engine& engine, Frame& frame);

/// Whether a step is a node of the graph: no expression and no jump.
[[nodiscard]] bool is_node(const PlanStep& step) noexcept;

/// The node that a run has stopped before at a breakpoint, of the first frame that has: "islands[2]/main loop/move".
[[nodiscard]] std::optional<std::string> stopped_node(const Frame& frame);

/// What the algorithm has counted in `iterations`; 0 without it.
[[nodiscard]] std::int64_t counted_iterations(const Frame& root) noexcept;

/// The steps that a breakpoint on this path is about; none for an unknown one.
[[nodiscard]] std::vector<const PlanStep*> steps_at(const Plan& plan, std::string_view path);

/// All paths that breakpoints can have.
[[nodiscard]] std::vector<std::string> node_paths(const Plan& plan);

}  // namespace skein
