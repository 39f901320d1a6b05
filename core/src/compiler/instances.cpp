#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "compiler/expansion.hpp"
#include "compiler/expressions.hpp"
#include "compiler/parameters.hpp"
#include "skein/json.hpp"

namespace skein::compiler {

namespace {

constexpr std::size_t most_rows = no_row - 1;

/// Whether the surroundings say which population `n` is.
bool has_column_port(const Graph& graph) {
  return std::ranges::any_of(
      graph.ports, [](const GraphPort& port) { return port.type.is_column() && port.type.axes.front() == "n"; });
}

}  // namespace

std::string owner_text(const Graph& graph) { return "graph '" + graph.name + "'"; }

std::vector<PortRequest> port_requests(const Graph& graph) {
  std::vector<PortRequest> ports;
  for (const GraphPort& port : graph.ports) {
    // What other ports hold at first is said by whatever is bound to them.
    const auto default_value = port.direction == Direction::in ? port.initial : std::nullopt;
    ports.push_back({port.name, port.direction, port.type, false, false, false, default_value});
  }
  return ports;
}

Scope* Expansion::open_algorithm(const CompilerInput& input, const Scope& published) {
  const Graph& graph = *input.algorithm;
  const bool part = input.purpose == Purpose::check;
  auto scope = std::make_unique<Scope>();
  scope->graph = &graph;
  scope->published = &published;
  open_graphs_ = {input.algorithm};
  resolve_graph_parameters(*scope, part ? stand_in_parameters(graph) : input.parameters, published,
                           {owner_text(graph), "algorithm", input.where, input.faulty});
  check_requirements(graph, "algorithm");
  if (!part && !check_ports_of_algorithm(graph, input.where)) return nullptr;
  for (const bool populations : {true, false}) {
    for (const GraphPort& port : graph.ports) {
      if (populations == (port.type.element == "population")) declare_open_port(*scope, port);
    }
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
  const bool column = port.type.is_column();
  if (column && !port.faulty) return add_faulty_port(scope, port);  // of a population that only the outside knows
  declare_variable(scope, {port.name, port.type, port.initial, port.summary, port.where, port.faulty});
  const Symbol* symbol = scope.find(port.name);
  if (symbol->kind != Symbol::Kind::variable) return;
  VariableFacts& facts = draft_.facts[symbol->index];
  facts.result = port.direction != Direction::in;
  facts.has_initial = facts.has_initial || port.direction != Direction::out;
}

/// For parameters that whoever uses the graph must give.
Object Expansion::stand_in_parameters(const Graph& graph) const {
  Object given;
  for (const GraphParameter& parameter : graph.parameters) {
    if (parameter.initial || parameter.faulty) continue;
    const double number = parameter.minimum.value_or(std::min(1.0, parameter.maximum.value_or(1.0)));
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

void Expansion::check_requirements(const Graph& graph, const std::string& path) {
  const std::vector<std::string>& plugins = draft_.registry.plugins();
  for (const auto& [plugin, range] : graph.requirements) {
    if (std::ranges::find(plugins, plugin) != plugins.end()) continue;
    report("missing-plugin", graph.where, path + "/requires/" + plugin,
           "Graph '" + graph.name + "' needs the plugin '" + plugin + "', which is not loaded.",
           "plugin " + plugin + " " + range, "not loaded", nearest_name(plugin, plugins));
  }
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

void Expansion::declare(Scope& scope) {
  for (const GraphPopulation& population : scope.graph->populations) declare_population(scope, population);
  for (const GraphVariable& variable : scope.graph->variables) declare_variable(scope, variable);
}

std::optional<std::size_t> Expansion::row_count(const Scope& scope, const Value& value, const std::string& path) {
  std::optional<Value> number = value;
  if (is_expression(value)) number = evaluate_constant(value, constant_names(draft_, scope), path, diagnostics_);
  if (!number) return std::nullopt;
  const auto* integer = std::get_if<std::int64_t>(&number->data);
  if (integer == nullptr || *integer < 0 || static_cast<std::uint64_t>(*integer) > most_rows) {
    report("out-of-range", value.where, path, "The number of rows must be an integer from 0 to 4294967294.",
           "an integer from 0 to 4294967294", write_json(*number, JsonLayout::one_line));
    return std::nullopt;
  }
  return static_cast<std::size_t>(*integer);
}

void Expansion::declare_population(Scope& scope, const GraphPopulation& population) {
  const std::string path = scope.prefix + "populations/" + population.name;
  if (population.faulty) return add_faulty_population(scope, population);
  const auto rows = row_count(scope, population.rows, path + "/rows");
  const auto capacity = population.capacity ? row_count(scope, *population.capacity, path + "/capacity") : rows;
  if (!rows || !capacity) return add_faulty_population(scope, population);
  if (*capacity < *rows) {
    report("out-of-range", population.capacity->where, path + "/capacity",
           "The capacity of population '" + population.name + "' is less than its rows.",
           "at least " + std::to_string(*rows), std::to_string(*capacity));
    return add_faulty_population(scope, population);
  }
  const std::size_t id = draft_.add_population(scope.prefix + population.name, *rows, *capacity);
  scope.names.insert_or_assign(population.name, Symbol{Symbol::Kind::population, {}, id, false, population.where});
  if (*capacity == *rows) {
    const Value constant(static_cast<std::int64_t>(*rows));
    scope.names.insert_or_assign(population.name + ".rows",
                                 Symbol{Symbol::Kind::constant, constant, no_index, true, population.where});
  }
  std::vector<std::string> faulty;
  for (const GraphVariable& column : population.columns) {
    if (!declare_column(scope, population, column, id)) faulty.push_back(column.name);
  }
  scope.add_population(draft_, population.name, id, false, population.where);
  for (const std::string& column : faulty) {
    scope.add_faulty(population.name + "." + column, population.where);
    scope.names.try_emplace(column, Symbol{Symbol::Kind::faulty, {}, no_index, true, population.where});
  }
}

bool Expansion::declare_column(Scope& scope, const GraphPopulation& population, const GraphVariable& column,
                               std::size_t id) {
  if (column.faulty) return false;
  const std::string path = scope.prefix + "populations/" + population.name + "/columns/" + column.name;
  if (!column.type.is_column() || column.type.axes.front() != "n") {
    report("shape-mismatch", column.where, path, "A column has one value per row: its type starts with the axis n.",
           column.type.element + "[n]", to_text(column.type));
    return false;
  }
  const auto type = cell_type(scope, column.type, column.where, path);
  if (!type) return false;
  std::vector<double> initial;
  if (column.initial) {
    const auto value = initial_value(scope, *column.initial, *type, path);
    if (!value) return false;
    initial = *value;
  }
  VariableFacts facts;
  facts.declared = true;
  facts.has_initial = column.initial.has_value();
  facts.where = column.where;
  draft_.add_variable(scope.prefix + population.name + "." + column.name, *type, id, facts, std::move(initial));
  return true;
}

/// A population whose rows are wrong: its names are known, so that nothing that uses them is reported as well.
void Expansion::add_faulty_population(Scope& scope, const GraphPopulation& population) {
  scope.add_faulty(population.name, population.where);
  scope.add_faulty(population.name + ".rows", population.where);
  for (const GraphVariable& column : population.columns) {
    scope.add_faulty(population.name + "." + column.name, column.where);
    scope.names.try_emplace(column.name, Symbol{Symbol::Kind::faulty, {}, no_index, true, column.where});
  }
}

/// A column among the variables is private to this graph, like a hidden variable of an operator.
void Expansion::declare_variable(Scope& scope, const GraphVariable& variable) {
  const std::string path = scope.prefix + "variables/" + variable.name;
  scope.add_faulty(variable.name, variable.where);  // until all is found right
  if (variable.faulty) return;
  const bool column = variable.type.is_column();
  if (column && scope.rows == no_population && has_column_port(*scope.graph)) return;
  if (column && scope.rows == no_population) {
    report("shape-mismatch", variable.where, path,
           "'" + variable.name + "' has an axis n, but a column belongs to a population.",
           "a global, or a column under populations", to_text(variable.type));
    return;
  }
  const auto type = cell_type(scope, variable.type, variable.where, path);
  if (!type) return;
  std::vector<double> initial;
  if (variable.initial) {
    const auto value = initial_value(scope, *variable.initial, *type, path);
    if (!value) return;
    initial = *value;
  }
  VariableFacts facts;
  facts.declared = true;
  facts.has_initial = variable.initial.has_value();
  facts.where = variable.where;
  const std::size_t population = column ? scope.rows : no_population;
  const std::size_t index =
      draft_.add_variable(scope.prefix + variable.name, *type, population, facts, std::move(initial));
  draft_.plan.variables[index].hidden = column;
  scope.names.insert_or_assign(variable.name, Symbol{Symbol::Kind::variable, {}, index, false, variable.where});
}

std::optional<std::size_t> Expansion::axis_size(const Scope& scope, const std::string& axis) {
  if (axis == "d") return draft_.problem.dimension;
  std::size_t size = 0;
  const auto [end, error] = std::from_chars(axis.data(), axis.data() + axis.size(), size);
  if (error == std::errc() && end == axis.data() + axis.size()) return size == 0 ? std::nullopt : std::optional(size);
  const Symbol* symbol = scope.find(axis);
  if (symbol == nullptr || symbol->kind != Symbol::Kind::constant) return std::nullopt;
  const auto* integer = std::get_if<std::int64_t>(&symbol->value.data);
  if (integer == nullptr || *integer < 1) return std::nullopt;
  return static_cast<std::size_t>(*integer);
}

std::optional<CellType> Expansion::cell_type(const Scope& scope, const TypeName& written, const SourceLocation& where,
                                             const std::string& path) {
  const TypeName type = substitute_solution(written);
  CellType cell{type.element, no_population, {}};
  const bool is_object = draft_.registry.find_object_type(type.element) != nullptr;
  const bool known = is_elementary(type.element) || type.element == "fitness" || is_object ||
                     (type.element == draft_.encoding.solution && !draft_.encoding.parts.empty());
  if (!known) {
    const std::vector<std::string> names = {"real",  "integer", "binary",   "boolean",
                                            "index", "fitness", "solution", "neighborhood"};
    report("unknown-type", where, path, "There is no type '" + type.element + "'.",
           "real, integer, boolean, binary, "
           "index<population>, fitness, solution or the name of an object type",
           "'" + to_text(written) + "'", nearest_name(type.element, names));
    return std::nullopt;
  }
  if (type.element == "index" || is_object) {
    const Symbol* symbol = type.argument.empty() ? nullptr : scope.find(type.argument);
    const bool of_ports = type.argument == "n" && has_column_port(*scope.graph);
    if (of_ports && scope.rows == no_population) return std::nullopt;
    if (of_ports) {
      cell.indexed_population = scope.rows;
    } else if (symbol != nullptr && symbol->kind == Symbol::Kind::population) {
      cell.indexed_population = symbol->index;
    } else if (symbol != nullptr && symbol->kind == Symbol::Kind::faulty) {
      return std::nullopt;
    } else if (!type.argument.empty() || type.element == "index") {
      report("unknown-type", where, path,
             "'" + to_text(written) + "' must name the population it speaks of, as in " + type.element + "<swarm>.",
             type.element + "<population>", "'" + to_text(written) + "'");
      return std::nullopt;
    }
  }
  for (const std::string& axis : inner_axes(type)) {
    const auto size = axis_size(scope, axis);
    const Symbol* symbol = scope.find(axis);
    if (!size && symbol != nullptr && symbol->kind == Symbol::Kind::faulty) return std::nullopt;
    if (!size) {
      report("unknown-type", where, path, "The axis '" + axis + "' of '" + to_text(written) + "' has no size here.",
             "d, a number from 1 on, or an integer parameter of the graph from 1 on", "'" + axis + "'");
      return std::nullopt;
    }
    cell.sizes.push_back(*size);
  }
  return cell;
}

std::optional<std::vector<double>> Expansion::initial_value(const Scope& scope, const Value& value,
                                                            const CellType& type, const std::string& path) {
  std::optional<Value> constant = value;
  if (is_expression(value))
    constant = evaluate_constant(value, constant_names(draft_, scope), path + "/initial", diagnostics_);
  if (!constant) return std::nullopt;
  const bool boolean = type.element == "boolean" || type.element == "binary";
  const bool number = type.element == "real" || type.element == "fitness";
  const bool integer = type.element == "integer";
  if ((boolean && constant->is_boolean()) || (integer && constant->is_integer()) || (number && constant->is_number())) {
    if (!integer || !is_too_large(*constant)) return std::vector<double>{to_scalar(*constant)->as_real()};
    report_too_large(*constant, value.where, path + "/initial");
    return std::nullopt;
  }
  const char* expected = boolean ? "true or false" : integer ? "an integer" : number ? "a number" : "no initial value";
  report("wrong-type", value.where, path + "/initial", "The initial value does not fit the type " + type.element + ".",
         expected, std::string(constant->kind_name()));
  return std::nullopt;
}

void Expansion::report_too_large(const Value& value, const SourceLocation& where, const std::string& path) {
  report("out-of-range", where, path, "This integer is too large to be kept exactly.",
         "an integer from -9007199254740992 to 9007199254740992", write_json(value, JsonLayout::one_line));
}

void Expansion::fill_inner_slots(Scope& inner, const Site& site) {
  const WiringInput input{draft_, site.component->slots, site.origin, owner_text(*inner.graph), site.path, site.where,
                          false};
  fill_slots(inner, input, offered_, diagnostics_);
}

}  // namespace skein::compiler
