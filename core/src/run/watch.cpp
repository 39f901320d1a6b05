#include "run/watch.hpp"

#include <algorithm>

#include "run/engine.hpp"
#include "run/globals.hpp"

namespace skein {
namespace {

bool is_root(const Frame& frame) noexcept { return frame.origin == nullptr; }

/// Whether the pipeline that begins here has to be run step by step.
bool needs_steps(const Watch& watch, const Frame& frame) noexcept {
  const PipelineState* const pipeline = frame.pipeline_at[frame.program_counter];
  if (pipeline == nullptr) return false;
  const auto sees_nodes = [](const WatchingObserver& observer) { return observer.when == Observe::nodes; };
  if (is_root(frame) && std::ranges::any_of(watch.observers, sees_nodes)) return true;
  return std::ranges::any_of(pipeline->members,
                             [&watch](const PipelineMember& member) { return watch.has_breakpoint(*member.step); });
}

/// Calls the observers after a step or pipeline of the root frame; false when one of them threw.
bool notify(Watch& watch, const Frame& root, const PlanStep& first, const PlanStep& last) {
  if (watch.observers.empty()) return true;
  const std::int64_t iterations = counted_iterations(root);
  const bool counted = iterations != watch.seen_iterations;
  watch.seen_iterations = iterations;
  if (!counted && !is_node(first)) return true;
  const RunReader reader(*watch.run, last.path);
  watch.calls_observers = true;
  try {
    const std::size_t count = watch.observers.size();
    for (std::size_t i = 0; i < count; ++i) {
      const WatchingObserver& observer = watch.observers[i];
      const bool is_due = observer.when == Observe::iterations ? counted : is_node(first);
      if (is_due && !observer.is_removed) observer.call(reader);
    }
  } catch (...) {
    watch.thrown = std::current_exception();
  }
  watch.calls_observers = false;
  std::erase_if(watch.observers, [](const WatchingObserver& observer) { return observer.is_removed; });
  return watch.thrown == nullptr;
}

bool stops_here(const Watch& watch, const Frame& frame) noexcept {
  return frame.left_breakpoint != frame.program_counter && !frame.progress.active &&
         watch.has_breakpoint(frame.plan->steps[frame.program_counter]);
}

void note_stop(Watch& watch, Frame& frame) {
  frame.left_breakpoint = frame.program_counter;
  watch.has_stopped.store(true, std::memory_order_relaxed);
}

Outcome run_and_notify(Engine& engine, Frame& frame, bool by_step) {
  const std::size_t first = frame.program_counter;
  const PlanStep& first_step = frame.plan->steps[first];
  const PipelineState* const pipeline = frame.pipeline_at[first];
  const Outcome outcome = by_step ? run_step(engine, frame) : run_pipeline_or_step(engine, frame);
  if (outcome != Outcome::done) return outcome;
  frame.left_breakpoint = no_index;
  if (!is_root(frame)) return outcome;
  // A pipeline ends where the counter says, a step goes on with the next one.
  const bool was_pipeline = pipeline != nullptr && frame.program_counter == pipeline->pipeline->last;
  const PlanStep& last_step = was_pipeline ? frame.plan->steps[frame.program_counter - 1] : first_step;
  return notify(engine.watch, frame, first_step, last_step) ? Outcome::done : Outcome::paused;
}

void add_paths(const Plan& plan, const std::string& prefix, std::vector<std::string>& paths) {
  const auto add = [&paths](std::string path) {
    if (std::ranges::find(paths, path) == paths.end()) paths.push_back(std::move(path));
  };
  for (const PlanStep& step : plan.steps) {
    if (!is_node(step)) continue;
    for (std::size_t end = step.path.find('/'); end != std::string::npos; end = step.path.find('/', end + 1)) {
      add(prefix + step.path.substr(0, end));
    }
    add(prefix + step.path);
    if (step.kind == PlanStep::Kind::children) {
      add_paths(*plan.children[step.child].plan, prefix + step.path + "/", paths);
    }
  }
}

}  // namespace

bool Watch::has_breakpoint(const PlanStep& step) const noexcept {
  return std::ranges::any_of(breakpoints, [&step](const Breakpoint& breakpoint) {
    return std::ranges::find(breakpoint.steps, &step) != breakpoint.steps.end();
  });
}

Outcome run_watched_frame(Engine& engine, Frame& frame, FunctionReference<bool()> is_enough) {
  while (frame.program_counter < frame.plan->steps.size()) {
    if (stops_here(engine.watch, frame)) {
      note_stop(engine.watch, frame);
      return Outcome::paused;
    }
    const Outcome outcome = run_and_notify(engine, frame, needs_steps(engine.watch, frame));
    if (outcome != Outcome::done) return outcome;
    if (is_enough() || engine.pause_requested.load(std::memory_order_relaxed)) return Outcome::paused;
  }
  return Outcome::done;
}

Outcome run_watched_step(Engine& engine, Frame& frame) { return run_and_notify(engine, frame, true); }

Outcome run_node(Engine& engine, Frame& frame) {
  bool has_run = false;
  while (frame.program_counter < frame.plan->steps.size()) {
    const bool at_node = is_node(frame.plan->steps[frame.program_counter]);
    if (has_run && at_node) break;
    const Outcome outcome = run_watched_step(engine, frame);
    if (outcome != Outcome::done) return outcome;
    has_run |= at_node;
    if (engine.pause_requested.load(std::memory_order_relaxed)) return Outcome::paused;
  }
  const bool at_end = frame.program_counter == frame.plan->steps.size();
  if (!at_end && stops_here(engine.watch, frame)) note_stop(engine.watch, frame);
  return Outcome::done;
}

std::optional<std::string> stopped_node(const Frame& frame) {
  if (frame.program_counter >= frame.plan->steps.size()) return std::nullopt;
  const PlanStep& step = frame.plan->steps[frame.program_counter];
  if (frame.left_breakpoint == frame.program_counter) return step.path;
  if (step.kind != PlanStep::Kind::children) return std::nullopt;
  const ChildFrames& frames = frame.children[step.child];
  for (std::size_t i = 0; i < frames.count(); ++i) {
    if (frame.progress.status[i] == RowStatus::done) continue;
    if (auto below = stopped_node(*frames.frames[i])) return step.path + "[" + std::to_string(i) + "]/" + *below;
  }
  return std::nullopt;
}

std::int64_t counted_iterations(const Frame& root) noexcept {
  const std::size_t variable = root.plan->iterations_variable;
  return variable == no_index ? 0 : read_global(root.slots[variable]->parts()[0]).as_integer();
}

bool is_node(const PlanStep& step) noexcept {
  return step.kind == PlanStep::Kind::row || step.kind == PlanStep::Kind::reducing ||
         step.kind == PlanStep::Kind::whole || step.kind == PlanStep::Kind::children;
}

std::vector<const PlanStep*> steps_at(const Plan& plan, std::string_view path) {
  std::vector<const PlanStep*> steps;
  const PlanStep* inside = nullptr;  // the first one of a graph with this path
  for (const PlanStep& step : plan.steps) {
    if (!is_node(step)) continue;
    if (step.path == path) steps.push_back(&step);
    const bool is_inside =
        step.path.size() > path.size() && step.path.starts_with(path) && step.path[path.size()] == '/';
    if (is_inside && inside == nullptr) inside = &step;
    if (step.kind != PlanStep::Kind::children) continue;
    if (!path.starts_with(step.path) || path.size() <= step.path.size() || path[step.path.size()] != '/') continue;
    const auto below = steps_at(*plan.children[step.child].plan, path.substr(step.path.size() + 1));
    steps.insert(steps.end(), below.begin(), below.end());
  }
  if (steps.empty() && inside != nullptr) steps.push_back(inside);
  return steps;
}

std::vector<std::string> node_paths(const Plan& plan) {
  std::vector<std::string> paths;
  add_paths(plan, "", paths);
  return paths;
}

}  // namespace skein
