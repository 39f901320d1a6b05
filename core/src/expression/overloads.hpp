// The operators and functions of expressions, with the types they take and give.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "expression/cell.hpp"
#include "skein/expression.hpp"

namespace skein::expression {

using Function = Cell (*)(const Cell* arguments, bool& overflowed) noexcept;

/// One form of an operator or function. All its arguments have the same type.
struct Overload {
  std::string_view name;
  std::size_t arity;
  ScalarType parameter;
  ScalarType result;
  Function function;
};

/// The form that takes these arguments with the fewest conversions, or nullptr.
[[nodiscard]] const Overload* find_overload(std::string_view name, std::span<const ScalarType> arguments) noexcept;

/// What an operator or function takes, for messages: "a number", "two numbers or two booleans", ...
[[nodiscard]] std::string_view accepted_types(std::string_view name, std::size_t arity) noexcept;

/// Names of the functions (not of the operators), for suggestions.
[[nodiscard]] const std::vector<std::string>& function_names();

/// Arguments of a function: 1 or 2; for min and max 2 is the least. 0 for a name that is no function.
[[nodiscard]] std::size_t function_arity(std::string_view name) noexcept;

/// Whether a function takes more arguments than its arity: f(a, b, c) is f(f(a, b), c).
[[nodiscard]] bool is_variadic(std::string_view name) noexcept;

}  // namespace skein::expression
