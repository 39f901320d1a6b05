#include "expression/code_builder.hpp"

#include <algorithm>
#include <utility>

namespace skein::expression {

void CodeBuilder::append(const Instruction& instruction, std::size_t taken, std::size_t left) {
  if (!is_active_) return;
  code_.push_back(instruction);
  depth_ = depth_ - taken + left;
  deepest_ = std::max(deepest_, depth_);
}

void CodeBuilder::push(Cell constant) {
  Instruction instruction;
  instruction.step = Step::push;
  instruction.constant = constant;
  append(instruction, 0, 1);
}

void CodeBuilder::load(const ExpressionVariable& variable) {
  Instruction instruction;
  instruction.step = Step::load;
  instruction.type = variable.type;
  instruction.argument = variable.index;
  append(instruction, 0, 1);
  const auto place = std::lower_bound(used_variables_.begin(), used_variables_.end(), variable.index);
  if (place == used_variables_.end() || *place != variable.index) used_variables_.insert(place, variable.index);
}

void CodeBuilder::to_real(std::size_t below) {
  Instruction instruction;
  instruction.step = Step::to_real;
  instruction.argument = below;
  append(instruction, 0, 0);
}

void CodeBuilder::call(const Overload& overload) {
  Instruction instruction;
  instruction.step = Step::call;
  instruction.argument = overload.arity;
  instruction.function = overload.function;
  append(instruction, overload.arity, 1);
}

void CodeBuilder::element() {
  Instruction instruction;
  instruction.step = Step::element;
  append(instruction, 1, 1);
  reads_vector_ = true;
}

void CodeBuilder::local(std::size_t place) {
  Instruction instruction;
  instruction.step = Step::local;
  instruction.argument = place;
  append(instruction, 0, 1);
}

std::size_t CodeBuilder::begin_loop(Cell neutral) {
  Instruction instruction;
  instruction.step = Step::begin_loop;
  instruction.constant = neutral;
  append(instruction, 0, 1);
  return code_.empty() ? 0 : code_.size() - 1;
}

void CodeBuilder::end_loop(std::size_t place, const Overload& overload) {
  Instruction instruction;
  instruction.step = Step::next_loop;
  instruction.function = overload.function;
  instruction.argument = code_.size() - place;  // back to the first instruction of the term
  append(instruction, 4, 1);
  land(place);
}

std::size_t CodeBuilder::mark(Step step) {
  Instruction instruction;
  instruction.step = step;
  const bool takes_condition = step != Step::keep && step != Step::jump;
  append(instruction, takes_condition ? 1 : 0, 0);
  return code_.empty() ? 0 : code_.size() - 1;
}

void CodeBuilder::land(std::size_t place) {
  if (is_active_) code_[place].argument = code_.size() - place - 1;
}

void CodeBuilder::fill_to_real(std::size_t place) {
  if (is_active_) code_[place].step = Step::to_real;
}

void CodeBuilder::begin_other_branch() noexcept {
  if (is_active_) --depth_;
}

bool CodeBuilder::is_count(std::size_t start, std::size_t end) const noexcept {
  return is_active_ && code_.size() == start + 1 && code_.back().step == Step::push &&
         code_.back().constant.integer >= 0 && static_cast<std::size_t>(code_.back().constant.integer) < end;
}

bool CodeBuilder::fold(std::size_t start) {
  if (!is_active_) return true;
  bool overflowed = false;
  const Cell value = run(std::span<const Instruction>(code_).subspan(start), {}, {}, overflowed);
  code_.resize(start);
  --depth_;
  push(value);
  return !overflowed;
}

}  // namespace skein::expression
