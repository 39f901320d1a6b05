#include <array>
#include <cassert>

#include "expression/instruction.hpp"

namespace skein::expression {
namespace {

Cell load(const Scalar& variable, ScalarType type) noexcept {
  if (type == ScalarType::boolean) return cell(variable.as_boolean());
  return type == ScalarType::integer ? cell(variable.as_integer()) : cell(variable.as_real());
}

void convert_to_real(Cell& value) noexcept { value = cell(static_cast<double>(value.integer)); }

}  // namespace

Cell run(std::span<const Instruction> code, std::span<const Scalar> variables, bool& overflowed) noexcept {
  std::array<Cell, stack_size> stack;  // not initialized: that would cost more than most expressions
  Cell* end = stack.data();            // one past the top
  for (std::size_t i = 0; i < code.size(); ++i) {
    const Instruction& instruction = code[i];
    switch (instruction.step) {
      case Step::push:
        *end++ = instruction.constant;
        break;
      case Step::load:
        assert(instruction.argument < variables.size());
        *end++ = load(variables[instruction.argument], instruction.type);
        break;
      case Step::to_real:
        convert_to_real(*(end - 1 - instruction.argument));
        break;
      case Step::call:
        end -= instruction.argument - 1;
        *(end - 1) = instruction.function(end - 1, overflowed);
        break;
      case Step::keep:
        break;
      case Step::jump:
        i += instruction.argument;
        break;
      case Step::jump_unless:
        if (!(--end)->boolean) i += instruction.argument;
        break;
      case Step::and_jump:
      case Step::or_jump:
        if ((end - 1)->boolean == (instruction.step == Step::or_jump)) {
          i += instruction.argument;
        } else {
          --end;
        }
        break;
    }
  }
  return stack.front();
}

Scalar to_scalar(Cell value, ScalarType type) noexcept {
  if (type == ScalarType::boolean) return Scalar(value.boolean);
  return type == ScalarType::integer ? Scalar(value.integer) : Scalar(value.real);
}

}  // namespace skein::expression
