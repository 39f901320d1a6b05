// `for_each`: steps for one row of a population after another.
#include <optional>
#include <utility>

#include "compiler/expansion.hpp"
#include "plan/next_row.hpp"

namespace skein::compiler {

void Expansion::emit_rows(Scope& scope, const FlowItem& item) {
  const Symbol* symbol = scope.find(item.node);
  if (symbol != nullptr && symbol->kind == Symbol::Kind::population) return emit_pass(scope, item, symbol->index);
  if (!scope.graph->faulty && (symbol == nullptr || symbol->kind != Symbol::Kind::faulty)) {
    std::vector<std::string> populations;
    for (const auto& [name, known] : scope.names) {
      if (known.kind == Symbol::Kind::population) populations.push_back(name);
    }
    report("unknown-population", item.where, scope.prefix + "flow", "There is no population '" + item.node + "'.",
           "a population, whose rows are taken one after another", "'" + item.node + "'",
           nearest_name(item.node, populations));
  }
  emit_flow(scope, item.body);
}

/// Asks for a row, leaves when there is none, and comes back after the body.
void Expansion::emit_pass(Scope& scope, const FlowItem& item, std::size_t population) {
  // A pass within a pass over the same population has a place, an order and random numbers of its own.
  const std::size_t depth = passes_around_[population]++;
  const std::string name = item.node + (depth == 0 ? "" : " within " + std::to_string(depth));
  const Site site{nullptr, &scope, &scope, nullptr, nullptr, scope.prefix + "each " + name, item.where};
  const std::string own = site.path + "/@";
  const CellType index{"index", population, {}};
  const CellType integer{"integer", no_population, {}};
  const CellType boolean{"boolean", no_population, {}};
  PlanStep next;
  next.kind = PlanStep::Kind::whole;
  next.path = site.path;
  next.table = &next_row_operator(item.random_order);
  next.population = population;
  const std::size_t row = own_variable(own + "row", integer, no_population, item.where);
  const std::size_t more = own_variable(own + "more", boolean, no_population, item.where);
  next.ports = {PlanBinding::to_variable(own_variable(own + "order", index, population, item.where)),
                PlanBinding::to_variable(own_variable(own + "position", integer, no_population, item.where)),
                PlanBinding::to_variable(row), PlanBinding::to_variable(more)};
  name_streams(site, *next.table, next);

  draft_.open({Mark::Kind::loop, 0, site.path, nullptr, nullptr, &item});
  const std::size_t begin = draft_.add_step(std::move(next), item.where);
  draft_.open({Mark::Kind::condition, 0, site.path, nullptr, nullptr, &item});
  PlanStep leave;
  leave.kind = PlanStep::Kind::jump_if_not;
  leave.path = site.path;
  leave.target = more;
  const std::size_t exit = draft_.add_step(std::move(leave), item.where);
  draft_.close();
  const std::optional<std::size_t> around =
      only_rows_.contains(population) ? std::optional(only_rows_[population]) : std::nullopt;
  only_rows_[population] = row;
  emit_flow(scope, item.body);
  only_rows_.erase(population);
  if (around) only_rows_[population] = *around;
  --passes_around_[population];
  PlanStep back;
  back.kind = PlanStep::Kind::jump;
  back.path = site.path;
  back.destination = begin;
  draft_.add_step(std::move(back), item.where);
  draft_.plan.steps[exit].destination = draft_.plan.steps.size();
  draft_.close();
}

/// A hidden variable of what stands at one place; the same one whenever the place is come to again.
std::size_t Expansion::own_variable(const std::string& name, const CellType& type, std::size_t population,
                                    const SourceLocation& where) {
  const auto [place, fresh] = own_variables_.try_emplace(name, no_index);
  if (!fresh) return place->second;
  VariableFacts facts;
  facts.has_initial = true;
  facts.where = where;
  place->second = draft_.add_variable(name, type, population, facts);
  draft_.plan.variables[place->second].hidden = true;
  return place->second;
}

}  // namespace skein::compiler
