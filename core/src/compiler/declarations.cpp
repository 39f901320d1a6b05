// The declarations of a graph instance: populations, columns and variables become variables of the plan.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "compiler/expansion.hpp"
#include "compiler/expressions.hpp"
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

bool Expansion::is_of_catalogue(const Graph& graph) const {
  return std::ranges::any_of(draft_.registry.graphs(),
                             [&graph](const auto& entry) { return entry.content.get() == &graph; });
}

void Expansion::declare(Scope& scope) {
  for (const GraphFrames& frames : scope.graph->frames) declare_frames(scope, frames);
  for (const GraphPopulation& population : scope.graph->populations) declare_population(scope, population);
  for (const GraphVariable& variable : scope.graph->variables) declare_variable(scope, variable);
}

std::optional<std::size_t> Expansion::row_count(const Scope& scope, const Value& value, const std::string& path) {
  return count(scope, value, path, {"rows", 0, most_rows});
}

std::optional<std::size_t> Expansion::count(const Scope& scope, const Value& value, const std::string& path,
                                            const CountRange& range) {
  std::optional<Value> number = value;
  if (is_expression(value)) number = evaluate_constant(value, constant_names(draft_, scope), path, diagnostics_);
  if (!number) return std::nullopt;
  const auto* integer = std::get_if<std::int64_t>(&number->data);
  if (integer == nullptr || *integer < 0 || static_cast<std::uint64_t>(*integer) < range.least ||
      static_cast<std::uint64_t>(*integer) > range.most) {
    const std::string expected = "an integer from " + std::to_string(range.least) + " to " + std::to_string(range.most);
    report("out-of-range", value.where, path, "The number of " + std::string(range.of) + " must be " + expected + ".",
           expected, write_json(*number, JsonLayout::one_line));
    return std::nullopt;
  }
  return static_cast<std::size_t>(*integer);
}

void Expansion::declare_population(Scope& scope, const GraphPopulation& population) {
  const std::string path = scope.prefix + "populations/" + population.name;
  if (population.faulty) return add_faulty_population(scope, population);
  const auto own_frames = frames_of(scope, population.frames, population.frames_where, path + "/frames");
  if (!own_frames) return add_faulty_population(scope, population);
  const InFrames within(draft_.frame, *own_frames);
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
  facts.of_catalogue = is_of_catalogue(*scope.graph);
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

/// What fills slots finds what the engine and the problem publish by its name: a variable in its place is found
/// instead.
void Expansion::warn_of_hidden_name(const Scope& scope, const GraphVariable& variable, const std::string& path) {
  // A graph that is looked at by itself may be for any surroundings.
  if (checks_part_ || scope.published == nullptr || !scope.published->names.contains(variable.name)) return;
  diagnostics_.add(
      {"hidden-name", Severity::warning, variable.where, path,
       "The variable '" + variable.name + "' hides what is published by this name: limits, bounds or counts.",
       "another name", "'" + variable.name + "'", ""});
}

/// A column among the variables is private to this graph, like a hidden variable of an operator.
void Expansion::declare_variable(Scope& scope, const GraphVariable& variable) {
  const std::string path = scope.prefix + "variables/" + variable.name;
  scope.add_faulty(variable.name, variable.where);  // until all is found right
  if (variable.faulty) return;
  const auto own_frames = frames_of(scope, variable.frames, variable.frames_where, path + "/frames");
  if (!own_frames) return;
  const InFrames within(draft_.frame, *own_frames);
  const bool column = variable.type.is_column();
  if (column && scope.rows == no_population && has_column_port(*scope.graph)) return;
  if (column && scope.rows == no_population) {
    report("shape-mismatch", variable.where, path,
           "'" + variable.name + "' has an axis n, but a column belongs to a population.",
           "a global, or a column under populations", to_text(variable.type));
    return;
  }
  warn_of_hidden_name(scope, variable, path);
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
  facts.of_catalogue = is_of_catalogue(*scope.graph);
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
    const std::vector<std::string> names = {"real",  "whole",   "integer",  "binary",      "boolean",
                                            "index", "fitness", "solution", "neighborhood"};
    report("unknown-type", where, path, "There is no type '" + type.element + "'.",
           "real, whole, integer, boolean, binary, "
           "index<population>, fitness, solution or the name of an object type",
           "'" + to_text(written) + "'", nearest_name(type.element, names));
    return std::nullopt;
  }
  if (type.element == "index" || is_object) {
    const Symbol* symbol = type.argument.empty() ? nullptr : scope.find(type.argument);
    const bool of_ports = type.argument == "n" && has_column_port(*scope.graph);
    if (of_ports && scope.rows == no_population) return std::nullopt;
    if (symbol != nullptr && symbol->kind == Symbol::Kind::population &&
        !draft_.is_in_reach(draft_.population_frames[symbol->index])) {
      report("frame-access", where, path,
             "'" + type.argument + "' is a population of the frames of '" +
                 draft_.frame_sets[draft_.population_frames[symbol->index]].name +
                 "'; what speaks of it must be theirs.",
             "the same \"frames\" as those of '" + type.argument + "'", to_text(written));
      return std::nullopt;
    }
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
  const bool integer = type.element == "integer" || type.element == "whole";
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

}  // namespace skein::compiler
