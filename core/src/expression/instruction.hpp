// Instructions of a compiled expression: a machine with a stack of cells.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "expression/cell.hpp"
#include "expression/overloads.hpp"
#include "skein/expression.hpp"

namespace skein::expression {

enum class Step {
  push,         ///< the constant
  load,         ///< the variable `argument`, as a `type`
  to_real,      ///< the integer that lies `argument` cells below the top becomes a real
  call,         ///< `function` takes the upper `argument` cells and leaves one
  keep,         ///< nothing
  jump,         ///< skips `argument` instructions
  jump_unless,  ///< takes a boolean; skips when it is false
  and_jump,     ///< skips and leaves the boolean when it is false, else takes it
  or_jump,      ///< skips and leaves the boolean when it is true, else takes it
  element,      ///< takes an integer and leaves that element of the vector, NaN when there is none
  local,        ///< the integer in the cell `argument` of the stack
  begin_loop,   ///< of index and last: puts the constant on them; leaves only it and skips when index > last
  next_loop     ///< takes a term, into the accumulator below with `function`; goes back until index = last
};

struct Instruction {
  Step step = Step::keep;
  ScalarType type = ScalarType::real;
  std::size_t argument = 0;
  Cell constant{};
  Function function = nullptr;
};

/// The cells that every evaluation has. 200 levels of nesting need fewer.
inline constexpr std::size_t stack_size = 1280;

/// The value of the instructions, which must leave exactly one cell and never need more than stack_size of them.
[[nodiscard]] Cell run(std::span<const Instruction> code, std::span<const Scalar> variables,
                       std::span<const double> vector, bool& overflowed) noexcept;

[[nodiscard]] Scalar to_scalar(Cell value, ScalarType type) noexcept;

}  // namespace skein::expression
