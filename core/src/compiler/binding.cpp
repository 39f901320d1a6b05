#include <algorithm>
#include <utility>

#include "compiler/expansion.hpp"
#include "compiler/expressions.hpp"
#include "documents/joined.hpp"

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

/// Whether a name may be a column of a population that a graph gets from outside, in which case only the outside knows.
bool may_be_outside(const Value& value, const TypeName& type, const Scope& scope) {
  if (!scope.open_populations || !type.is_column() || !value.is_text() || is_expression(value)) return false;
  return scope.find(value.text()) == nullptr && nearest_name(value.text(), scope.known_names()).empty();
}

/// Whether a population of the scope was reported as wrong: any name might have been one of its columns.
bool hides_columns(const Scope& scope) {
  if (scope.graph->faulty_names) return true;
  const auto is_faulty = [&](const std::string& name) {
    const Symbol* symbol = scope.find(name);
    return symbol != nullptr && symbol->kind == Symbol::Kind::faulty;
  };
  return std::ranges::any_of(scope.graph->populations, [&](const GraphPopulation& p) { return is_faulty(p.name); }) ||
         std::ranges::any_of(scope.graph->ports, [&](const GraphPort& port) {
           return port.type.element == "population" && is_faulty(port.name);
         });
}

}  // namespace

/// In this order: the component's own text; the slot's node; the role's port in the slot's graph; the same name; a
/// default, which is written in the scope `defaults`; nothing for an optional port.
std::optional<Bound> Expansion::bind_port(const PortRequest& port, const Site& site, const Scope& defaults) {
  const std::string path = site.path + "/" + std::string(key_of(port.direction)) + "/" + port.name;
  if (site.component != nullptr) {
    if (const PortBinding* own = find_binding(site.component->bindings, port.name)) {
      if (!check_direction(*own, port.direction, path)) return std::nullopt;
      if (may_be_outside(own->value, port.type, *site.origin)) return std::nullopt;
      return resolve(own->value, *site.origin, path);
    }
  }
  if (site.slot_bindings != nullptr) {
    const PortBinding* of_slot = find_binding(*site.slot_bindings, port.name);
    if (of_slot != nullptr && offers_port(site.role, port.name)) return resolve(of_slot->value, *site.home, path);
  }
  if (same_name(port, site) != nullptr) {
    Value name(port.name);
    name.where = site.where;
    return resolve_name(name, *site.home, path);
  }
  if (port.initial) return bind_default(port, site, defaults, path);
  if (port.optional) return Bound{.where = site.where};
  if (is_faulty(site) || is_meant_by_unknown(port.name, site) || hides_columns(*site.home)) return std::nullopt;
  if (site.home->open_populations && port.type.is_column()) return std::nullopt;
  const bool by_role_only = site.role != nullptr && !offers_port(site.role, port.name);
  const std::vector<std::string> known = by_role_only ? site.home->published->known_names() : site.home->known_names();
  report("unbound-port", site.where, path,
         by_role_only ? "Port '" + port.name + "' of '" + site.path + "' is not bound: neither the role '" +
                            site.role->name + "' nor the problem offers it. Bind it where the slot is filled."
                      : "Port '" + port.name + "' of '" + site.path +
                            "' is not bound, and there is nothing of that name here to bind it to.",
         to_text(port.type), "nothing", nearest_name(port.name, known));
  return std::nullopt;
}

/// Whether a port that does not exist, which was reported, is probably a misspelling of this one.
bool Expansion::is_meant_by_unknown(const std::string& port, const Site& site) const {
  const auto unknown = unknown_ports_.find(site.path);
  if (unknown == unknown_ports_.end()) return false;
  const std::vector<std::string> name = {port};
  return std::ranges::any_of(unknown->second,
                             [&](const std::string& other) { return !nearest_name(other, name).empty(); });
}

/// What a port binds to by its name. What fills a slot sees the ports of its role in the graph around the slot; other
/// names of that graph are private to it.
const Symbol* Expansion::same_name(const PortRequest& port, const Site& site) const {
  const bool by_role = offers_port(site.role, port.name);
  if (by_role) return site.home->find(port.name);
  if (port.optional || port.initial) return nullptr;
  return site.role == nullptr ? site.home->find(port.name) : site.home->published->find(port.name);
}

/// A default that is declared in C++ has no place of its own.
std::optional<Bound> Expansion::bind_default(const PortRequest& port, const Site& site, const Scope& defaults,
                                             const std::string& path) {
  if (port.initial->where.is_known()) return resolve(*port.initial, defaults, path);
  Diagnostics before = std::exchange(diagnostics_, {});
  const std::size_t first_step = draft_.plan.steps.size();
  auto bound = resolve(*port.initial, defaults, path);
  for (Diagnostic diagnostic : diagnostics_.items()) {
    if (!diagnostic.where.is_known()) diagnostic.where = site.where;
    before.add(std::move(diagnostic));
  }
  diagnostics_ = std::move(before);
  for (std::size_t step = first_step; step < draft_.plan.steps.size(); ++step)
    draft_.step_facts[step].where = site.where;
  if (bound) bound->where = site.where;
  return bound;
}

bool Expansion::check_direction(const PortBinding& binding, Direction direction, const std::string& path) {
  if (binding.direction == direction) return true;
  const std::string written(key_of(binding.direction));
  const std::string right(key_of(direction));
  report("access-mismatch", binding.where, path,
         "Port '" + binding.port + "' is bound under '" + written + "', but it stands under '" + right + "'.", right,
         written);
  return false;
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
  if (bound.binding.kind == PlanBinding::Kind::none) return true;  // an optional port stays open
  if (!check_frames(port, bound, path)) return false;
  if (!check_kind(port, bound, path)) return false;
  if (bound.read_only && port.direction != Direction::in) {
    report("access-mismatch", bound.where, path,
           "Port '" + port.name + "' writes, but '" + bound.text + "' can only be read here.",
           "something that can be written", bound.text);
    return false;
  }
  if (bound.binding.kind == PlanBinding::Kind::population) {
    types.bind_population(port.type, bound.binding.index);
    return true;
  }
  const TypeName type = substitute_solution(port.type);
  const Broadcast broadcast = !port.broadcast                   ? Broadcast::none
                              : port.direction == Direction::in ? Broadcast::operand
                                                                : Broadcast::target;
  const auto check_one = [&](Bound& one) {
    take_integer_as_real(type, one);
    const PortUse use{broadcast, port.direction != Direction::in, one.as_real};
    const auto wrong = types.bind_variable(type, use, one.binding.index);
    if (!wrong) return true;
    report(wrong->code, one.where, path, "Port '" + port.name + "' " + wrong->message + ".", wrong->expected,
           wrong->found, suggested_fillers(site));
    return false;
  };
  if (!port.variadic) return check_one(bound);
  if (!std::ranges::all_of(bound.members, check_one)) return false;
  for (const Bound& member : bound.members) bound.binding.members.push_back(member.binding);
  return true;
}

/// One variable, one population or a list of variables, as the port asks for.
bool Expansion::check_kind(const PortRequest& port, const Bound& bound, const std::string& path) {
  if (port.variadic != (bound.binding.kind == PlanBinding::Kind::group)) {
    report("type-mismatch", bound.where, path,
           "Port '" + port.name + (port.variadic ? "' takes a list of names." : "' takes one name, not a list."),
           port.variadic ? "a list" : "one name", bound.text);
    return false;
  }
  const bool wants_population = port.type.element == "population";
  const auto fits = [&](const Bound& one) {
    if (wants_population == (one.binding.kind == PlanBinding::Kind::population)) return true;
    report(
        "type-mismatch", one.where, path,
        "Port '" + port.name + (wants_population ? "' takes a population." : "' takes a variable, not a population."),
        to_text(port.type), "'" + one.text + "'");
    return false;
  };
  return port.variadic ? std::ranges::all_of(bound.members, fits) : fits(bound);
}

void Expansion::check_port_names(const std::vector<PortRequest>& ports, const Site& site, const std::string& owner) {
  std::vector<std::string> names;
  for (const PortRequest& port : ports) names.push_back(port.name);
  const auto check = [&](const std::vector<PortBinding>& bindings, const std::vector<std::string>& valid,
                         const std::string& of) {
    for (const PortBinding& binding : bindings) {
      if (std::ranges::find(valid, binding.port) != valid.end()) continue;
      unknown_ports_[site.path].push_back(binding.port);
      report("unknown-port", binding.where,
             site.path + "/" + std::string(key_of(binding.direction)) + "/" + binding.port,
             "There is no port '" + binding.port + "' of " + of + ".", joined(valid), "'" + binding.port + "'",
             nearest_name(binding.port, valid));
    }
  };
  if (site.component != nullptr) check(site.component->bindings, names, owner);
  if (site.slot_bindings == nullptr || site.role == nullptr) return;
  std::vector<std::string> role_ports;
  for (const RolePort& port : site.role->ports) role_ports.push_back(port.name);
  check(*site.slot_bindings, role_ports, "role '" + site.role->name + "'");
  for (const PortBinding& binding : *site.slot_bindings) {
    const auto port = std::ranges::find(site.role->ports, binding.port, &RolePort::name);
    if (port == site.role->ports.end()) continue;
    const std::string path = site.path + "/" + std::string(key_of(binding.direction)) + "/" + binding.port;
    static_cast<void>(check_direction(binding, port->direction, path));
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
