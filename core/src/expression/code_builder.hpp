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

  /// Takes an index and leaves an element of the vector.
  void element();
  /// The integer that lies in the cell `place` of the stack.
  void local(std::size_t place);
  /// Whether an element of the vector is read anywhere.
  [[nodiscard]] bool reads_vector() const noexcept { return reads_vector_; }
  /// How many cells are in use here.
  [[nodiscard]] std::size_t depth() const noexcept { return depth_; }
  /// With the index and its last value on the stack: begins a loop that starts from `neutral`. Returns its place.
  std::size_t begin_loop(Cell neutral);
  /// With a term on the stack: ends the loop, whose terms `overload` combines. Leaves the result.
  void end_loop(std::size_t place, const Overload& overload);

  /// Appends a jump (or a placeholder of kind `keep`) and returns its place.
  std::size_t mark(Step step);
  /// Lets the jump at `place` lead to here.
  void land(std::size_t place);
  /// Turns the placeholder at `place` into a conversion of the top.
  void fill_to_real(std::size_t place);
  /// The second branch starts with the stack that the first one started with.
  void begin_other_branch() noexcept;

  /// Whether the code from `start` on is one constant, an integer that is not negative and below `end`.
  [[nodiscard]] bool is_count(std::size_t start, std::size_t end = std::size_t{1} << 63U) const noexcept;
  /// Replaces the code from `start` on, which reads no variable, by its value. False when an overflow happened.
  bool fold(std::size_t start);

 private:
  void append(const Instruction& instruction, std::size_t taken, std::size_t left);

  std::vector<Instruction> code_;
  std::vector<std::size_t> used_variables_;
  std::size_t depth_ = 0;
  std::size_t deepest_ = 0;
  bool is_active_ = true;
  bool reads_vector_ = false;
};

}  // namespace skein::expression
