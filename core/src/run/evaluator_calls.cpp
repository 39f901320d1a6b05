#include "state/evaluator_calls.hpp"

#include <algorithm>
#include <limits>

#include "run/engine.hpp"

namespace skein {
namespace {

bool is_at_end(const Frame& frame) noexcept { return frame.program_counter == frame.plan->steps.size(); }

}  // namespace

EvaluatorCalls::EvaluatorCalls(Frame& parent, ChildFrames& frames)
    : parent_(&parent), frames_(&frames), told_(frames.frames.size()) {
  const PlanChild& child = *frames.child;
  for (const Part& part : child.plan->variables[child.call_fitness].parts) width_ += part.width;
}

void EvaluatorCalls::enter(Engine& engine, const std::string& path, std::uint64_t visit, bool is_new) {
  engine_ = &engine;
  path_ = path;
  visit_ = visit;
  if (!is_new) return;
  for (Told& told : told_) {
    told.begun = false;
    told.numbers.clear();
  }
}

void EvaluatorCalls::rewind() noexcept {
  for (Told& told : told_) told.next = 0;
}

void EvaluatorCalls::count(Rows rows) noexcept {
  for (std::size_t row = rows.first; row < rows.last; ++row) {
    Frame& frame = *frames_->frames[row];
    parent_->counters.append(frame.counters);
    frame.counters = {};
  }
  publish_evaluations(*parent_);
}

FitnessRow EvaluatorCalls::evaluate(std::size_t row, const Bundle& solution, std::size_t solution_row) {
  Told& told = told_[row];
  const auto show = [&] { return FitnessRow{told.numbers.data() + width_ * told.next++, width_}; };
  if (width_ * told.next < told.numbers.size()) return show();
  if (engine_->pause_requested.load(std::memory_order_relaxed)) throw CallInterrupted{};
  if (!told.begun) begin_row(row);
  Frame& frame = *frames_->frames[row];
  if (frame.counters.evaluations >= evaluations_left()) {
    throw CallFailed("it asks for more evaluations than the run's limit leaves");
  }
  const PlanChild& child = *frames_->child;
  PortView place;
  place.parts = frame.slots[child.call_solution]->parts().data();
  place.part_count = frame.slots[child.call_solution]->parts().size();
  Bundle(place).copy_row(0, solution, solution_row);
  run_call(frame);
  const ColumnView& fitness = frame.slots[child.call_fitness]->parts()[0];
  const auto* numbers = reinterpret_cast<const double*>(fitness.data);
  told.numbers.insert(told.numbers.end(), numbers, numbers + width_);
  return show();
}

std::uint64_t EvaluatorCalls::evaluations_left() const noexcept {
  const std::optional<std::uint64_t>& limit = engine_->options.evaluation_limit;
  if (!limit) return std::numeric_limits<std::uint64_t>::max();
  return *limit - std::min(*limit, parent_->evaluations_before + parent_->counters.evaluations);
}

std::optional<double> EvaluatorCalls::target() const noexcept { return engine_->options.target; }

/// What the row knew in an earlier visit, or in a part of this one that a checkpoint does not keep, is forgotten.
void EvaluatorCalls::begin_row(std::size_t row) {
  Frame& frame = *frames_->frames[row];
  frame.reset();
  frame.path_hash = combine_hash(child_path_hash(parent_->path_hash, path_, row), visit_);
  frame.counters = {};
  frame.evaluations_before = parent_->evaluations_before + parent_->counters.evaluations;
  frame.beside_others = true;
  frame.error.reset();
  told_[row].begun = true;
}

void EvaluatorCalls::run_call(Frame& frame) {
  frame.error.reset();
  const Outcome outcome = run_frame(*engine_, frame);
  if (outcome == Outcome::failed) {
    throw CallFailed("evaluation " + std::to_string(frame.counters.evaluations + 1) + " failed at '" +
                         frame.error->path + "': " + frame.error->message,
                     frame.error->out_of_memory);
  }
  if (outcome == Outcome::pending) {
    throw CallFailed("the evaluator waits for results from outside, which it cannot do when it is called");
  }
  if (!is_at_end(frame)) throw CallInterrupted{};
  frame.program_counter = 0;
}

}  // namespace skein
