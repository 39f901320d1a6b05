// An instance of a graph becomes a scope: the outermost one of an algorithm, and what all instances share.
#include <algorithm>
#include <cmath>

#include "compiler/expansion.hpp"
#include "compiler/expressions.hpp"
#include "compiler/parameters.hpp"
#include "documents/joined.hpp"
#include "registry/requirements.hpp"

namespace skein::compiler {

std::string owner_text(const Graph& graph) { return "graph '" + graph.name + "'"; }

std::vector<PortRequest> port_requests(const Graph& graph) {
  std::vector<PortRequest> ports;
  for (const GraphPort& port : graph.ports) {
    // What other ports hold at first is said by whatever is bound to them.
    const auto default_value = port.direction == Direction::in ? port.initial : std::nullopt;
    ports.push_back({port.name, port.direction, port.type, false, false, false, default_value, false});
  }
  return ports;
}

Scope* Expansion::open_algorithm(const CompilerInput& input, const Scope& published) {
  const Graph& graph = *input.algorithm;
  const bool part = input.purpose == Purpose::check;
  checks_part_ = part;
  auto scope = std::make_unique<Scope>();
  scope->graph = &graph;
  scope->plugin = graph.plugin;
  scope->published = &published;
  open_graphs_ = {input.algorithm};
  called_ = input.called;
  resolve_graph_parameters(*scope, part ? stand_in_parameters(graph) : input.parameters, published,
                           {owner_text(graph), "algorithm", input.where, input.faulty});
  check_requirements(graph, part ? "" : "algorithm");
  check_roles(graph, part ? "" : "algorithm/");
  if (!part && !check_ports_of_algorithm(graph, input.where)) return nullptr;
  for (const bool populations : {true, false}) {
    for (const GraphPort& port : graph.ports) {
      if (populations == (port.type.element == "population")) declare_open_port(*scope, port);
    }
    if (populations && part) add_open_rows(*scope);
  }
  declare(*scope);
  const WiringInput wiring{draft_,      input.slots, &published, "algorithm '" + graph.name + "'",
                           "algorithm", input.where, part};
  fill_slots(*scope, wiring, offered_, diagnostics_);
  instances_[""].scope = std::move(scope);
  return instances_[""].scope.get();
}

/// A port of the outermost graph. What would be bound to it in another graph has any value.
void Expansion::declare_open_port(Scope& scope, const GraphPort& port) {
  if (port.type.element == "population") {
    declare_population(scope, {port.name, Value(1), Value(2), port.columns, port.where, port.faulty});
    const Symbol* population = scope.find(port.name);
    if (population->kind != Symbol::Kind::population) return;
    for (std::size_t i = 0; i < draft_.plan.variables.size(); ++i) {
      if (draft_.plan.variables[i].population != population->index) continue;
      draft_.facts[i].has_initial = true;
      draft_.facts[i].result = true;
    }
    scope.open_populations = true;
    return;
  }
  if (!port.faulty && port.type.is_column() && (scope.rows == no_population || port.type.axes.front() != "n")) {
    return add_faulty_port(scope, port);  // of a population that only the outside knows
  }
  declare_variable(scope, {port.name, port.type, port.initial, port.summary, port.where, port.faulty});
  Symbol* symbol = &scope.names.at(port.name);
  if (symbol->kind != Symbol::Kind::variable) return;
  symbol->read_only = port.direction == Direction::in;
  symbol->as_real = port.type.element == "whole";
  VariableFacts& facts = draft_.facts[symbol->index];
  facts.result = port.direction != Direction::in;
  facts.has_initial = facts.has_initial || port.direction != Direction::out;
}

/// The rows that column ports of the outermost graph speak of: of its only population port, or of nothing it knows.
void Expansion::add_open_rows(Scope& scope) {
  const auto is_column = [](const GraphPort& port) { return port.type.is_column() && port.type.axes.front() == "n"; };
  if (std::ranges::none_of(scope.graph->ports, is_column)) return;
  std::vector<std::size_t> known;
  for (const GraphPort& port : scope.graph->ports) {
    const Symbol* symbol = scope.find(port.name);
    if (symbol != nullptr && symbol->kind == Symbol::Kind::population) known.push_back(symbol->index);
  }
  scope.rows = known.size() == 1 ? known.front() : draft_.add_population("rows", 1, 2);
}

/// For parameters that whoever uses the graph must give.
Object Expansion::stand_in_parameters(const Graph& graph) const {
  Object given;
  for (const GraphParameter& parameter : graph.parameters) {
    if (parameter.initial || parameter.faulty) continue;
    constexpr double largest = 1e15;
    const double number =
        std::clamp(parameter.minimum.value_or(std::min(1.0, parameter.maximum.value_or(1.0))), -largest, largest);
    Value value(number);
    if (parameter.type == ParameterType::integer) value = Value(static_cast<std::int64_t>(std::ceil(number)));
    if (parameter.type == ParameterType::boolean) value = Value(false);
    if (parameter.type == ParameterType::text) value = Value(std::string());
    if (parameter.type == ParameterType::choice) value = Value(parameter.choices.front());
    value.where = parameter.where;
    given.push_back({parameter.name, parameter.where, value});
  }
  return given;
}

/// Nothing surrounds a whole algorithm that its in-ports and populations could be bound to.
bool Expansion::check_ports_of_algorithm(const Graph& graph, const SourceLocation& where) {
  std::string open;
  for (const GraphPort& port : graph.ports) {
    if (port.faulty) continue;
    if (port.direction != Direction::in && port.type.element != "population" && !port.type.is_column()) continue;
    open += (open.empty() ? "" : ", ") + port.name;
  }
  if (open.empty()) return true;
  report("not-an-algorithm", where, "algorithm",
         "Graph '" + graph.name +
             "' is no whole algorithm: it is made to be a node of another graph, which binds its ports.",
         "a graph without in-ports and ports of populations, with the out-ports best and best_fitness",
         "the ports " + open);
  return false;
}

/// Whether the graph has what it must have for the roles that it declares.
void Expansion::check_roles(const Graph& graph, const std::string& path) {
  for (const GraphRole& declared : graph.roles) {
    const RoleSpec* role = draft_.registry.find_role(declared.name);
    if (role == nullptr) {
      const auto known = names_of(draft_.registry.roles());
      report("unknown-role", declared.where, path + "roles", "There is no role '" + declared.name + "'.", joined(known),
             "'" + declared.name + "'", nearest_name(declared.name, known));
      continue;
    }
    if (graph.faulty) continue;  // its ports may stand in what could not be read
    Site site;
    site.role = role;
    site.path = path + "roles";
    site.where = declared.where;
    static_cast<void>(check_role(site, port_requests(graph), "Graph '" + graph.name + "'"));
  }
}

void Expansion::check_requirements(const Graph& graph, const std::string& path) {
  skein::check_requirements(draft_.registry, graph.requirements,
                            {"Graph '" + graph.name + "'", path.empty() ? "requires" : path + "/requires", graph.where},
                            diagnostics_);
}

void Expansion::resolve_graph_parameters(Scope& scope, const Object& given, const Scope& origin,
                                         const ParameterOwner& owner) {
  const auto rules = parameter_rules(scope.graph->parameters);
  const ConstantNames given_names = constant_names(draft_, origin);
  const ConstantNames default_names = constant_names(draft_, *scope.published);
  auto values = resolve_each_parameter(rules, given, {given_names, default_names}, owner, diagnostics_);
  Diagnostics ignored;
  const auto defaults = resolve_each_parameter(rules, {}, {given_names, default_names}, owner, ignored);
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const SourceLocation& declared = scope.graph->parameters[i].where;
    if (!values[i]) values[i] = defaults[i];  // so that the rest is checked all the same
    if (values[i]) {
      scope.names.insert_or_assign(rules[i].name, Symbol{Symbol::Kind::constant, *values[i], no_index, true, declared});
    } else {
      scope.add_faulty(rules[i].name, declared);
    }
  }
}

void Expansion::fill_inner_slots(Scope& inner, const Site& site) {
  const WiringInput input{draft_, site.component->slots, site.origin, owner_text(*inner.graph), site.path, site.where,
                          false};
  fill_slots(inner, input, offered_, diagnostics_);
}

}  // namespace skein::compiler
