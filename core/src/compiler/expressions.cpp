#include "compiler/expressions.hpp"

#include <vector>

namespace skein::compiler {

bool is_expression(const Value& value) noexcept { return value.is_text() && value.text().starts_with('='); }

ExpressionText expression_text(const Value& value) {
  const std::string_view whole = value.text();
  const std::size_t start = std::min(whole.find_first_not_of(" \t", 1), whole.size());
  ExpressionText result{whole.substr(start), value.where};
  // The value's place is its opening quote; a value made in C++ has none.
  if (result.where.line != 0) result.where.column += 1 + start;
  return result;
}

Value unwrap_text(const Value& value) {
  const Value* text = value.find("text");
  if (text == nullptr || value.object().size() != 1 || !text->is_text()) return value;
  return *text;
}

std::optional<Scalar> to_scalar(const Value& value) noexcept {
  if (value.is_boolean()) return Scalar(value.boolean());
  if (const auto* integer = std::get_if<std::int64_t>(&value.data)) return Scalar(*integer);
  if (value.is_number()) return Scalar(value.number());
  return std::nullopt;
}

Value to_value(const Scalar& scalar) {
  switch (scalar.type()) {
    case ScalarType::boolean:
      return {scalar.as_boolean()};
    case ScalarType::integer:
      return {scalar.as_integer()};
    case ScalarType::real:
      break;
  }
  return {scalar.as_real()};
}

bool is_too_large(const Value& value) noexcept {
  if (std::holds_alternative<std::uint64_t>(value.data)) return true;
  const auto* integer = std::get_if<std::int64_t>(&value.data);
  return integer != nullptr && (*integer > largest_exact_integer || *integer < -largest_exact_integer);
}

std::optional<Expression> compile_expression(const Value& expression, ExpressionContext context,
                                             const ExplainName& explain, Diagnostics& diagnostics) {
  const auto [text, where] = expression_text(expression);
  context.where = where;
  Diagnostics found;
  auto compiled = Expression::compile(text, context, found);
  Diagnostics explained;
  for (Diagnostic diagnostic : found.items()) {
    if (explain && diagnostic.code == "expression-unknown-name" && diagnostic.found.size() > 2) {
      const auto problem = explain(std::string_view(diagnostic.found).substr(1, diagnostic.found.size() - 2));
      if (problem && problem->reported) return std::nullopt;
      if (problem) {
        diagnostic.code = "unusable-name";
        diagnostic.message = problem->message;
        diagnostic.suggestion.clear();
      }
    }
    explained.add(std::move(diagnostic));
  }
  diagnostics.add(std::move(explained));
  return compiled;
}

std::optional<Value> evaluate_constant(const Value& expression, const ConstantNames& names, const std::string& path,
                                       Diagnostics& diagnostics) {
  std::vector<Scalar> inputs;
  ExpressionContext context;
  context.resolve = [&](std::string_view name) -> std::optional<ExpressionVariable> {
    const Value* value = names.find(name);
    const std::optional<Scalar> scalar = value == nullptr ? std::nullopt : to_scalar(*value);
    if (!scalar) return std::nullopt;
    inputs.push_back(*scalar);
    return ExpressionVariable{inputs.size() - 1, scalar->type()};
  };
  context.known_names = names.known;
  context.path = path;
  const std::optional<Expression> compiled = compile_expression(expression, context, names.explain, diagnostics);
  if (!compiled) return std::nullopt;
  bool overflowed = false;
  Value result = to_value(compiled->evaluate(inputs, &overflowed));
  result.where = expression.where;
  if (overflowed) {
    diagnostics.add({"expression-overflow", Severity::error, expression_text(expression).where, path,
                     "The value of this expression lies beyond 64-bit integers.", "an integer of at most 64 bits", "",
                     "calculate with reals: 1.0 instead of 1"});
    return std::nullopt;
  }
  return result;
}

}  // namespace skein::compiler
