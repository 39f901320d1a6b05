#include "skein/expression.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "expression/integer_arithmetic.hpp"
#include "expression/parser.hpp"

namespace skein {

struct Expression::Program {
  std::vector<expression::Instruction> code;
  std::vector<std::size_t> used_variables;
  bool reads_vector = false;
  ScalarType type = ScalarType::real;
};

std::string_view type_name(ScalarType type) noexcept {
  if (type == ScalarType::boolean) return "boolean";
  return type == ScalarType::integer ? "integer" : "real";
}

double Scalar::as_real() const noexcept {
  if (type_ == ScalarType::real) return real_;
  return type_ == ScalarType::integer ? static_cast<double>(integer_) : static_cast<double>(boolean_);
}

std::int64_t Scalar::as_integer() const noexcept {
  bool ignored = false;
  if (type_ == ScalarType::integer) return integer_;
  return type_ == ScalarType::real ? expression::to_integer(std::trunc(real_), ignored) : std::int64_t{boolean_};
}

bool Scalar::as_boolean() const noexcept {
  if (type_ == ScalarType::boolean) return boolean_;
  return type_ == ScalarType::integer ? integer_ != 0 : real_ != 0.0;
}

bool is_expression_word(std::string_view name) noexcept {
  constexpr std::array<std::string_view, 9> words = {"true", "false", "inf", "nan", "pi", "e", "and", "or", "not"};
  return std::find(words.begin(), words.end(), name) != words.end();
}

std::optional<Expression> Expression::compile(std::string_view text, const ExpressionContext& context,
                                              Diagnostics& diagnostics) {
  expression::Parser parser(text, context, diagnostics);
  const std::optional<expression::Operand> result = parser.parse();
  if (!result) return std::nullopt;
  auto program = std::make_shared<Program>();
  program->used_variables = parser.builder().used_variables();
  program->reads_vector = parser.builder().reads_vector();
  program->code = parser.builder().take();
  program->type = *result->type;
  return Expression(std::move(program));
}

Expression Expression::constant(Scalar value) {
  expression::CodeBuilder builder;
  switch (value.type()) {
    case ScalarType::boolean:
      builder.push(expression::cell(value.as_boolean()));
      break;
    case ScalarType::integer:
      builder.push(expression::cell(value.as_integer()));
      break;
    case ScalarType::real:
      builder.push(expression::cell(value.as_real()));
      break;
  }
  auto program = std::make_shared<Program>();
  program->code = builder.take();
  program->type = value.type();
  return Expression(std::move(program));
}

ScalarType Expression::type() const noexcept { return program_->type; }

bool Expression::is_constant() const noexcept { return program_->used_variables.empty() && !program_->reads_vector; }

std::span<const std::size_t> Expression::used_variables() const noexcept { return program_->used_variables; }

Scalar Expression::evaluate(std::span<const Scalar> variables, bool* overflowed) const noexcept {
  bool ignored = false;
  const expression::Cell value =
      expression::run(program_->code, variables, {}, overflowed != nullptr ? *overflowed : ignored);
  return expression::to_scalar(value, program_->type);
}

Scalar Expression::evaluate(std::span<const Scalar> variables, std::span<const double> vector) const noexcept {
  bool ignored = false;
  return expression::to_scalar(expression::run(program_->code, variables, vector, ignored), program_->type);
}

}  // namespace skein
