#include <algorithm>

#include "compiler/expansion.hpp"
#include "compiler/expressions.hpp"
#include "documents/json_writer.hpp"

namespace skein::compiler {

namespace {

std::string_view key_of(Direction direction) {
  switch (direction) {
    case Direction::in:
      return "in";
    case Direction::out:
      return "out";
    case Direction::inout:
      break;
  }
  return "inout";
}

const PortBinding* find_binding(const std::vector<PortBinding>& bindings, const std::string& port) {
  const auto found = std::ranges::find(bindings, port, &PortBinding::port);
  return found == bindings.end() ? nullptr : &*found;
}

bool offers_port(const RoleSpec* role, const std::string& port) {
  return role != nullptr && std::ranges::find(role->ports, port, &RolePort::name) != role->ports.end();
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace

Bound Expansion::bound_symbol(const Symbol& symbol, const Value& value) {
  Bound bound;
  bound.where = value.where;
  bound.text = value.is_text() ? value.text() : write_json(value, JsonLayout::one_line);
  bound.read_only = symbol.read_only;
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
      if (bound.constant) bound.binding = PlanBinding::to_variable(draft_.constant(*bound.constant));
      break;
    case Symbol::Kind::unbound:
      break;
  }
  return bound;
}

std::optional<Bound> Expansion::resolve_name(const Value& value, const Scope& scope, const std::string& path) {
  const std::string& name = value.text();
  const Symbol* symbol = scope.find(name);
  if (symbol == nullptr) {
    report("unknown-variable", value.where, path, "There is no variable, column, port or parameter named '" + name + "'.",
           "", "'" + name + "'", nearest_name(name, scope.known_names()));
    return std::nullopt;
  }
  if (symbol->kind == Symbol::Kind::constant && !to_scalar(symbol->value)) {
    report("type-mismatch", value.where, path,
           "Parameter '" + name + "' is " + std::string(symbol->value.kind_name()) + "; a port takes numbers and booleans.",
           "a number or boolean", std::string(symbol->value.kind_name()));
    return std::nullopt;
  }
  return bound_symbol(*symbol, value);
}

std::optional<Bound> Expansion::resolve_expression(const Value& value, const Scope& scope, const std::string& path) {
  const auto [text, where] = expression_text(value);
  std::vector<std::size_t> inputs;
  bool all_constant = true;
  const ConstantNames constants = constant_names(scope);
  ExpressionContext context;
  context.resolve = [&](std::string_view name) -> std::optional<ExpressionVariable> {
    std::size_t variable = no_index;
    if (const Value* constant = constants.find(name)) {
      const auto scalar = to_scalar(*constant);
      if (!scalar) return std::nullopt;
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
  context.where = where;
  context.path = path;
  const std::optional<Expression> expression = Expression::compile(text, context, diagnostics_);
  if (!expression) return std::nullopt;

  Bound bound;
  bound.read_only = true;
  bound.where = value.where;
  bound.text = value.text();
  if (all_constant) {
    const auto result = evaluate_constant(value, constants, path, diagnostics_);
    if (!result) return std::nullopt;
    bound.constant = to_scalar(*result);
    bound.binding = PlanBinding::to_variable(draft_.constant(*bound.constant));
    return bound;
  }
  const std::string type(type_name(expression->type()));
  VariableFacts facts;
  facts.where = value.where;
  const std::size_t target = draft_.add_variable(path + " " + value.text() + " #" + std::to_string(draft_.plan.steps.size()),
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
    return bound_symbol(Symbol{Symbol::Kind::constant, value, no_index, true, value.where}, value);
  }
  if (!value.is_list()) {
    report("wrong-type", value.where, path, "A port is bound to a name, a number, a boolean, an expression or a list of them.",
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
      report("wrong-type", element.where, path, "A group of a variadic port holds names, numbers and expressions, no lists.");
    }
    complete = complete && member.has_value();
    if (!member) continue;
    group.read_only = group.read_only || member->read_only;
    group.members.push_back(*member);
  }
  return complete ? std::optional(group) : std::nullopt;
}

/// In this order: the component's own text; the slot's node; the role's port in the slot's graph; the same name; a
/// default; nothing for an optional port.
std::optional<Bound> Expansion::bind_port(const PortRequest& port, const Site& site) {
  const std::string path = site.path + "/" + std::string(key_of(port.direction)) + "/" + port.name;
  if (site.component != nullptr) {
    if (const PortBinding* own = find_binding(site.component->bindings, port.name)) {
      if (own->direction != port.direction) {
        report("access-mismatch", own->where, path,
               "Port '" + port.name + "' is bound under '" + std::string(key_of(own->direction)) + "', but it is an " +
                   std::string(key_of(port.direction)) + "-port.",
               std::string(key_of(port.direction)), std::string(key_of(own->direction)));
        return std::nullopt;
      }
      return resolve(own->value, *site.origin, path);
    }
  }
  if (site.slot_bindings != nullptr) {
    if (const PortBinding* of_slot = find_binding(*site.slot_bindings, port.name)) {
      return resolve(of_slot->value, *site.home, path);
    }
  }
  const bool by_role = offers_port(site.role, port.name);
  const bool required = !port.optional && !port.initial;
  Value name(port.name);
  name.where = site.where;
  if (by_role || required) {
    const Symbol* symbol = site.home->find(port.name);
    const bool visible = symbol != nullptr && symbol->kind != Symbol::Kind::unbound;
    if (visible) return resolve_name(name, *site.home, path);
  }
  if (port.initial) {
    Value initial = *port.initial;
    if (initial.where.line == 0) initial.where = site.where;
    return resolve(initial, *site.home, path);
  }
  if (port.optional) return Bound{.where = site.where};
  report("unbound-port", site.where, path,
         "Port '" + port.name + "' of '" + site.path + "' is not bound, and there is nothing of that name here to bind it to.",
         to_text(port.type), "nothing", nearest_name(port.name, site.home->known_names()));
  return std::nullopt;
}

/// An integer is taken for a real where a port asks for one, as long as it is a constant or computed for this port.
void Expansion::take_integer_as_real(const TypeName& type, Bound& bound) {
  if (type.element != "real") return;
  if (bound.constant && bound.constant->type() == ScalarType::integer) {
    bound.constant = Scalar(bound.constant->as_real());
    bound.binding = PlanBinding::to_variable(draft_.constant(*bound.constant));
  }
  if (bound.computed && draft_.facts[bound.binding.index].type.element == "integer") {
    draft_.facts[bound.binding.index].type.element = "real";
    draft_.plan.variables[bound.binding.index].parts = {Part{}};
  }
}

bool Expansion::check_bound(const PortRequest& port, Bound& bound, const Site& site, TypeMatch& types) {
  const std::string path = site.path + "/" + std::string(key_of(port.direction)) + "/" + port.name;
  if (bound.binding.kind == PlanBinding::Kind::none) {
    if (port.optional) return true;
    report("unbound-port", bound.where, path, "Port '" + port.name + "' is bound to '" + bound.text + "', which is open here.",
           to_text(port.type), "nothing");
    return false;
  }
  if (port.variadic != (bound.binding.kind == PlanBinding::Kind::group)) {
    report("type-mismatch", bound.where, path,
           port.variadic ? "Port '" + port.name + "' takes a list of names." : "Port '" + port.name + "' takes one name, not a list.",
           port.variadic ? "a list" : "one name", bound.text);
    return false;
  }
  if (bound.read_only && port.direction != Direction::in) {
    report("access-mismatch", bound.where, path,
           "Port '" + port.name + "' writes, but '" + bound.text + "' can only be read here.", "something that can be written",
           bound.text);
    return false;
  }
  const bool wants_population = port.type.element == "population";
  const bool is_population = bound.binding.kind == PlanBinding::Kind::population;
  if (wants_population != is_population) {
    report("type-mismatch", bound.where, path,
           wants_population ? "Port '" + port.name + "' takes a population." : "Port '" + port.name + "' takes a variable, not a population.",
           to_text(port.type), "'" + bound.text + "'");
    return false;
  }
  if (is_population) {
    types.bind_population(port.type, bound.binding.index);
    return true;
  }
  const TypeName type = substitute_solution(port.type);
  const auto check_one = [&](Bound& one) {
    take_integer_as_real(type, one);
    const auto wrong = types.bind_variable(type, port.broadcast, one.binding.index);
    if (!wrong) return true;
    report(wrong->code, one.where, path, "Port '" + port.name + "' " + wrong->message + ".", wrong->expected, wrong->found);
    return false;
  };
  if (!port.variadic) return check_one(bound);
  if (!std::ranges::all_of(bound.members, check_one)) return false;
  for (const Bound& member : bound.members) bound.binding.members.push_back(member.binding);
  return true;
}

void Expansion::check_port_names(const std::vector<PortRequest>& ports, const Site& site, const std::string& owner) {
  std::vector<std::string> names;
  for (const PortRequest& port : ports) names.push_back(port.name);
  const auto check = [&](const std::vector<PortBinding>& bindings, const std::vector<std::string>& valid,
                         const std::string& of) {
    for (const PortBinding& binding : bindings) {
      if (std::ranges::find(valid, binding.port) != valid.end()) continue;
      report("unknown-port", binding.where, site.path + "/" + std::string(key_of(binding.direction)) + "/" + binding.port,
             "There is no port '" + binding.port + "' of " + of + ".", joined(valid), "'" + binding.port + "'",
             nearest_name(binding.port, valid));
    }
  };
  if (site.component != nullptr) check(site.component->bindings, names, owner);
  if (site.slot_bindings != nullptr && site.role != nullptr) {
    std::vector<std::string> role_ports;
    for (const RolePort& port : site.role->ports) role_ports.push_back(port.name);
    check(*site.slot_bindings, role_ports, "role '" + site.role->name + "'");
  }
}

TypeName Expansion::substitute_solution(TypeName type) const {
  if (type.element != "solution") return type;
  const std::optional<TypeName> solution = parse_type(draft_.encoding.solution);
  if (!solution) return type;
  type.element = solution->element;
  type.argument = solution->argument;
  for (const std::string& axis : solution->axes) {
    type.axes.push_back(axis == "d" ? std::to_string(draft_.problem.dimension) : axis);
  }
  return type;
}

void Expansion::report(std::string code, const SourceLocation& where, std::string path, std::string message,
                       std::string expected, std::string found, std::string suggestion) {
  diagnostics_.add({std::move(code), Severity::error, where, std::move(path), std::move(message), std::move(expected),
                    std::move(found), std::move(suggestion)});
}

}  // namespace skein::compiler
