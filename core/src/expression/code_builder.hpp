// CodeBuilder: appends instructions, knows how deep the stack gets, and replaces constant parts by their values.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "expression/instruction.hpp"

namespace skein::expression {

class CodeBuilder {
 public:
  /// After an error was found: nothing is appended any more.
  void stop() noexcept { is_active_ = false; }

  [[nodiscard]] std::size_t size() const noexcept { return code_.size(); }
  [[nodiscard]] bool fits_stack() const noexcept { return deepest_ <= stack_size; }
  [[nodiscard]] const std::vector<std::size_t>& used_variables() const noexcept { return used_variables_; }
  [[nodiscard]] std::vector<Instruction> take() { return std::move(code_); }

  void push(Cell constant);
  void load(const ExpressionVariable& variable);
  /// Converts the cell that lies `below` cells under the top.
  void to_real(std::size_t below);
  void call(const Overload& overload);

  /// Appends a jump (or a placeholder of kind `keep`) and returns its place.
  std::size_t mark(Step step);
  /// Lets the jump at `place` lead to here.
  void land(std::size_t place);
  /// Turns the placeholder at `place` into a conversion of the top.
  void fill_to_real(std::size_t place);
  /// The second branch starts with the stack that the first one started with.
  void begin_other_branch() noexcept;

  /// Whether the code from `start` on is one constant, an integer that is not negative.
  [[nodiscard]] bool is_count(std::size_t start) const noexcept;
  /// Replaces the code from `start` on, which reads no variable, by its value. False when an overflow happened.
  bool fold(std::size_t start);

 private:
  void append(const Instruction& instruction, std::size_t taken, std::size_t left);

  std::vector<Instruction> code_;
  std::vector<std::size_t> used_variables_;
  std::size_t depth_ = 0;
  std::size_t deepest_ = 0;
  bool is_active_ = true;
};

}  // namespace skein::expression
