#include <algorithm>
#include <exception>
#include <optional>

#include "compiler/expansion.hpp"
#include "compiler/parameters.hpp"
#include "documents/joined.hpp"
#include "skein/random.hpp"

namespace skein::compiler {

namespace {

std::optional<TypeName> written_type(std::string_view text) { return parse_type(text); }

std::string direction_text(Direction direction) {
  return direction == Direction::in ? "in-port" : direction == Direction::out ? "out-port" : "inout-port";
}

/// Whether an operator's port may stand for a role's port of this direction.
bool direction_fits(Direction role, Direction port) { return role == Direction::inout || role == port; }

std::vector<const PlanBinding*> flat(const PlanBinding& binding) {
  if (binding.kind == PlanBinding::Kind::none) return {};
  if (binding.kind != PlanBinding::Kind::group) return {&binding};
  std::vector<const PlanBinding*> members;
  for (const PlanBinding& member : binding.members) members.push_back(&member);
  return members;
}

/// What stands behind both ports; for one and the same port, what stands in it twice.
std::vector<const PlanBinding*> shared_bindings(const PlanBinding& first, const PlanBinding& second, bool same_port) {
  std::vector<const PlanBinding*> shared;
  const auto left = flat(first);
  const auto right = flat(second);
  for (std::size_t i = 0; i < left.size(); ++i) {
    for (std::size_t j = same_port ? i + 1 : 0; j < right.size(); ++j) {
      if (left[i]->kind == right[j]->kind && left[i]->index == right[j]->index) shared.push_back(left[i]);
    }
  }
  return shared;
}

bool has_role(const OperatorTable& table, std::string_view role) {
  return std::ranges::find(table.roles, role) != table.roles.end();
}

}  // namespace

std::vector<PortRequest> port_requests(const OperatorTable& table) {
  std::vector<PortRequest> ports;
  for (const PortSpec& spec : table.ports) {
    if (spec.kind != PortKind::bound) continue;
    PortRequest port{std::string(spec.name), spec.direction, written_type(spec.type).value_or(TypeName{}),
                     spec.optional,          spec.broadcast, spec.variadic,
                     std::nullopt,           false};
    port.takes_frames = spec.variadic && table.kind == OperatorKind::step;
    if (!spec.initial.empty()) port.initial = declared_value(ParameterType::any, spec.initial);
    ports.push_back(std::move(port));
  }
  return ports;
}

void Expansion::emit_operator(const Site& site, const OperatorTable& table, std::shared_ptr<const void> keeps_alive) {
  auto step = operator_step(site, table);
  if (!step) return leave_out(site, port_requests(table));
  step->keeps_table_alive = std::move(keeps_alive);
  draft_.add_step(*std::move(step), site.where);
}

std::optional<PlanStep> Expansion::operator_step(const Site& site, const OperatorTable& table) {
  const std::vector<PortRequest> ports = port_requests(table);
  const std::string owner = "operator '" + std::string(table.name) + "'";
  check_revision(site, owner, table.revision);
  check_port_names(ports, site, owner);
  check_stream_names(site, table);
  if (site.role != nullptr && !check_role(site, ports, "Operator '" + std::string(table.name) + "'")) {
    return std::nullopt;
  }

  PlanStep step;
  step.path = site.path;
  step.table = &table;
  step.kind = table.kind == OperatorKind::row        ? PlanStep::Kind::row
              : table.kind == OperatorKind::reducing ? PlanStep::Kind::reducing
                                                     : PlanStep::Kind::whole;
  TypeMatch types(draft_);
  const bool bound = bind_operator_ports(site, table, step, types);
  const auto parameters = operator_parameters(site, table);
  if (!bound || !check_conflicts(site, table, step) || !parameters) return std::nullopt;
  if (!prepare(site, table, *parameters, step, types) || !add_own_ports(site, table, step, types)) {
    return std::nullopt;
  }
  step.population = types.rows();
  if (table.kind != OperatorKind::step && step.population == no_population) {
    report("shape-mismatch", site.where, site.path,
           "Operator '" + std::string(table.name) +
               "' works on the rows of a population, but none of its ports is bound to a column.",
           "at least one column", "only globals");
    return std::nullopt;
  }
  if (const auto only = only_rows_.find(step.population);
      only != only_rows_.end() && step.kind == PlanStep::Kind::row) {
    step.only_row = only->second;
  }
  name_streams(site, table, step);
  const bool fills_evaluator = site.role != nullptr && site.role->name == "evaluator";
  step.counts_evaluations = fills_evaluator || has_role(table, "evaluator");
  if (step.counts_evaluations) {
    const auto fitness = std::ranges::find(table.ports, "fitness", &PortSpec::name);
    if (fitness != table.ports.end()) step.fitness_port = static_cast<std::size_t>(fitness - table.ports.begin());
  }
  return step;
}

bool Expansion::check_role(const Site& site, const std::vector<PortRequest>& ports, const std::string& name) {
  std::string wanted;
  std::string found;
  for (const RolePort& required : site.role->ports) {
    const auto port = std::ranges::find(ports, required.name, &PortRequest::name);
    const bool missing = port == ports.end();
    if (missing ? !required.required : direction_fits(required.direction, port->direction)) continue;
    wanted += (wanted.empty() ? "" : ", ") + direction_text(required.direction) + " '" + required.name + "'";
    found += (found.empty() ? "" : ", ") + (missing ? std::string("no") : direction_text(port->direction)) + " '" +
             required.name + "'";
  }
  if (wanted.empty()) return true;
  const std::string names = joined(draft_.registry.fillers(site.role->name));
  report("role-not-fulfilled", site.where, site.path, name + " does not fulfil the role '" + site.role->name + "'.",
         wanted, found, names.empty() ? "" : "one of: " + names);
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
    auto bound = bind_port(request, site, *site.home->published);
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
  const auto refuse = [&](std::size_t i, std::size_t j, const std::string& name, const char* why) {
    fine = false;
    const bool one = i == j;
    report("access-mismatch", site.where, site.path,
           (one ? "Port '" + std::string(table.ports[i].name) + "'"
                : "Ports '" + std::string(table.ports[i].name) + "' and '" + std::string(table.ports[j].name) + "'") +
               " of operator '" + std::string(table.name) + "' must not be bound to the same thing twice: " + why,
           "two different ones", "'" + name + "' twice");
  };
  for (std::size_t i = 0; i < step.ports.size(); ++i) {
    const PortSpec& writer = table.ports[i];
    if (writer.direction == Direction::in || writer.kind != PortKind::bound) continue;
    for (std::size_t j = 0; j < step.ports.size(); ++j) {
      const PortSpec& other = table.ports[j];
      if (other.kind != PortKind::bound) continue;
      const bool both_write = other.direction != Direction::in && i <= j;
      // Rows are written while other rows are read; what a reducing operator writes in the end is no column.
      const bool gathers = table.kind != OperatorKind::step && i != j && other.access != Access::own;
      if (!both_write && !gathers) continue;
      for (const PlanBinding* shared : shared_bindings(step.ports[i], step.ports[j], i == j)) {
        const bool population = shared->kind == PlanBinding::Kind::population;
        if (!both_write && !draft_.facts[shared->index].column) continue;
        refuse(i, j,
               population ? draft_.plan.populations[shared->index].name : draft_.plan.variables[shared->index].name,
               both_write ? "both write it." : "one writes rows while the other reads any row.");
      }
    }
  }
  return fine;
}

bool Expansion::add_own_ports(const Site& site, const OperatorTable& table, PlanStep& step, const TypeMatch& types) {
  for (std::size_t i = 0; i < table.ports.size(); ++i) {
    const PortSpec& spec = table.ports[i];
    if (spec.kind == PortKind::bound) continue;
    if (spec.kind == PortKind::callable) {
      const auto callable = bind_callable(site, spec, types.rows());
      if (!callable) return false;
      step.ports[i] = *callable;
      continue;
    }
    const TypeName type = substitute_solution(written_type(spec.type).value_or(TypeName{}));
    const auto cell = types.resolve(type);
    if (!cell) {
      report("shape-mismatch", site.where, site.path,
             "The size of '" + std::string(spec.name) + "' of operator '" + std::string(table.name) +
                 "' does not follow from what its ports are bound to.",
             std::string(spec.type));
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
      if (!spec.initial.empty()) {
        const auto value = hidden_initial(site, spec, *cell, name);
        if (!value) return false;
        initial = *value;
      }
      place->second = draft_.add_variable(name, *cell, type.is_column() ? types.rows() : no_population, facts, initial);
      draft_.plan.variables[place->second].hidden = true;
    }
    step.ports[i] = PlanBinding::to_variable(place->second);
  }
  return true;
}

/// The initial value of a hidden variable: a number, or an expression over what is published.
std::optional<std::vector<double>> Expansion::hidden_initial(const Site& site, const PortSpec& spec,
                                                             const CellType& type, const std::string& path) {
  Value value = declared_value(ParameterType::any, spec.initial);
  if (is_expression(value)) {
    const ConstantNames names = constant_names(draft_, *site.home->published);
    const auto constant = evaluate_constant(value, names, path + "/initial", diagnostics_);
    if (!constant) return std::nullopt;
    value = *constant;
  }
  value.where = site.where;
  return initial_value(*site.home, value, type, path);
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
