#include "compiler/scope.hpp"

#include <algorithm>

namespace skein::compiler {

const Symbol* Scope::find(std::string_view name) const {
  const auto found = names.find(name);
  if (found != names.end()) return &found->second;
  return published == nullptr ? nullptr : published->find(name);
}

std::vector<std::string> Scope::known_names() const {
  std::vector<std::string> known;
  for (const auto& [name, symbol] : names) {
    if (symbol.kind != Symbol::Kind::ambiguous) known.push_back(name);
  }
  if (published != nullptr) {
    for (const auto& [name, symbol] : published->names) known.push_back(name);
  }
  return known;
}

void Scope::add_population(const Draft& draft, const std::string& name, std::size_t population, bool read_only,
                           const SourceLocation& where) {
  names.insert_or_assign(name, Symbol{Symbol::Kind::population, {}, population, read_only, where});
  const std::string qualifier = draft.plan.populations[population].name + ".";
  for (std::size_t i = 0; i < draft.plan.variables.size(); ++i) {
    const PlanVariable& variable = draft.plan.variables[i];
    if (variable.population != population || variable.hidden || !draft.facts[i].declared) continue;
    const std::string column = variable.name.substr(qualifier.size());
    const Symbol symbol{Symbol::Kind::variable, {}, i, read_only, draft.facts[i].where};
    names.insert_or_assign(name + "." + column, symbol);
    const auto [place, fresh] = names.try_emplace(column, symbol);
    const bool is_port =
        graph != nullptr && std::ranges::find(graph->ports, column, &GraphPort::name) != graph->ports.end();
    if (is_port) continue;  // a name that the graph declares stays what it is
    // A second population with such a column makes the short name ambiguous: then only the long one is left.
    if (!fresh && place->second.kind == Symbol::Kind::variable && draft.facts[place->second.index].column &&
        place->second.index != i) {
      place->second = Symbol{Symbol::Kind::ambiguous, {}, no_index, true, where};
    }
  }
}

void Scope::add_faulty(const std::string& name, const SourceLocation& where) {
  names.insert_or_assign(name, Symbol{Symbol::Kind::faulty, {}, no_index, true, where});
}

std::string Scope::long_names(std::string_view column) const {
  const std::string ending = "." + std::string(column);
  std::string text;
  for (const auto& [name, symbol] : names) {
    if (name.ends_with(ending)) text += (text.empty() ? "" : ", ") + name;
  }
  return text;
}

std::optional<NameProblem> explain_name(const Draft& draft, const Scope& scope, std::string_view name, bool constant) {
  const Symbol* symbol = scope.find(name);
  const std::string quoted = "'" + std::string(name) + "'";
  const NameProblem changes{false, quoted +
                                       " changes during a run, but this value is fixed before it: only parameters, "
                                       "numbers of rows and the dimension can be used here."};
  if (symbol == nullptr && scope.graph != nullptr && scope.graph->faulty_names) return NameProblem{true, ""};
  if (symbol == nullptr) {
    // Populations are declared before the variables, whose types may speak of them.
    const bool later =
        scope.graph != nullptr &&
        std::ranges::find(scope.graph->variables, name, &GraphVariable::name) != scope.graph->variables.end();
    return later ? std::optional(changes) : std::nullopt;
  }
  const std::string rule = "; an expression takes single numbers and booleans.";
  switch (symbol->kind) {
    case Symbol::Kind::faulty:
      return NameProblem{true, ""};
    case Symbol::Kind::ambiguous:
      return NameProblem{false, quoted + " is a column of several populations: " + scope.long_names(name) + rule};
    case Symbol::Kind::population:
      return NameProblem{false, quoted + " is a population" + rule};
    case Symbol::Kind::frames:
      return NameProblem{false, quoted + " is a set of frames" + rule};
    case Symbol::Kind::constant:
      return NameProblem{false, "Parameter " + quoted + " is " + std::string(symbol->value.kind_name()) + rule};
    case Symbol::Kind::variable:
      break;
  }
  const VariableFacts& facts = draft.facts[symbol->index];
  if (!facts.column && constant && scalar_type(facts.type)) return changes;
  return NameProblem{false, quoted + " is of type " + draft.type_text(facts.type, facts.column) + rule};
}

ConstantNames constant_names(const Draft& draft, const Scope& scope) {
  ConstantNames names;
  names.find = [&scope](std::string_view name) -> const Value* {
    const Symbol* symbol = scope.find(name);
    return symbol != nullptr && symbol->kind == Symbol::Kind::constant ? &symbol->value : nullptr;
  };
  names.known = scope.known_names();
  names.explain = [&draft, &scope](std::string_view name) { return explain_name(draft, scope, name, true); };
  return names;
}

}  // namespace skein::compiler
