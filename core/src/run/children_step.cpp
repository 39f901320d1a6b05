// Entering the frames of a child plan, in order or side by side.
#include <algorithm>
#include <optional>
#include <string>

#include "run/engine.hpp"

namespace skein {
namespace {

/// How often the frames have begun anew; nothing where they never do.
std::optional<std::uint64_t> restarts_of(const Frame& parent, std::size_t child) {
  std::optional<std::uint64_t> restarts;
  for (std::size_t i = 0; i < parent.steps.size(); ++i) {
    const PlanStep& step = parent.plan->steps[i];
    if (step.kind == PlanStep::Kind::children && step.child == child && step.restart) {
      restarts = restarts.value_or(0) + parent.steps[i].visits;
    }
  }
  return restarts;
}

/// Everything about a frame that follows from its place; it is not saved in checkpoints.
void place_frame(const Frame& parent, const PlanStep& step, std::optional<std::uint64_t> restarts, Frame& frame,
                 std::size_t instance) {
  frame.path_hash = child_path_hash(parent.path_hash, step.path, instance);
  if (restarts) frame.path_hash = combine_hash(frame.path_hash, *restarts);
  frame.beside_others = step.parallel || parent.beside_others;
  frame.error.reset();
  frame.show_rows(instance);
}

void begin_frame(const Frame& parent, const PlanStep& step, Frame& frame) {
  if (step.restart) frame.reset();
  frame.program_counter = step.entry;
  frame.stop_reason = StopReason::none;
  frame.counters = {};
  frame.evaluations_before = parent.evaluations_before + parent.counters.evaluations;
}

void end_frame(Frame& parent, Frame& frame) noexcept {
  parent.counters.append(frame.counters);
  frame.counters = {};
  frame.program_counter = 0;
}

Outcome run_in_order(Engine& engine, Frame& parent, const PlanStep& step, ChildFrames& frames) {
  std::span<RowStatus> status = parent.progress.rows();
  for (std::size_t i = 0; i < status.size(); ++i) {
    if (status[i] == RowStatus::done) continue;
    Frame& frame = *frames.frames[i];
    if (status[i] == RowStatus::pending) begin_frame(parent, step, frame);
    status[i] = RowStatus::in_flight;
    const Outcome outcome = run_frame(engine, frame);
    if (outcome != Outcome::done) return outcome;
    status[i] = RowStatus::done;
    end_frame(parent, frame);
    publish_evaluations(parent);
  }
  return Outcome::done;
}

Outcome run_side_by_side(Engine& engine, Frame& parent, const PlanStep& step, ChildFrames& frames) {
  std::span<RowStatus> status = parent.progress.rows();
  for (std::size_t i = 0; i < status.size(); ++i) {
    if (status[i] == RowStatus::pending) begin_frame(parent, step, *frames.frames[i]);
  }
  std::atomic<Outcome> worst = Outcome::done;
  engine.arena.for_each(status.size(), [&](std::size_t i) {
    if (status[i] == RowStatus::done) return;
    const Outcome outcome = run_frame(engine, *frames.frames[i]);
    status[i] = outcome == Outcome::done ? RowStatus::done : RowStatus::in_flight;
    Outcome known = worst.load();
    while (known < outcome && !worst.compare_exchange_weak(known, outcome)) {
    }
  });
  if (worst.load() != Outcome::done) return worst.load();
  for (std::size_t i = 0; i < status.size(); ++i) end_frame(parent, *frames.frames[i]);
  publish_evaluations(parent);
  return Outcome::done;
}

/// The error of the lowest frame that failed, with the frame in its path.
void take_error(Frame& parent, const PlanStep& step, const ChildFrames& frames) {
  for (std::size_t i = 0; i < parent.progress.count; ++i) {
    if (!frames.frames[i]->error) continue;
    parent.error = frames.frames[i]->error;
    parent.error->path = step.path + "[" + std::to_string(i) + "]/" + parent.error->path;
    return;
  }
}

}  // namespace

Outcome run_children_step(Engine& engine, Frame& frame, const PlanStep& step) {
  ChildFrames& frames = frame.children[step.child];
  if (!frame.progress.active) frame.progress.begin(frames.count());
  const std::optional<std::uint64_t> restarts = restarts_of(frame, step.child);
  for (std::size_t i = 0; i < frame.progress.count; ++i) {
    if (frame.progress.status[i] != RowStatus::done) place_frame(frame, step, restarts, *frames.frames[i], i);
  }
  const Outcome outcome =
      step.parallel ? run_side_by_side(engine, frame, step, frames) : run_in_order(engine, frame, step, frames);
  if (outcome == Outcome::done) frame.progress.active = false;
  if (outcome == Outcome::failed) take_error(frame, step, frames);
  return outcome;
}

}  // namespace skein
