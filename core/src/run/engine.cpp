#include "run/engine.hpp"

#include <algorithm>
#include <cstring>

#include "run/globals.hpp"
#include "run/own_arithmetic.hpp"
#include "run/profile_timer.hpp"

namespace skein {
namespace {

struct WorkerNeeds {
  std::size_t scratch_bytes = 0;
  std::size_t scratch_parts = 0;
  std::size_t ports = 0;
  std::size_t streams = 0;
  std::size_t strip_bytes = 0;
  std::size_t strip_parts = 0;
  std::size_t strip_ports = 0;
  std::size_t strip_streams = 0;
  std::size_t members = 0;
  std::size_t elements = 0;
  std::size_t call_depth = 0;
};

void add_needs(WorkerNeeds& needs, const Frame& frame) {
  needs.call_depth = std::max(needs.call_depth, frame.call_depth);
  for (const StepState& step : frame.steps) {
    needs.scratch_bytes = std::max(needs.scratch_bytes, step.views.scratch_bytes());
    needs.scratch_parts = std::max(needs.scratch_parts, step.views.scratch_part_count());
    needs.ports = std::max(needs.ports, step.views.ports().size());
    needs.streams = std::max(needs.streams, step.keys.size());
  }
  for (const PipelineState& pipeline : frame.pipelines) {
    needs.strip_bytes = std::max(needs.strip_bytes, pipeline.bytes);
    needs.strip_parts = std::max(needs.strip_parts, pipeline.parts.size());
    needs.strip_ports = std::max(needs.strip_ports, pipeline.port_count);
    needs.strip_streams = std::max(needs.strip_streams, pipeline.generator_count);
    needs.members = std::max(needs.members, pipeline.members.size());
    needs.elements = std::max(needs.elements, pipeline.element_count);
  }
  for (const ChildFrames& frames : frame.children) {
    if (!frames.frames.empty()) add_needs(needs, *frames.frames.front());
  }
}

/// Whether stream number `position` of a step is the first one of this index among the step's streams.
bool is_first_use(const PlanStep& step, std::size_t position) noexcept {
  const auto end = step.streams.begin() + static_cast<std::ptrdiff_t>(position);
  return std::find(step.streams.begin(), end, step.streams[position]) == end;
}

/// The rows that a visit evaluated.
Rows evaluated_rows(const Frame& frame, const PlanStep& step) noexcept {
  if (step.population == no_population) return {0, 1};
  if (step.only_row == no_index) return {0, frame.populations[step.population]->rows};
  const auto row = static_cast<std::size_t>(read_global(frame.slots[step.only_row]->parts()[0]).as_integer());
  return {row, row + 1};
}

/// The lowest row that reached the target, or the end of the rows.
std::size_t first_row_at_target(const ColumnView& fitness, Rows rows, double target) noexcept {
  for (std::size_t row = rows.first; row < rows.last; ++row) {
    const auto* numbers = reinterpret_cast<const double*>(row_data(fitness, row));
    const FitnessRow value{numbers, fitness.width};
    if (value.violation() == 0.0 && value.objective() <= target) return row;
  }
  return rows.last;
}

void count_evaluations(Engine& engine, Frame& frame, const PlanStep& step) noexcept {
  const Rows rows = evaluated_rows(frame, step);
  Counters& counters = frame.counters;
  if (engine.options.target && !counters.evaluations_to_target && step.fitness_port != no_index) {
    const ColumnView& fitness = frame.slots[step.ports[step.fitness_port].index]->parts()[0];
    const std::size_t row = first_row_at_target(fitness, rows, *engine.options.target);
    if (row < rows.last) counters.evaluations_to_target = counters.evaluations + (row - rows.first) + 1;
  }
  counters.evaluations += rows.count();
  engine.clock.note_evaluation();
  publish_evaluations(frame);
}

void compute(const Engine& engine, Frame& frame, const PlanStep& step, StepState& state) noexcept {
  const OwnArithmetic arithmetic(engine.options.flush_denormals);
  for (std::size_t i = 0; i < state.scalars.size(); ++i) {
    state.scalars[i] = read_global(frame.slots[step.expression_inputs[i]]->parts()[0]);
  }
  write_global(frame.slots[step.target]->parts()[0], step.expression->evaluate(state.scalars));
  ++state.visits;
}

Outcome run_operator_step(Engine& engine, Frame& frame, const PlanStep& step, StepState& state) {
  begin_visit(engine, frame, step, state);
  Outcome outcome = Outcome::done;
  if (step.kind == PlanStep::Kind::row) {
    outcome = step.table->can_fail ? run_failing_row_step(engine, frame, step, state)
                                   : run_row_step(engine, frame, step, state);
  } else if (step.kind == PlanStep::Kind::reducing) {
    outcome = run_reducing_step(engine, frame, step, state);
  } else {
    outcome = run_whole_step(engine, frame, step, state);
  }
  if (outcome == Outcome::done) complete_visit(engine, frame, step, state);
  return outcome;
}

}  // namespace

/// A pipeline that has begun step by step, or that begins with rows that were worked on before, goes on so.
Outcome run_pipeline_or_step(Engine& engine, Frame& frame) {
  PipelineState* const pipeline = frame.pipeline_at[frame.program_counter];
  if (pipeline == nullptr || !engine.options.fuse || frame.progress.active ||
      !pays(engine, *pipeline, rows_per_group(frame.plan->dimension))) {
    return run_step(engine, frame);
  }
  return run_pipeline(engine, frame, *pipeline);
}

void reserve_workers(Engine& engine, const Frame& root) {
  WorkerNeeds needs;
  add_needs(needs, root);
  engine.workers = std::vector<Worker>((needs.call_depth + 1) * engine.arena.threads());
  for (Worker& worker : engine.workers) {
    worker.scratch = AlignedBuffer(needs.scratch_bytes);
    worker.scratch_parts.resize(needs.scratch_parts);
    worker.ports.resize(needs.ports);
    worker.generators.resize(needs.streams);
    worker.strips.bytes = AlignedBuffer(needs.strip_bytes);
    worker.strips.parts.resize(needs.strip_parts);
    worker.strips.ports.resize(needs.strip_ports);
    worker.strips.generators.resize(needs.strip_streams);
    worker.strips.services.resize(needs.members);
    worker.strips.elements.resize(needs.elements);
  }
}

Outcome run_frame(Engine& engine, Frame& frame) {
  if (engine.watch.is_active()) return run_watched_frame(engine, frame, [] { return false; });
  while (frame.program_counter < frame.plan->steps.size()) {
    const Outcome outcome = run_pipeline_or_step(engine, frame);
    if (outcome != Outcome::done) return outcome;
    if (engine.pause_requested.load(std::memory_order_relaxed)) return Outcome::paused;
  }
  return Outcome::done;
}

Outcome run_frame_until(Engine& engine, Frame& frame, FunctionReference<bool()> is_enough) {
  if (engine.watch.is_active()) return run_watched_frame(engine, frame, is_enough);
  while (frame.program_counter < frame.plan->steps.size()) {
    const Outcome outcome = run_pipeline_or_step(engine, frame);
    if (outcome != Outcome::done) return outcome;
    if (is_enough() || engine.pause_requested.load(std::memory_order_relaxed)) return Outcome::paused;
  }
  return Outcome::done;
}

Outcome run_step(Engine& engine, Frame& frame) {
  const PlanStep& step = frame.plan->steps[frame.program_counter];
  StepState& state = frame.steps[frame.program_counter];
  const ProfileTimer timer(engine.options.profile, state.nanoseconds);
  std::size_t next = frame.program_counter + 1;
  switch (step.kind) {
    case PlanStep::Kind::compute:
      compute(engine, frame, step, state);
      break;
    case PlanStep::Kind::jump:
      next = step.destination;
      break;
    case PlanStep::Kind::jump_if_not:
      if (!read_global(frame.slots[step.target]->parts()[0]).as_boolean()) next = step.destination;
      break;
    case PlanStep::Kind::children: {
      const Outcome outcome = run_children_step(engine, frame, step);
      if (outcome != Outcome::done) return outcome;
      ++state.visits;
      break;
    }
    default: {
      const Outcome outcome = run_operator_step(engine, frame, step, state);
      if (outcome != Outcome::done) return outcome;
    }
  }
  frame.program_counter = next;
  return Outcome::done;
}

void begin_visit(const Engine& engine, const Frame& frame, const PlanStep& step, StepState& state) noexcept {
  for (std::size_t i = 0; i < state.keys.size(); ++i) {
    const std::size_t stream = step.streams[i];
    state.keys[i] = {engine.options.seed, frame.path_hash, frame.plan->streams[stream].hash,
                     frame.stream_visits[stream], 0};
  }
}

void complete_visit(Engine& engine, Frame& frame, const PlanStep& step, StepState& state) noexcept {
  for (std::size_t i = 0; i < step.streams.size(); ++i) {
    if (is_first_use(step, i)) ++frame.stream_visits[step.streams[i]];
  }
  ++state.visits;
  if (step.counts_evaluations) count_evaluations(engine, frame, step);
}

void publish_evaluations(Frame& frame) noexcept {
  const std::size_t variable = frame.plan->evaluations_variable;
  if (variable == no_index) return;
  // Frames that run beside each other must not write the same place; their parent publishes when they are done.
  if (frame.beside_others && !frame.holds_content(variable)) return;
  const std::uint64_t evaluations = frame.evaluations_before + frame.counters.evaluations;
  write_global(frame.slots[variable]->parts()[0], Scalar(static_cast<std::int64_t>(evaluations)));
}

}  // namespace skein
