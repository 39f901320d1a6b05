#include <algorithm>
#include <optional>

#include "compiler/expansion.hpp"
#include "compiler/parameters.hpp"
#include "skein/random.hpp"

namespace skein::compiler {

namespace {

std::optional<TypeName> written_type(std::string_view text) { return parse_type(text); }

/// Whether an operator's port may stand for a role's port of this direction.
bool direction_fits(Direction role, Direction port) { return role == Direction::inout || role == port; }

std::vector<std::size_t> variables_of(const PlanBinding& binding) {
  if (binding.kind == PlanBinding::Kind::variable) return {binding.index};
  std::vector<std::size_t> variables;
  for (const PlanBinding& member : binding.members) variables.push_back(member.index);
  return variables;
}

bool has_role(const OperatorTable& table, std::string_view role) {
  return std::ranges::find(table.roles, role) != table.roles.end();
}

}  // namespace

std::vector<PortRequest> port_requests(const OperatorTable& table) {
  std::vector<PortRequest> ports;
  for (const PortSpec& spec : table.ports) {
    if (spec.kind != PortKind::bound) continue;
    PortRequest port{std::string(spec.name), spec.direction, written_type(spec.type).value_or(TypeName{}), spec.optional,
                     spec.broadcast, spec.variadic, std::nullopt};
    if (!spec.initial.empty()) port.initial = declared_value(ParameterType::any, spec.initial);
    ports.push_back(std::move(port));
  }
  return ports;
}

void Expansion::emit_operator(const Site& site, const OperatorTable& table, std::shared_ptr<const void> keeps_alive) {
  const std::vector<PortRequest> ports = port_requests(table);
  const std::string owner = "operator '" + std::string(table.name) + "'";
  check_port_names(ports, site, owner);
  if (site.role != nullptr && !check_role(site, ports, "Operator '" + std::string(table.name) + "'")) return;

  PlanStep step;
  step.path = site.path;
  step.table = &table;
  step.keeps_table_alive = std::move(keeps_alive);
  step.kind = table.kind == OperatorKind::row        ? PlanStep::Kind::row
              : table.kind == OperatorKind::reducing ? PlanStep::Kind::reducing
                                                     : PlanStep::Kind::whole;
  TypeMatch types(draft_);
  const bool bound = bind_operator_ports(site, table, step, types);
  const bool prepared = prepare(site, table, step, types);
  if (!bound || !prepared || !check_conflicts(site, table, step) || !add_own_ports(site, table, step, types)) return;
  step.population = types.rows();
  if (table.kind != OperatorKind::step && step.population == no_population) {
    report("shape-mismatch", site.where, site.path,
           "Operator '" + std::string(table.name) + "' works on the rows of a population, but none of its ports is bound to a column.",
           "at least one column", "only globals");
    return;
  }
  name_streams(site, table, step);
  step.counts_evaluations = has_role(table, "evaluator");
  if (step.counts_evaluations) {
    const auto fitness = std::ranges::find(table.ports, "fitness", &PortSpec::name);
    if (fitness != table.ports.end()) step.fitness_port = static_cast<std::size_t>(fitness - table.ports.begin());
  }
  draft_.add_step(std::move(step), site.where);
}

bool Expansion::check_role(const Site& site, const std::vector<PortRequest>& ports, const std::string& name) {
  std::string missing;
  std::string wrong;
  for (const RolePort& required : site.role->ports) {
    const auto port = std::ranges::find(ports, required.name, &PortRequest::name);
    if (port == ports.end()) {
      if (required.required) missing += (missing.empty() ? "" : ", ") + required.name;
    } else if (!direction_fits(required.direction, port->direction)) {
      wrong += (wrong.empty() ? "" : ", ") + required.name;
    }
  }
  if (missing.empty() && wrong.empty()) return true;
  std::vector<std::string> fitting;
  for (const auto& entry : draft_.registry.operators()) {
    if (has_role(*entry.content, site.role->name)) fitting.push_back(entry.name);
  }
  std::string names;
  for (const std::string& fit : fitting) names += (names.empty() ? "" : ", ") + fit;
  report("role-not-fulfilled", site.where, site.path,
         name + " does not fulfil the role '" + site.role->name + "'.",
         (missing.empty() ? "" : "the ports " + missing) + (wrong.empty() ? "" : " other directions of " + wrong),
         "", names);
  return false;
}

bool Expansion::bind_operator_ports(const Site& site, const OperatorTable& table, PlanStep& step, TypeMatch& types) {
  const std::vector<PortRequest> requests = port_requests(table);
  step.ports.resize(table.ports.size());
  bool complete = true;
  std::size_t next = 0;
  for (std::size_t i = 0; i < table.ports.size(); ++i) {
    if (table.ports[i].kind != PortKind::bound) continue;
    const PortRequest& request = requests[next++];
    auto bound = bind_port(request, site);
    if (!bound || !check_bound(request, *bound, site, types)) {
      complete = false;
      continue;
    }
    step.ports[i] = bound->binding;
  }
  return complete;
}

/// Two writes to one variable, or a gather from a column that the same step writes, have no defined result.
bool Expansion::check_conflicts(const Site& site, const OperatorTable& table, const PlanStep& step) {
  bool fine = true;
  for (std::size_t i = 0; i < step.ports.size(); ++i) {
    if (table.ports[i].direction == Direction::in || table.ports[i].kind != PortKind::bound) continue;
    for (const std::size_t written : variables_of(step.ports[i])) {
      for (std::size_t j = 0; j < step.ports.size(); ++j) {
        const PortSpec& other = table.ports[j];
        if (j == i || other.kind != PortKind::bound) continue;
        const bool also_writes = other.direction != Direction::in && i < j;
        const bool gathers = table.kind == OperatorKind::row && other.direction == Direction::in && other.access != Access::own;
        const auto variables = variables_of(step.ports[j]);
        if ((!also_writes && !gathers) || std::ranges::find(variables, written) == variables.end()) continue;
        report("access-mismatch", site.where, site.path,
               "Ports '" + std::string(table.ports[i].name) + "' and '" + std::string(other.name) + "' of operator '" +
                   std::string(table.name) + "' must not be bound to the same variable: " +
                   (also_writes ? "both write it." : "one writes rows while the other reads any row."),
               "two variables", "'" + draft_.plan.variables[written].name + "' twice");
        fine = false;
      }
    }
  }
  return fine;
}

bool Expansion::add_own_ports(const Site& site, const OperatorTable& table, PlanStep& step, const TypeMatch& types) {
  for (std::size_t i = 0; i < table.ports.size(); ++i) {
    const PortSpec& spec = table.ports[i];
    if (spec.kind == PortKind::bound) continue;
    const TypeName type = substitute_solution(written_type(spec.type).value_or(TypeName{}));
    const auto cell = types.resolve(type);
    if (!cell) {
      report("shape-mismatch", site.where, site.path,
             "The size of '" + std::string(spec.name) + "' of operator '" + std::string(table.name) +
                 "' does not follow from what its ports are bound to.", std::string(spec.type));
      return false;
    }
    if (spec.kind == PortKind::scratch) {
      step.ports[i].kind = PlanBinding::Kind::scratch;
      step.ports[i].scratch_parts = draft_.parts(*cell);
      continue;
    }
    const std::string name = site.path + "/@" + std::string(spec.name);
    const auto [place, fresh] = own_variables_.try_emplace(name, no_index);
    if (fresh) {
      VariableFacts facts;
      facts.has_initial = true;
      facts.where = site.where;
      std::vector<double> initial;
      const auto scalar = to_scalar(declared_value(ParameterType::any, spec.initial));
      if (scalar) initial = {scalar->as_real()};
      place->second = draft_.add_variable(name, *cell, type.is_column() ? types.rows() : no_population, facts, initial);
    }
    step.ports[i] = PlanBinding::to_variable(place->second);
  }
  return true;
}

bool Expansion::prepare(const Site& site, const OperatorTable& table, PlanStep& step, const TypeMatch& types) {
  static const Object none;
  const auto rules = parameter_rules(table.parameters);
  const auto values = resolve_parameters(rules, site.component == nullptr ? none : site.component->parameters,
                                         constant_names(*site.origin),
                                         {"operator '" + std::string(table.name) + "'", site.path, site.where},
                                         diagnostics_);
  if (!values) return false;
  if (table.prepare == nullptr) return true;
  const std::vector<AxisSize> axes = types.axes();
  PrepareInput input;
  input.user = table.user;
  input.parameters = *values;
  input.axes = axes;
  input.path = site.path;
  Diagnostics found;
  void* prepared = table.prepare(input, found);
  for (Diagnostic diagnostic : found.items()) {
    if (diagnostic.where.line == 0) diagnostic.where = site.where;
    if (diagnostic.path.empty()) diagnostic.path = site.path;
    diagnostics_.add(std::move(diagnostic));
  }
  if (prepared == nullptr) return !found.has_errors();
  auto* destroy = table.destroy_prepared;
  step.prepared = std::shared_ptr<const void>(prepared, [destroy](void* data) {
    if (destroy != nullptr) destroy(data);
  });
  return true;
}

void Expansion::check_stream_names(const Site& site, const OperatorTable& table) {
  if (site.component == nullptr) return;
  std::vector<std::string> known;
  for (const StreamSpec& spec : table.streams) known.emplace_back(spec.name);
  for (const auto& [stream, pin] : site.component->streams) {
    if (std::ranges::find(known, stream) != known.end()) continue;
    report("unknown-stream", site.where, site.path + "/streams/" + stream,
           "There is no random stream '" + stream + "' of operator '" + std::string(table.name) + "'.",
           known.empty() ? "no streams" : "", "'" + stream + "'", nearest_name(stream, known));
  }
}

void Expansion::name_streams(const Site& site, const OperatorTable& table, PlanStep& step) {
  check_stream_names(site, table);
  if (table.streams.empty()) return;
  const std::size_t occurrence = ++occurrences_[site.path];
  for (const StreamSpec& spec : table.streams) {
    std::string name = site.path + (occurrence > 1 ? "#" + std::to_string(occurrence) : "");
    if (!spec.name.empty()) name += "/" + std::string(spec.name);
    if (site.component != nullptr) {
      const auto& pinned = site.component->streams;
      const auto pin = std::ranges::find(pinned, spec.name, &std::pair<std::string, std::string>::first);
      if (pin != pinned.end()) name = pin->second;
    }
    const auto known = std::ranges::find(draft_.plan.streams, name, &PlanStream::name);
    step.streams.push_back(static_cast<std::size_t>(known - draft_.plan.streams.begin()));
    if (known == draft_.plan.streams.end()) draft_.plan.streams.push_back({name, hash_name(name)});
  }
}

}  // namespace skein::compiler
