#include "compiler/compiler.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <tuple>

#include "compiler/draft.hpp"
#include "compiler/drawing.hpp"
#include "compiler/expansion.hpp"
#include "compiler/flow_graph.hpp"
#include "compiler/frame_plans.hpp"
#include "compiler/scope.hpp"
#include "compiler/unused.hpp"
#include "documents/joined.hpp"
#include "skein/archive.hpp"
#include "skein/json.hpp"
#include "skein/missing_component.hpp"
#include "skein/random.hpp"

namespace skein::compiler {

namespace {

/// Whoever asks for whole numbers may rely on them.
void check_whole_numbers(const CompilerInput& input, const PublishedValue& value, Diagnostics& diagnostics) {
  const auto is_whole = [](double number) { return number == std::trunc(number) && std::fabs(number) <= 0x1p53; };
  const auto wrong = std::ranges::find_if_not(value.data, is_whole);
  if (wrong == value.data.end()) return;
  diagnostics.add({"bad-problem", Severity::error, input.where, "problem",
                   "Problem '" + input.problem->name + "' publishes '" + value.name + "' as " + value.type +
                       ", but not all of its numbers are whole.",
                   "integers from -2^53 to 2^53", write_json(Value(*wrong), JsonLayout::one_line), ""});
}

/// What every graph can read without declaring it: the problem's values, `dimension` (short: `d`), `iteration_limit`,
/// `evaluation_limit` and `evaluations`.
void publish(Draft& draft, const CompilerInput& input, Scope& published, Diagnostics& diagnostics) {
  const Value dimension(static_cast<std::int64_t>(input.problem->dimension));
  for (const char* name : {"d", "dimension"}) {
    published.names.insert_or_assign(name, Symbol{Symbol::Kind::constant, dimension, no_index, true, {}});
  }
  published.names.insert_or_assign("iteration_limit",
                                   Symbol{Symbol::Kind::constant, Value(input.iteration_limit), no_index, true, {}});
  published.names.insert_or_assign("evaluation_limit",
                                   Symbol{Symbol::Kind::constant, Value(input.evaluation_limit), no_index, true, {}});
  VariableFacts facts;
  facts.has_initial = true;
  draft.plan.evaluations_variable =
      draft.add_variable("evaluations of the run", {"integer", no_population, {}}, no_population, facts);
  published.names.insert_or_assign("evaluations",
                                   Symbol{Symbol::Kind::variable, {}, draft.plan.evaluations_variable, true, {}});
  for (const PublishedValue& value : input.problem->published) {
    const std::optional<TypeName> type = parse_type(value.type);
    CellType cell{type ? type->element : value.type, no_population, {}};
    if (cell.element == "whole") check_whole_numbers(input, value, diagnostics);
    if (type && !type->axes.empty()) cell.sizes.push_back(value.data.size());
    const std::size_t variable =
        draft.add_variable(value.name + " of the problem", cell, no_population, facts, value.data);
    published.names.insert_or_assign(value.name, Symbol{Symbol::Kind::variable, {}, variable, true, {}});
  }
}

/// An out-port of the algorithm that its result is read from, and the type that it must have.
struct ResultPort {
  const char* name;
  const char* type;
  std::string element;
  std::vector<std::size_t> sizes;
};

/// The plan's variable behind it; nothing when there is none or it has another type.
std::optional<std::size_t> result_variable(const Draft& draft, const Scope& scope, const ResultPort& wanted) {
  const auto port = std::ranges::find(scope.graph->ports, wanted.name, &GraphPort::name);
  const Symbol* symbol = port == scope.graph->ports.end() ? nullptr : scope.find(wanted.name);
  if (symbol == nullptr || symbol->kind != Symbol::Kind::variable) return std::nullopt;
  const CellType& type = draft.facts[symbol->index].type;
  if (type.element != wanted.element || type.sizes != wanted.sizes) return std::nullopt;
  return symbol->index;
}

bool writes(const Draft& draft, std::size_t step_index, std::size_t variable) {
  const PlanStep& step = draft.plan.steps[step_index];
  for (std::size_t i = 0; i < step.ports.size(); ++i) {
    if (step.ports[i].kind == PlanBinding::Kind::variable && step.ports[i].index == variable &&
        step.table->ports[i].direction != Direction::in) {
      return true;
    }
  }
  const std::vector<std::size_t>& presumed = draft.step_facts[step_index].presumed;
  return std::ranges::find(presumed, variable) != presumed.end();
}

bool is_written(const Draft& draft, std::size_t variable) {
  for (std::size_t i = 0; i < draft.plan.steps.size(); ++i) {
    if (writes(draft, i, variable)) return true;
  }
  return false;
}

/// A port that is missing, has another type or is never written: the run would find nothing.
void check_result(const Draft& draft, const Scope& scope, const ResultPort& wanted, std::optional<std::size_t> variable,
                  const SourceLocation& where, Diagnostics& diagnostics) {
  const Symbol* symbol = scope.find(wanted.name);
  if (symbol != nullptr && symbol->kind == Symbol::Kind::faulty) return;
  if (scope.graph->faulty && scope.graph->ports.empty()) return;  // they could not be read
  const std::string name(wanted.name);
  const std::string graph = "Graph '" + scope.graph->name + "'";
  const std::string expected = "an out-port '" + name + "' of type " + wanted.type;
  const auto port = std::ranges::find(scope.graph->ports, name, &GraphPort::name);
  if (!variable && port == scope.graph->ports.end()) {
    diagnostics.add({"not-an-algorithm", Severity::error, where, "algorithm",
                     graph + " is no whole algorithm: it has no out-port '" + name + "'.", expected, "no such port",
                     ""});
  } else if (!variable) {
    diagnostics.add({"not-an-algorithm", Severity::error, port->where, "ports/" + name,
                     "The out-port '" + name + "' of an algorithm holds what it has found.", expected,
                     to_text(port->type), ""});
  } else if (!scope.graph->faulty_flow && !is_written(draft, *variable)) {
    diagnostics.add({"never-written", Severity::error, port->where, "ports/" + name,
                     graph + " finds nothing: no node of its flow writes the out-port '" + name + "'.",
                     "a node in the flow that writes '" + name + "'", "no write", ""});
  }
}

/// What a graph that is checked by itself promises to write.
void check_out_ports(const Draft& draft, const Scope& scope, Diagnostics& diagnostics) {
  if (scope.graph->faulty_flow) return;
  for (const GraphPort& port : scope.graph->ports) {
    const Symbol* symbol = scope.find(port.name);
    if (port.direction != Direction::out || symbol == nullptr || symbol->kind != Symbol::Kind::variable) continue;
    if (port.initial || is_written(draft, symbol->index)) continue;
    diagnostics.add({"never-written", Severity::error, port.where, "ports/" + port.name,
                     "No node of the flow writes the out-port '" + port.name + "'.",
                     "a node in the flow that writes '" + port.name + "'", "no write", ""});
  }
}

/// What an algorithm gives beside what it has found: out-ports that are one number or truth value, and an archive.
void find_outputs(Draft& draft, const Scope& scope) {
  for (const GraphPort& port : scope.graph->ports) {
    const Symbol* symbol = scope.find(port.name);
    const bool is_known = port.name == "best" || port.name == "best_fitness" || port.name == "iterations";
    if (port.direction != Direction::out || is_known || symbol == nullptr) continue;
    if (symbol->kind != Symbol::Kind::variable) continue;
    const CellType& type = draft.facts[symbol->index].type;
    if (!scalar_type(type) && type.element != Archive::type) continue;
    draft.plan.outputs.push_back({port.name, symbol->index});
  }
}

bool has_archive(const Graph& graph) {
  return std::ranges::any_of(graph.ports, [](const GraphPort& port) {
    return port.direction == Direction::out && port.type.element == Archive::type;
  });
}

/// The best value of one objective is no answer where there are several.
void check_objectives(const Draft& draft, const Graph& algorithm, const SourceLocation& where,
                      Diagnostics& diagnostics) {
  const std::size_t objectives = draft.problem.objectives.size();
  if (objectives < 2 || algorithm.faulty || has_archive(algorithm)) return;
  std::vector<std::string> names;
  for (const auto& entry : draft.registry.graphs()) {
    if (is_algorithm(*entry.content) && has_archive(*entry.content)) names.push_back(entry.name);
  }
  std::ranges::sort(names);
  const std::string fitting = joined(names);
  diagnostics.add({"several-objectives", Severity::error, where, "algorithm",
                   "Problem '" + draft.problem.name + "' has " + std::to_string(objectives) + " objectives, but '" +
                       algorithm.name + "' looks for the best value of one.",
                   "an algorithm that keeps a front: one with an out-port of type archive", "no such port",
                   fitting.empty() ? "" : "Algorithms that do: " + fitting + "."});
}

void find_results(Draft& draft, const Scope& scope, const CompilerInput& input, Diagnostics& diagnostics) {
  const TypeName encoded = parse_type(draft.encoding.solution).value_or(TypeName{});
  ResultPort best{"best", "solution", encoded.element, {}};
  if (!encoded.axes.empty()) best.sizes.push_back(draft.problem.dimension);
  const ResultPort fitness{"best_fitness", "fitness", "fitness", {}};
  const auto best_variable = result_variable(draft, scope, best);
  const auto fitness_variable = result_variable(draft, scope, fitness);
  draft.plan.best_variable = best_variable.value_or(no_index);
  draft.plan.best_fitness_variable = fitness_variable.value_or(no_index);
  draft.plan.problem_hash = input.problem_hash;
  draft.plan.iterations_variable =
      result_variable(draft, scope, {"iterations", "integer", "integer", {}}).value_or(no_index);
  find_outputs(draft, scope);
  if (input.purpose == Purpose::check) check_out_ports(draft, scope, diagnostics);
  if (input.purpose != Purpose::algorithm) return;
  check_result(draft, scope, best, best_variable, input.where, diagnostics);
  check_result(draft, scope, fitness, fitness_variable, input.where, diagnostics);
  check_objectives(draft, *scope.graph, input.where, diagnostics);
}

/// Two different names with one hash would draw the same random numbers.
void check_streams(const Draft& draft, Diagnostics& diagnostics) {
  std::set<std::uint64_t> hashes;
  for (const PlanStream& stream : draft.plan.streams) {
    if (hashes.insert(stream.hash).second) continue;
    diagnostics.add({"stream-collision",
                     Severity::error,
                     {},
                     stream.name,
                     "The random stream '" + stream.name + "' has the same hash as another one; rename its node.",
                     "",
                     "",
                     ""});
  }
}

const EncodingSpec* find_encoding(const Registry& registry, const CompilerInput& input, Diagnostics& diagnostics) {
  const EncodingSpec* encoding = registry.find_encoding(input.problem->encoding);
  if (encoding != nullptr) return encoding;
  diagnostics.add({"unknown-encoding", Severity::error, input.where, "problem",
                   "Problem '" + input.problem->name + "' needs the encoding '" + input.problem->encoding +
                       "', which is not loaded.",
                   "the plugin that brings the encoding", "",
                   missing_component_hint(registry, input.problem->encoding)});
  return nullptr;
}

/// All stages. False when an error was found.
bool complete(Draft& draft, const CompilerInput& input, Diagnostics& diagnostics) {
  Diagnostics found;
  draft.plan.name = input.algorithm->name;
  draft.plan.dimension = std::max<std::size_t>(1, input.problem->dimension);
  Scope published;  // its variables have names that no graph can give
  publish(draft, input, published, found);
  Expansion expansion(draft, found);
  Scope* scope = expansion.open_algorithm(input, published);
  if (scope != nullptr) {
    expansion.emit(*scope);
    find_results(draft, *scope, input, found);
    check_streams(draft, found);
    const bool has_flow = input.purpose != Purpose::evaluation && !input.algorithm->faulty_flow;
    if (has_flow && !expansion.has_too_many_graphs()) check_flow(draft, input.purpose == Purpose::check, found);
    expansion.check_idle_nodes();
  }
  const bool failed = found.has_errors();
  diagnostics.add(without_repetitions(found));
  return !failed && scope != nullptr;
}

}  // namespace

std::shared_ptr<const Plan> compile(const Registry& registry, const CompilerInput& input, Diagnostics& diagnostics) {
  const EncodingSpec* encoding = find_encoding(registry, input, diagnostics);
  if (encoding == nullptr) return nullptr;
  Draft draft(registry, *input.problem, *encoding);
  if (!complete(draft, input, diagnostics)) return nullptr;
  if (!input.parameters.empty() || !input.given_slots.empty()) {
    const auto drafting = [&](const CompilerInput& changed, Diagnostics& found) {
      auto other = std::make_unique<Draft>(registry, *changed.problem, *encoding);
      return complete(*other, changed, found) ? std::move(other) : nullptr;
    };
    check_unused(draft, input, drafting, diagnostics);
  }
  return std::make_shared<const Plan>(complete_plan(draft));
}

std::optional<GraphView> view(const Registry& registry, const CompilerInput& input, Diagnostics& diagnostics) {
  const EncodingSpec* encoding = find_encoding(registry, input, diagnostics);
  if (encoding == nullptr) return std::nullopt;
  Draft draft(registry, *input.problem, *encoding);
  draft.keeps_marks = true;
  if (!complete(draft, input, diagnostics)) return std::nullopt;
  return draw(draft, *input.algorithm, diagnostics);
}

}  // namespace skein::compiler
