#include "skein/expression.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "problems/expression/all.hpp"
#include "skein/encodings/real_vector_parameters.hpp"

namespace skein {
namespace {

enum Parameter : std::size_t {
  objective_parameter,
  constraints_parameter,
  dimension_parameter,
  lower_parameter,
  upper_parameter,
  sense_parameter
};

/// The texts of a document, compiled. Immutable, so that any number of threads may evaluate it.
struct Compiled {
  std::optional<Expression> objective;
  std::vector<Expression> constraints;
  std::array<Scalar, 1> variables;  ///< d

  [[nodiscard]] double value_of(const Expression& expression, std::span<const double> x) const noexcept {
    return expression.evaluate(variables, x).as_real();
  }
};

/// f(x) = the objective; violation = the sum of the constraints' values that are positive, NaN when one is NaN.
void evaluate(const void* data, const In<double>& position, Rows rows, double* violations, double* values) noexcept {
  const auto& compiled = *static_cast<const Compiled*>(data);
  for (std::size_t i = 0; i < rows.count(); ++i) {
    const std::span x(position.row(rows.first + i), position.width());
    double violation = 0.0;
    for (const Expression& constraint : compiled.constraints) {
      const double value = compiled.value_of(constraint, x);
      if (!(value <= 0.0)) violation += value;
    }
    violations[i] = violation;
    values[i] = compiled.value_of(*compiled.objective, x);
  }
}

std::optional<ExpressionVariable> resolve(std::string_view name) {
  return name == "d" ? std::optional(ExpressionVariable{0, ScalarType::integer}) : std::nullopt;
}

/// Compiles one text; what is wrong with it is reported at its place in the text.
std::optional<Expression> compile(const Value& text, std::size_t dimension, const std::string& path,
                                  Diagnostics& diagnostics) {
  static const std::vector<std::string> names = {"d", "x"};
  ExpressionContext context;
  context.resolve = &resolve;
  context.known_names = names;
  context.where = text.where;
  if (context.where.line > 0) ++context.where.column;  // the quote
  context.path = path;
  context.vector = "x";
  context.vector_size = dimension;
  auto compiled = Expression::compile(text.text(), context, diagnostics);
  if (!compiled || compiled->type() != ScalarType::boolean) return compiled;
  diagnostics.add({"expression-type", Severity::error, context.where, path, "The expression must be a number.",
                   "a number", "a boolean", ""});
  return std::nullopt;
}

/// Nothing after errors were reported.
std::shared_ptr<const Compiled> compile_all(std::span<const Value> parameters, std::size_t dimension,
                                            Diagnostics& diagnostics) {
  auto compiled = std::make_shared<Compiled>();
  const std::size_t errors_before = diagnostics.error_count();
  compiled->variables = {Scalar(static_cast<std::int64_t>(dimension))};
  compiled->objective = compile(parameters[objective_parameter], dimension, "parameters/objective", diagnostics);
  const Value& constraints = parameters[constraints_parameter];
  const List none;
  const List& list = constraints.is_list() ? constraints.list() : none;
  if (!constraints.is_list()) {
    diagnostics.add({"wrong-type", Severity::error, constraints.where, "parameters/constraints",
                     "Parameter 'constraints' takes a list of expressions.", "a list of texts",
                     std::string(constraints.kind_name()), ""});
  }
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string path = "parameters/constraints/" + std::to_string(i);
    if (!list[i].is_text()) {
      diagnostics.add({"wrong-type", Severity::error, list[i].where, path, "A constraint is an expression.", "a text",
                       std::string(list[i].kind_name()), ""});
      continue;
    }
    if (auto constraint = compile(list[i], dimension, path, diagnostics)) compiled->constraints.push_back(*constraint);
  }
  return diagnostics.error_count() == errors_before ? compiled : nullptr;
}

std::shared_ptr<const Problem> create(const ProblemSpec& spec, std::span<const Value> parameters,
                                      Diagnostics& diagnostics) {
  RealVectorProblem description;
  description.name = spec.name;
  description.dimension = size_of(parameters[dimension_parameter]);
  description.lower = numbers_of(parameters[lower_parameter]);
  description.upper = numbers_of(parameters[upper_parameter]);
  description.sense = sense_of(parameters[sense_parameter]);
  description.constrained_tile_function = &evaluate;
  description.host_arithmetic = false;
  description.data = compile_all(parameters, description.dimension, diagnostics);
  const bool is_compiled = description.data != nullptr;
  auto problem = make_problem_of_parameters(std::move(description), diagnostics);
  return is_compiled ? problem : nullptr;
}

std::vector<ParameterSpec> parameter_specs() {
  ParameterSpec objective;
  objective.name = "objective";
  objective.type = ParameterType::text;
  objective.summary = "an expression of x[0] ... x[d - 1] and d: sum(x[i]^2)";
  ParameterSpec constraints;
  constraints.name = "constraints";
  constraints.type = ParameterType::any;
  constraints.summary = "a list of expressions that have to be <= 0";
  constraints.initial = "[]";
  return {objective, constraints, dimension_spec("2"), lower_bound_spec("-1"), upper_bound_spec("1"), sense_spec()};
}

}  // namespace

ProblemSpec expression_problem() {
  ProblemSpec spec;
  spec.name = "expression";
  spec.summary = "an objective, and constraints, that are written as expressions in the document";
  spec.source = "the author of the document";
  spec.encoding = "real_vector";
  spec.parameters = parameter_specs();
  spec.example = R"x({"objective": "sum(x[i]^2)"})x";
  spec.create = &create;
  return spec;
}

}  // namespace skein
