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

std::optional<Value> evaluate_constant(const Value& expression, const ConstantNames& names, const std::string& path,
                                       Diagnostics& diagnostics) {
  std::vector<Scalar> inputs;
  const auto [text, where] = expression_text(expression);
  ExpressionContext context;
  context.resolve = [&](std::string_view name) -> std::optional<ExpressionVariable> {
    const Value* value = names.find(name);
    const std::optional<Scalar> scalar = value == nullptr ? std::nullopt : to_scalar(*value);
    if (!scalar) return std::nullopt;
    inputs.push_back(*scalar);
    return ExpressionVariable{inputs.size() - 1, scalar->type()};
  };
  context.known_names = names.known;
  context.where = where;
  context.path = path;
  const std::optional<Expression> compiled = Expression::compile(text, context, diagnostics);
  if (!compiled) return std::nullopt;
  bool overflowed = false;
  Value result = to_value(compiled->evaluate(inputs, &overflowed));
  result.where = expression.where;
  if (overflowed) {
    diagnostics.add({"expression-overflow", Severity::error, where, path,
                     "The value of this expression lies beyond 64-bit integers.", "", "", ""});
    return std::nullopt;
  }
  return result;
}

}  // namespace skein::compiler
