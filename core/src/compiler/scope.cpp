#include "compiler/scope.hpp"

namespace skein::compiler {

const Symbol* Scope::find(std::string_view name) const {
  const auto found = names.find(name);
  if (found != names.end()) return &found->second;
  return published == nullptr ? nullptr : published->find(name);
}

std::vector<std::string> Scope::known_names() const {
  std::vector<std::string> known;
  for (const auto& [name, symbol] : names) known.push_back(name);
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
    if (variable.population != population || !draft.facts[i].declared) continue;
    const std::string column = variable.name.substr(qualifier.size());
    const Symbol symbol{Symbol::Kind::variable, {}, i, read_only, draft.facts[i].where};
    names.insert_or_assign(name + "." + column, symbol);
    const auto [place, fresh] = names.try_emplace(column, symbol);
    // A second population with such a column makes the short name ambiguous: then only the long one is left.
    if (!fresh && place->second.kind == Symbol::Kind::variable && draft.facts[place->second.index].column &&
        place->second.index != i) {
      names.erase(place);
    }
  }
}

}  // namespace skein::compiler
