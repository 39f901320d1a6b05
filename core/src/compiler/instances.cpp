#include <algorithm>
#include <charconv>
#include <limits>

#include "compiler/expansion.hpp"
#include "compiler/expressions.hpp"
#include "compiler/parameters.hpp"

namespace skein::compiler {

namespace {

constexpr std::size_t most_rows = no_row - 1;

std::string owner_text(const Graph& graph) { return "graph '" + graph.name + "'"; }

}  // namespace

ConstantNames constant_names(const Scope& scope) {
  ConstantNames names;
  names.find = [&scope](std::string_view name) -> const Value* {
    const Symbol* symbol = scope.find(name);
    return symbol != nullptr && symbol->kind == Symbol::Kind::constant ? &symbol->value : nullptr;
  };
  names.known = scope.known_names();
  return names;
}

std::vector<PortRequest> port_requests(const Graph& graph) {
  std::vector<PortRequest> ports;
  for (const GraphPort& port : graph.ports) {
    ports.push_back({port.name, port.direction, port.type, false, false, false, port.initial});
  }
  return ports;
}

Scope* Expansion::open_algorithm(std::shared_ptr<const Graph> graph, const Object& parameters,
                                 const std::vector<SlotFilling>& slots, const Scope& published,
                                 const SourceLocation& where) {
  auto scope = std::make_unique<Scope>();
  scope->graph = graph.get();
  scope->published = &published;
  open_graphs_ = {std::move(graph)};
  if (!resolve_graph_parameters(*scope, parameters, published, "algorithm", where)) return nullptr;
  for (const GraphPort& port : scope->graph->ports) {
    if (port.direction == Direction::in) {
      report("unbound-port", port.where, "ports/in/" + port.name,
             "A whole algorithm has no in-ports: nothing surrounds it that could be bound. Make '" + port.name +
                 "' a parameter.");
      continue;
    }
    declare_variable(*scope, {port.name, port.type, port.initial, port.summary, port.where});
    if (const Symbol* symbol = scope->find(port.name); symbol != nullptr && symbol->kind == Symbol::Kind::variable) {
      draft_.facts[symbol->index].result = true;
    }
  }
  declare(*scope);
  const WiringInput input{draft_, slots, &published, "algorithm '" + scope->graph->name + "'", "algorithm", where};
  fill_slots(*scope, input, offered_, diagnostics_);
  instances_[""].scope = std::move(scope);
  return instances_[""].scope.get();
}

bool Expansion::resolve_graph_parameters(Scope& scope, const Object& given, const Scope& origin,
                                         const std::string& owner_path, const SourceLocation& where) {
  const auto rules = parameter_rules(scope.graph->parameters);
  const auto values = resolve_parameters(rules, given, constant_names(origin),
                                         {owner_text(*scope.graph), owner_path, where}, diagnostics_);
  if (!values) return false;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    scope.names.insert_or_assign(
        rules[i].name, Symbol{Symbol::Kind::constant, (*values)[i], no_index, true, scope.graph->parameters[i].where});
  }
  return true;
}

void Expansion::declare(Scope& scope) {
  for (const GraphPopulation& population : scope.graph->populations) declare_population(scope, population);
  for (const GraphVariable& variable : scope.graph->variables) declare_variable(scope, variable);
}

std::optional<std::size_t> Expansion::row_count(const Scope& scope, const Value& value, const std::string& path) {
  std::optional<Value> number = value;
  if (is_expression(value)) number = evaluate_constant(value, constant_names(scope), path, diagnostics_);
  if (!number) return std::nullopt;
  const auto* integer = std::get_if<std::int64_t>(&number->data);
  if (integer == nullptr || *integer < 0 || static_cast<std::uint64_t>(*integer) > most_rows) {
    report("out-of-range", value.where, path, "The number of rows must be an integer from 0 to 4294967294.",
           "an integer from 0 to 4294967294", std::string(number->kind_name()));
    return std::nullopt;
  }
  return static_cast<std::size_t>(*integer);
}

void Expansion::declare_population(Scope& scope, const GraphPopulation& population) {
  const std::string path = scope.prefix + "populations/" + population.name;
  const auto rows = row_count(scope, population.rows, path + "/rows");
  const auto capacity = population.capacity ? row_count(scope, *population.capacity, path + "/capacity") : rows;
  if (!rows || !capacity) return;
  if (*capacity < *rows) {
    report("out-of-range", population.capacity->where, path + "/capacity",
           "The capacity of population '" + population.name + "' is less than its rows.",
           "at least " + std::to_string(*rows), std::to_string(*capacity));
    return;
  }
  const std::size_t id = draft_.add_population(scope.prefix + population.name, *rows, *capacity);
  scope.names.insert_or_assign(population.name,
                               Symbol{Symbol::Kind::population, {}, id, false, population.where});
  if (*capacity == *rows) {
    const Value constant(static_cast<std::int64_t>(*rows));
    scope.names.insert_or_assign(population.name + ".rows",
                                 Symbol{Symbol::Kind::constant, constant, no_index, true, population.where});
  }
  for (const GraphVariable& column : population.columns) {
    const std::string column_path = path + "/columns/" + column.name;
    if (!column.type.is_column() || column.type.axes.front() != "n") {
      report("shape-mismatch", column.where, column_path,
             "A column has one value per row: its type starts with the axis n.", column.type.element + "[n]",
             to_text(column.type));
      continue;
    }
    const auto type = cell_type(scope, column.type, column.where, column_path);
    if (!type) continue;
    std::vector<double> initial;
    if (column.initial) {
      const auto value = initial_value(scope, *column.initial, *type, column_path);
      if (!value) continue;
      initial = *value;
    }
    VariableFacts facts;
    facts.declared = true;
    facts.has_initial = column.initial.has_value();
    facts.where = column.where;
    draft_.add_variable(scope.prefix + population.name + "." + column.name, *type, id, facts, std::move(initial));
  }
  scope.add_population(draft_, population.name, id, false, population.where);
}

void Expansion::declare_variable(Scope& scope, const GraphVariable& variable) {
  const std::string path = scope.prefix + "variables/" + variable.name;
  if (variable.type.is_column()) {
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
  const std::size_t index =
      draft_.add_variable(scope.prefix + variable.name, *type, no_population, facts, std::move(initial));
  scope.names.insert_or_assign(variable.name, Symbol{Symbol::Kind::variable, {}, index, false, variable.where});
}

std::optional<std::size_t> Expansion::axis_size(const Scope& scope, const std::string& axis) {
  if (axis == "d") return draft_.problem.dimension;
  std::size_t size = 0;
  const auto [end, error] = std::from_chars(axis.data(), axis.data() + axis.size(), size);
  if (error == std::errc() && end == axis.data() + axis.size()) return size;
  const Symbol* symbol = scope.find(axis);
  if (symbol == nullptr || symbol->kind != Symbol::Kind::constant) return std::nullopt;
  const auto* integer = std::get_if<std::int64_t>(&symbol->value.data);
  if (integer == nullptr || *integer < 0) return std::nullopt;
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
    const std::vector<std::string> names = {"real", "integer", "binary", "boolean", "index", "fitness", "solution",
                                            "neighborhood"};
    report("unknown-type", where, path, "There is no type '" + type.element + "'.", "real, integer, boolean, binary, "
           "index<population>, fitness, solution or the name of an object type", "'" + to_text(written) + "'",
           nearest_name(type.element, names));
    return std::nullopt;
  }
  if (type.element == "index" || is_object) {
    const Symbol* symbol = type.argument.empty() ? nullptr : scope.find(type.argument);
    if (symbol != nullptr && symbol->kind == Symbol::Kind::population) {
      cell.indexed_population = symbol->index;
    } else if (!type.argument.empty() || type.element == "index") {
      report("unknown-type", where, path,
             "'" + to_text(written) + "' must name the population it speaks of, as in " + type.element + "<swarm>.",
             type.element + "<population>", "'" + to_text(written) + "'");
      return std::nullopt;
    }
  }
  for (const std::string& axis : inner_axes(type)) {
    const auto size = axis_size(scope, axis);
    if (!size) {
      report("unknown-type", where, path, "The axis '" + axis + "' of '" + to_text(written) + "' has no size here.",
             "d, a number, or an integer parameter of the graph", "'" + axis + "'");
      return std::nullopt;
    }
    cell.sizes.push_back(*size);
  }
  return cell;
}

std::optional<std::vector<double>> Expansion::initial_value(const Scope& scope, const Value& value,
                                                            const CellType& type, const std::string& path) {
  std::optional<Value> constant = value;
  if (is_expression(value)) constant = evaluate_constant(value, constant_names(scope), path + "/initial", diagnostics_);
  if (!constant) return std::nullopt;
  const bool boolean = type.element == "boolean" || type.element == "binary";
  const bool fits = (boolean && constant->is_boolean()) || (type.element == "integer" && constant->is_integer()) ||
                    ((type.element == "real" || type.element == "fitness") && constant->is_number());
  if (!fits) {
    report("wrong-type", value.where, path + "/initial", "The initial value does not fit the type " + type.element + ".",
           boolean ? "true or false" : type.element == "integer" ? "an integer" : "a number",
           std::string(constant->kind_name()));
    return std::nullopt;
  }
  return std::vector<double>{to_scalar(*constant).value_or(Scalar(0.0)).as_real()};
}

void Expansion::fill_inner_slots(Scope& inner, const Site& site) {
  const WiringInput input{draft_, site.component->slots, site.origin, owner_text(*inner.graph), site.path, site.where};
  fill_slots(inner, input, offered_, diagnostics_);
}

}  // namespace skein::compiler
