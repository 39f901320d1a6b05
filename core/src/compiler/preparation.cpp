// The preparation of an operator: its parameters are resolved, and it makes and checks what all calls of a node share.
#include <algorithm>
#include <exception>
#include <optional>

#include "compiler/expansion.hpp"
#include "compiler/parameters.hpp"
#include "skein/json.hpp"
#include "skein/random.hpp"

namespace skein::compiler {

namespace {

/// The place of what `path` names below the component's own path ("…/parameters/rows", "…/in/fitness"); of the
/// component where the document does not give it.
SourceLocation place_of(const Site& site, std::string_view path) {
  if (site.component == nullptr || !path.starts_with(site.path)) return site.where;
  const std::string_view name = path.substr(std::min(path.rfind('/'), path.size() - 1) + 1);
  const std::string_view section = path.substr(site.path.size(), path.size() - site.path.size() - name.size());
  if (section == "/parameters/") {
    const auto given = std::ranges::find(site.component->parameters, name, &Member::key);
    return given == site.component->parameters.end() ? site.where : given->value.where;
  }
  const auto bound = std::ranges::find(site.component->bindings, name, &PortBinding::port);
  return bound == site.component->bindings.end() ? site.where : bound->value.where;
}

}  // namespace

std::optional<std::vector<Value>> Expansion::operator_parameters(const Site& site, const OperatorTable& table) {
  static const Object none;
  const auto rules = parameter_rules(table.parameters);
  const ConstantNames given = constant_names(draft_, *site.origin);
  const ConstantNames defaults = constant_names(draft_, *site.home->published);
  return resolve_parameters(rules, site.component == nullptr ? none : site.component->parameters, {given, defaults},
                            {"operator '" + std::string(table.name) + "'", site.path, site.where, is_faulty(site)},
                            diagnostics_);
}

BoundPort Expansion::bound_port(const PlanBinding& binding) const {
  BoundPort port;
  port.bound = binding.kind != PlanBinding::Kind::none;
  if (binding.kind == PlanBinding::Kind::population) {
    port.population = binding.index;
    port.columns = draft_.columns_text(binding.index);
    port.name = draft_.plan.populations[binding.index].name;
  } else if (binding.kind == PlanBinding::Kind::variable) {
    const PlanVariable& variable = draft_.plan.variables[binding.index];
    port.population = draft_.facts[binding.index].object ? variable.object_population : variable.population;
    port.name = variable.name;
    if (const auto& constant = draft_.facts[binding.index].constant) port.constant = constant->as_real();
  }
  for (const PlanBinding& member : binding.members) port.members.push_back(bound_port(member));
  if (port.members.size() == 1 && !draft_.is_in_reach(frames_of(binding.members.front()))) {
    const std::vector<BoundPort> one = port.members;
    port.members.assign(draft_.frame_sets[frames_of(binding.members.front())].count, one.front());
  }
  if (port.population == no_population) return port;
  port.rows = draft_.plan.populations[port.population].rows;
  port.capacity = draft_.plan.populations[port.population].capacity;
  return port;
}

std::vector<BoundPort> Expansion::bound_ports(const PlanStep& step) const {
  std::vector<BoundPort> ports;
  for (const PlanBinding& binding : step.ports) ports.push_back(bound_port(binding));
  return ports;
}

bool Expansion::prepare(const Site& site, const OperatorTable& table, const std::vector<Value>& parameters,
                        PlanStep& step, const TypeMatch& types) {
  step.parameters_hash = hash_name(write_json(Value(List(parameters.begin(), parameters.end())), JsonLayout::one_line));
  if (table.prepare == nullptr) return true;
  const std::vector<AxisSize> axes = types.axes();
  const std::vector<BoundPort> ports = bound_ports(step);
  PrepareInput input;
  input.user = table.user;
  input.parameters = parameters;
  input.ports = ports;
  input.axes = axes;
  input.path = site.path;
  input.specs = table.ports;
  Diagnostics found;
  void* prepared = nullptr;
  try {
    prepared = table.prepare(input, found);
  } catch (const std::exception& error) {
    found.add({"not-prepared", Severity::error, site.where, site.path,
               "Operator '" + std::string(table.name) + "' could not be prepared: " + error.what() + ".", "", "", ""});
  }
  for (Diagnostic diagnostic : found.items()) {
    if (diagnostic.path.empty()) diagnostic.path = site.path;
    if (!diagnostic.where.is_known()) diagnostic.where = place_of(site, diagnostic.path);
    diagnostics_.add(std::move(diagnostic));
  }
  if (prepared == nullptr) return !found.has_errors();
  auto* destroy = table.destroy_prepared;
  step.prepared = std::shared_ptr<const void>(prepared, [destroy](void* data) {
    if (destroy != nullptr) destroy(data);
  });
  return true;
}

}  // namespace skein::compiler
