// Expression: a scalar expression of a document, compiled. `10 + floor(2*sqrt(d))`, `stop or iterations >= limit`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "skein/diagnostic.hpp"

namespace skein {

enum class ScalarType { boolean, integer, real };

/// "boolean", "integer" or "real".
[[nodiscard]] std::string_view type_name(ScalarType type) noexcept;

/// A boolean, an integer of 64 bits or a real.
class Scalar {
 public:
  constexpr Scalar() noexcept : Scalar(0.0) {}
  constexpr explicit Scalar(bool value) noexcept : type_(ScalarType::boolean), boolean_(value) {}
  constexpr explicit Scalar(std::int64_t value) noexcept : type_(ScalarType::integer), integer_(value) {}
  constexpr explicit Scalar(double value) noexcept : type_(ScalarType::real), real_(value) {}

  [[nodiscard]] constexpr ScalarType type() const noexcept { return type_; }

  /// The value in another type: booleans are 0 and 1, integers become the nearest real.
  [[nodiscard]] double as_real() const noexcept;
  /// A real is cut off towards zero and limited to the range of integers; NaN becomes 0.
  [[nodiscard]] std::int64_t as_integer() const noexcept;
  /// A number is true when it is not 0.
  [[nodiscard]] bool as_boolean() const noexcept;

 private:
  ScalarType type_;
  union {
    bool boolean_;
    std::int64_t integer_;
    double real_;
  };
};

/// What a name stands for: the place of its value in the span given to evaluate(), and its type.
struct ExpressionVariable {
  std::size_t index = 0;
  ScalarType type = ScalarType::real;
};

/// What surrounds an expression when it is compiled.
struct ExpressionContext {
  /// The variable of a name, or nothing when there is none.
  std::function<std::optional<ExpressionVariable>(std::string_view)> resolve;
  std::span<const std::string> known_names;  ///< for suggestions
  SourceLocation where;                      ///< of the first character of the text
  std::string path;                          ///< of node or document, for messages
  /// The name of a vector of reals, empty for none, and how many elements it has. Only where there is one,
  /// `NAME[index]` and the functions sum and product exist.
  std::string vector;
  std::size_t vector_size = 0;
};

/// Words with a fixed meaning, which no variable can have as its name: true false inf nan pi e and or not.
[[nodiscard]] bool is_expression_word(std::string_view name) noexcept;

/// A compiled expression: immutable, cheap to copy, safe to evaluate from many threads.
///
/// Operators, weakest first: `c ? a : b`; `or ||`; `and &&`; `not`; `< <= > >= == !=` (not to be chained); `+ -`;
/// `* / %`; unary `- + !`; `^` (right to left, -2^2 is -4). Functions: abs min max floor ceil round sqrt exp log pow
/// sin cos sign. `and`, `or` and `?:` evaluate only the sides that they need.
///
/// Typing: an integer is taken for a real where one is needed, nothing else is converted. + - * % abs min max sign of
/// integers are integers, and so is ^ with a constant exponent >= 0; `/`, every other ^, sqrt exp log pow sin cos are
/// real; floor, ceil and round (halves away from zero) are integers. `%` has the sign of its left side. min and max are
/// those of skein::math (the first side if equal or if one is NaN). sign of NaN is NaN.
///
/// With a vector `x` of size d: x[k] is its element k, 0 <= k < d, for an integer k; any other gives NaN, or
/// `expression-index` when k is constant. sum(term) adds the term for i = 0, 1, …, d - 1, in this order;
/// sum(k, first, last, term) adds it for k = first, …, last, and is 0 when last < first. product is the same with a
/// product and 1. Both are real. An inner sum needs an index of another name.
///
/// Overflow: an integer result beyond 64 bits is limited to the nearest integer, floor, ceil and round of NaN and `% 0`
/// of integers give 0; each of these is `expression-overflow` when it happens between constants.
class Expression {
 public:
  /// Reports all unknown names and type errors, and the first error of syntax, each at its own column: codes
  /// `expression-syntax`, `expression-unknown-name`, `expression-unknown-function`, `expression-type`,
  /// `expression-overflow`, `nested-too-deep` (more than 200 levels). Returns nothing when there was one.
  [[nodiscard]] static std::optional<Expression> compile(std::string_view text, const ExpressionContext& context,
                                                         Diagnostics& diagnostics);
  /// An expression that is a literal.
  [[nodiscard]] static Expression constant(Scalar value);

  [[nodiscard]] ScalarType type() const noexcept;
  /// True when the value depends on no variable and no vector (`false and x` counts as depending on x).
  [[nodiscard]] bool is_constant() const noexcept;
  /// Indices of the variables that are read, ascending, each once.
  [[nodiscard]] std::span<const std::size_t> used_variables() const noexcept;

  /// The value, of type type(). `variables` must reach to the largest used index. Sets `*overflowed` (never clears it)
  /// when an overflow as described above happened. Allocates nothing.
  [[nodiscard]] Scalar evaluate(std::span<const Scalar> variables, bool* overflowed = nullptr) const noexcept;
  /// The same of an expression that was compiled with a vector; `vector` has as many elements as was said then.
  [[nodiscard]] Scalar evaluate(std::span<const Scalar> variables, std::span<const double> vector) const noexcept;

 private:
  struct Program;
  explicit Expression(std::shared_ptr<const Program> program) noexcept : program_(std::move(program)) {}

  std::shared_ptr<const Program> program_;
};

}  // namespace skein
