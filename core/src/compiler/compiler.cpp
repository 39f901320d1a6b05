#include "compiler/compiler.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>

#include "compiler/draft.hpp"
#include "compiler/expansion.hpp"
#include "compiler/flow_graph.hpp"
#include "compiler/scope.hpp"
#include "skein/random.hpp"

namespace skein::compiler {

namespace {

/// What every graph can read without declaring it: the problem's values, `dimension` (short: `d`), `iteration_limit`
/// and `evaluations`.
void publish(Draft& draft, const CompilerInput& input, Scope& published) {
  const Value dimension(static_cast<std::int64_t>(input.problem->dimension));
  for (const char* name : {"d", "dimension"}) {
    published.names.insert_or_assign(name, Symbol{Symbol::Kind::constant, dimension, no_index, true, {}});
  }
  published.names.insert_or_assign("iteration_limit",
                                   Symbol{Symbol::Kind::constant, Value(input.iteration_limit), no_index, true, {}});
  VariableFacts facts;
  facts.has_initial = true;
  draft.plan.evaluations_variable =
      draft.add_variable("evaluations", {"integer", no_population, {}}, no_population, facts);
  published.names.insert_or_assign(
      "evaluations", Symbol{Symbol::Kind::variable, {}, draft.plan.evaluations_variable, true, {}});
  for (const PublishedValue& value : input.problem->published) {
    const std::optional<TypeName> type = parse_type(value.type);
    CellType cell{type ? type->element : value.type, no_population, {}};
    if (type && !type->axes.empty()) cell.sizes.push_back(value.data.size());
    const std::size_t variable = draft.add_variable("problem/" + value.name, cell, no_population, facts, value.data);
    published.names.insert_or_assign(value.name, Symbol{Symbol::Kind::variable, {}, variable, true, {}});
  }
}

/// The plan's variable behind an out-port of the algorithm, `no_index` when it has none of that name and type.
std::size_t result_variable(const Draft& draft, const Scope& scope, const std::string& name, const std::string& element) {
  const Symbol* symbol = scope.find(name);
  if (symbol == nullptr || symbol->kind != Symbol::Kind::variable) return no_index;
  const VariableFacts& facts = draft.facts[symbol->index];
  if (facts.column || (!element.empty() && facts.type.element != element)) return no_index;
  return symbol->index;
}

void find_results(Draft& draft, const Scope& scope, const CompilerInput& input, Diagnostics& diagnostics) {
  draft.plan.best_variable = result_variable(draft, scope, "best", "");
  draft.plan.best_fitness_variable = result_variable(draft, scope, "best_fitness", "fitness");
  draft.plan.iterations_variable = result_variable(draft, scope, "iterations", "integer");
  if (!input.whole_algorithm) return;
  const auto missing = [&](const char* name, const char* type) {
    diagnostics.add({"not-an-algorithm", Severity::error, input.where, "algorithm",
                     "Graph '" + input.algorithm->name + "' is no whole algorithm: it has no out-port '" + name + "'.",
                     std::string("an out-port '") + name + "' of type " + type, "", ""});
  };
  if (draft.plan.best_variable == no_index) missing("best", "solution");
  if (draft.plan.best_fitness_variable == no_index) missing("best_fitness", "fitness");
}

/// Two different names with one hash would draw the same random numbers.
void check_streams(const Draft& draft, Diagnostics& diagnostics) {
  std::set<std::uint64_t> hashes;
  for (const PlanStream& stream : draft.plan.streams) {
    if (hashes.insert(stream.hash).second) continue;
    diagnostics.add({"stream-collision", Severity::error, {}, stream.name,
                     "The random stream '" + stream.name + "' has the same hash as another one; rename its node.", "", "", ""});
  }
}

/// A node that stands in the flow twice is checked twice; what is wrong with it is said once.
Diagnostics without_repetitions(const Diagnostics& all) {
  Diagnostics unique;
  std::set<std::tuple<std::string, std::string, std::size_t, std::size_t, std::string, std::string>> seen;
  for (const Diagnostic& item : all.items()) {
    if (seen.insert({item.code, item.where.file, item.where.line, item.where.column, item.path, item.message}).second) {
      unique.add(item);
    }
  }
  return unique;
}

}  // namespace

std::shared_ptr<const Plan> compile(const Registry& registry, const CompilerInput& input, Diagnostics& diagnostics) {
  const EncodingSpec* encoding = registry.find_encoding(input.problem->encoding);
  if (encoding == nullptr) {
    diagnostics.add({"unknown-encoding", Severity::error, input.where, "problem",
                     "Problem '" + input.problem->name + "' needs the encoding '" + input.problem->encoding +
                         "', which is not loaded.", "", "", ""});
    return nullptr;
  }
  Diagnostics found;
  Draft draft(registry, *input.problem, *encoding);
  draft.plan.name = input.algorithm->name;
  draft.plan.dimension = std::max<std::size_t>(1, input.problem->dimension);
  Scope published;
  publish(draft, input, published);
  Expansion expansion(draft, found);
  Scope* scope = expansion.open_algorithm(input.algorithm, input.parameters, input.slots, published, input.where);
  if (scope != nullptr) {
    expansion.emit(*scope);
    find_results(draft, *scope, input, found);
    check_streams(draft, found);
    // With steps left out because of errors, an analysis of the flow would only report what follows from them.
    if (!found.has_errors() && input.whole_algorithm) check_flow(draft, found);
  }
  const bool failed = found.has_errors();
  diagnostics.add(without_repetitions(found));
  if (failed || scope == nullptr) return nullptr;
  return std::make_shared<const Plan>(std::move(draft.plan));
}

}  // namespace skein::compiler
