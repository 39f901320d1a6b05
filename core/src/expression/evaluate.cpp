#include <array>
#include <cassert>
#include <limits>

#include "expression/instruction.hpp"

namespace skein::expression {
namespace {

Cell load(const Scalar& variable, ScalarType type) noexcept {
  if (type == ScalarType::boolean) return cell(variable.as_boolean());
  return type == ScalarType::integer ? cell(variable.as_integer()) : cell(variable.as_real());
}

void convert_to_real(Cell& value) noexcept { value = cell(static_cast<double>(value.integer)); }

Cell element_of(std::span<const double> vector, std::int64_t index) noexcept {
  const bool exists = index >= 0 && static_cast<std::uint64_t>(index) < vector.size();
  return cell(exists ? vector[static_cast<std::size_t>(index)] : std::numeric_limits<double>::quiet_NaN());
}

}  // namespace

Cell run(std::span<const Instruction> code, std::span<const Scalar> variables, std::span<const double> vector,
         bool& overflowed) noexcept {
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
      case Step::element:
        *(end - 1) = element_of(vector, (end - 1)->integer);
        break;
      case Step::local:
        *end++ = stack[instruction.argument];
        break;
      case Step::begin_loop:
        *end++ = instruction.constant;
        if ((end - 3)->integer <= (end - 2)->integer) break;
        end -= 2;
        *(end - 1) = instruction.constant;
        i += instruction.argument;
        break;
      case Step::next_loop:
        --end;
        *(end - 1) = instruction.function(end - 1, overflowed);
        if ((end - 3)->integer < (end - 2)->integer) {
          ++(end - 3)->integer;
          i -= instruction.argument;
        } else {
          *(end - 3) = *(end - 1);
          end -= 2;
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
