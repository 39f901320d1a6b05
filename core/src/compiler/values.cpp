// What a document value stands for: a name, a constant, an expression or a group of those.
#include "compiler/expansion.hpp"
#include "compiler/expressions.hpp"
#include "skein/json.hpp"

namespace skein::compiler {

/// Nothing, without a report, for a symbol about which something was reported already.
std::optional<Bound> Expansion::bound_symbol(const Symbol& symbol, const Value& value, const std::string& path) {
  Bound bound;
  bound.where = value.where;
  bound.text = value.is_text() ? value.text() : write_json(value, JsonLayout::one_line);
  bound.read_only = symbol.read_only;
  bound.as_real = symbol.as_real;
  switch (symbol.kind) {
    case Symbol::Kind::variable:
      bound.binding = PlanBinding::to_variable(symbol.index);
      break;
    case Symbol::Kind::population:
      bound.binding = PlanBinding::to_population(symbol.index);
      break;
    case Symbol::Kind::constant:
      bound.read_only = true;
      bound.constant = to_scalar(symbol.value);
      if (is_too_large(symbol.value)) {
        report_too_large(symbol.value, value.where, path);
        return std::nullopt;
      }
      if (bound.constant) bound.binding = PlanBinding::to_variable(draft_.constant(*bound.constant));
      break;
    case Symbol::Kind::frames:
      report("type-mismatch", value.where, path, "'" + bound.text + "' is a set of frames, which no port takes.",
             "a variable, column or population", "a set of frames");
      return std::nullopt;
    case Symbol::Kind::ambiguous:
    case Symbol::Kind::faulty:
      return std::nullopt;
  }
  return bound;
}

std::optional<Bound> Expansion::resolve_name(const Value& value, const Scope& scope, const std::string& path) {
  const std::string& name = value.text();
  const Symbol* symbol = scope.find(name);
  if (symbol == nullptr) {
    if (scope.graph != nullptr && scope.graph->faulty_names) return std::nullopt;  // it may stand in what was not read
    const std::string nearest = nearest_name(name, scope.known_names());
    report("unknown-variable", value.where, path,
           "There is no variable, column, port or parameter named '" + name + "'.", "", "'" + name + "'", nearest);
    return std::nullopt;
  }
  if (symbol->kind == Symbol::Kind::ambiguous) {
    report("ambiguous-name", value.where, path,
           "'" + name + "' is a column of several populations: say which one is meant.",
           "one of: " + scope.long_names(name), "'" + name + "'");
    return std::nullopt;
  }
  if (symbol->kind == Symbol::Kind::constant && !to_scalar(symbol->value)) {
    report("type-mismatch", value.where, path,
           "Parameter '" + name + "' is " + std::string(symbol->value.kind_name()) +
               "; a port takes numbers and booleans.",
           "a number or boolean", std::string(symbol->value.kind_name()));
    return std::nullopt;
  }
  return bound_symbol(*symbol, value, path);
}

std::optional<Bound> Expansion::resolve_expression(const Value& value, const Scope& scope, const std::string& path) {
  std::vector<std::size_t> inputs;
  bool all_constant = true;
  bool too_large = false;
  const ConstantNames constants = constant_names(draft_, scope);
  ExpressionContext context;
  context.resolve = [&](std::string_view name) -> std::optional<ExpressionVariable> {
    std::size_t variable = no_index;
    if (const Value* constant = constants.find(name)) {
      const auto scalar = to_scalar(*constant);
      if (!scalar) return std::nullopt;
      too_large = too_large || is_too_large(*constant);
      variable = draft_.constant(*scalar);
    } else if (const Symbol* symbol = scope.find(name); symbol != nullptr && symbol->kind == Symbol::Kind::variable) {
      variable = symbol->index;
      all_constant = false;
    }
    if (variable == no_index || draft_.facts[variable].column) return std::nullopt;
    const auto type = scalar_type(draft_.facts[variable].type);
    if (!type) return std::nullopt;
    inputs.push_back(variable);
    return ExpressionVariable{inputs.size() - 1, *type};
  };
  const std::vector<std::string> known = scope.known_names();
  context.known_names = known;
  context.path = path;
  const auto explain = [&](std::string_view name) { return explain_name(draft_, scope, name, false); };
  const std::optional<Expression> expression = compile_expression(value, context, explain, diagnostics_);
  if (!expression) return std::nullopt;
  for (const std::size_t input : inputs) {
    if (!check_in_reach(input, value.where, path)) return std::nullopt;
  }
  if (!all_constant && too_large) {
    report("out-of-range", value.where, path,
           "A parameter in this expression is an integer too large to be kept exactly.",
           "integers from -9007199254740992 to 9007199254740992", value.text());
    return std::nullopt;
  }

  if (all_constant) {
    const auto result = evaluate_constant(value, constants, path, diagnostics_);
    if (!result) return std::nullopt;
    return bound_symbol(Symbol{Symbol::Kind::constant, *result, no_index, true, value.where}, value, path);
  }
  return computed_value(value, *expression, std::move(inputs), path);
}

/// A hidden global, and the step that computes it here.
Bound Expansion::computed_value(const Value& value, const Expression& expression, std::vector<std::size_t> inputs,
                                const std::string& path) {
  Bound bound;
  bound.read_only = true;
  bound.where = value.where;
  bound.text = value.text();
  const std::string type(type_name(expression.type()));
  VariableFacts facts;
  facts.where = value.where;
  const std::size_t target =
      draft_.add_variable(path + " " + value.text() + " #" + std::to_string(draft_.plan.steps.size()),
                          {type, no_population, {}}, no_population, facts);
  PlanStep step;
  step.kind = PlanStep::Kind::compute;
  step.path = path;
  step.expression = expression;
  step.expression_inputs = std::move(inputs);
  step.target = target;
  draft_.add_step(std::move(step), value.where);
  bound.binding = PlanBinding::to_variable(target);
  bound.computed = true;
  return bound;
}

std::optional<Bound> Expansion::resolve(const Value& value, const Scope& scope, const std::string& path) {
  if (is_expression(value)) return resolve_expression(value, scope, path);
  if (value.is_text()) return resolve_name(value, scope, path);
  if (const auto scalar = to_scalar(value)) {
    return bound_symbol(Symbol{Symbol::Kind::constant, value, no_index, true, value.where}, value, path);
  }
  if (!value.is_list()) {
    report("wrong-type", value.where, path,
           "A port is bound to a name, a number, a boolean, an expression or a list of them.",
           "a name, number, boolean, expression or list", std::string(value.kind_name()));
    return std::nullopt;
  }
  Bound group;
  group.where = value.where;
  group.text = write_json(value, JsonLayout::one_line);
  group.binding.kind = PlanBinding::Kind::group;
  bool complete = true;
  for (const Value& element : value.list()) {
    const auto member = element.is_list() ? std::nullopt : resolve(element, scope, path);
    if (element.is_list()) {
      report("wrong-type", element.where, path,
             "A group of a variadic port holds names, numbers and expressions, no lists.");
    }
    complete = complete && member.has_value();
    if (!member) continue;
    group.read_only = group.read_only || member->read_only;
    group.members.push_back(*member);
  }
  return complete ? std::optional(group) : std::nullopt;
}

}  // namespace skein::compiler
