// Expressions of documents: where they stand, and their value when all their names are constants.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "skein/diagnostic.hpp"
#include "skein/expression.hpp"
#include "skein/value.hpp"

namespace skein::compiler {

/// Whether a document value is an expression: a text that starts with `=`.
[[nodiscard]] bool is_expression(const Value& value) noexcept;

/// The text behind the `=` without leading spaces, and the place of its first character.
struct ExpressionText {
  std::string_view text;
  SourceLocation where;
};
[[nodiscard]] ExpressionText expression_text(const Value& value);

/// `{"text": "=…"}` becomes the literal text, everything else stays.
[[nodiscard]] Value unwrap_text(const Value& value);

/// A boolean, integer or real number as a scalar; nothing for other kinds.
[[nodiscard]] std::optional<Scalar> to_scalar(const Value& value) noexcept;
[[nodiscard]] Value to_value(const Scalar& scalar);

/// Why a name that exists has no value in an expression.
struct NameProblem {
  bool reported = false;  ///< something about it was reported already: the expression needs no report of its own
  std::string message;    ///< otherwise: a whole sentence
};
using ExplainName = std::function<std::optional<NameProblem>(std::string_view)>;

/// Names with constant values that an expression may use.
struct ConstantNames {
  std::function<const Value*(std::string_view)> find;
  std::vector<std::string> known;
  ExplainName explain;
};

/// The integers that the initial value of a variable can hold exactly: a plan keeps it as a double.
inline constexpr std::int64_t largest_exact_integer = std::int64_t{1} << 53;

/// Whether the number is an integer that a plan cannot hold exactly.
[[nodiscard]] bool is_too_large(const Value& value) noexcept;

/// Compiles an expression of a document. `context` needs `resolve`, `known_names` and `path`.
[[nodiscard]] std::optional<Expression> compile_expression(const Value& expression, ExpressionContext context,
                                                           const ExplainName& explain, Diagnostics& diagnostics);

/// The value of an expression over constants. Names that are no numbers, overflow and errors of the expression are
/// reported.
[[nodiscard]] std::optional<Value> evaluate_constant(const Value& expression, const ConstantNames& names,
                                                     const std::string& path, Diagnostics& diagnostics);

}  // namespace skein::compiler
