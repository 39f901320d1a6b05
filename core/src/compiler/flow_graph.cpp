#include "compiler/flow_graph.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace skein::compiler {

namespace {

using FlowGraph = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS>;

struct Accesses {
  std::vector<std::size_t> reads;
  std::vector<std::size_t> writes;
  std::vector<std::size_t> moves;  ///< used, but not read as a value: columns of a population that is resized
};

void add_port(const Draft& draft, const PortSpec& spec, const PlanBinding& binding, Accesses& accesses) {
  switch (binding.kind) {
    case PlanBinding::Kind::variable:
      if (spec.direction != Direction::out && !spec.accepts_unwritten) accesses.reads.push_back(binding.index);
      if (spec.accepts_unwritten) accesses.moves.push_back(binding.index);
      if (spec.direction != Direction::in) accesses.writes.push_back(binding.index);
      return;
    case PlanBinding::Kind::population:
      // A step operator that resizes or exchanges populations leaves all their columns written; a reader of a
      // population only counts its rows.
      if (spec.direction == Direction::in) return;
      for (std::size_t i = 0; i < draft.plan.variables.size(); ++i) {
        if (draft.plan.variables[i].population != binding.index) continue;
        accesses.writes.push_back(i);
        accesses.moves.push_back(i);
      }
      return;
    case PlanBinding::Kind::group:
      for (const PlanBinding& member : binding.members) add_port(draft, spec, member, accesses);
      return;
    case PlanBinding::Kind::children:
    case PlanBinding::Kind::scratch:
    case PlanBinding::Kind::callable:
    case PlanBinding::Kind::none:
      return;
  }
}

Accesses accesses_of(const Draft& draft, std::size_t index) {
  const PlanStep& step = draft.plan.steps[index];
  Accesses accesses;
  for (const std::size_t variable : draft.step_facts[index].presumed) {
    accesses.writes.push_back(variable);
    accesses.moves.push_back(variable);
  }
  if (step.table != nullptr) {
    for (std::size_t i = 0; i < step.ports.size(); ++i) add_port(draft, step.table->ports[i], step.ports[i], accesses);
  }
  if (step.kind == PlanStep::Kind::compute) {
    accesses.reads = step.expression_inputs;
    accesses.writes.push_back(step.target);
  }
  if (step.kind == PlanStep::Kind::jump_if_not && step.target != no_index) accesses.reads.push_back(step.target);
  return accesses;
}

/// A branch over a constant, such as a parameter of the graph, has one way out.
FlowGraph control_graph(const Draft& draft) {
  const Plan& plan = draft.plan;
  const std::size_t end = plan.steps.size();
  FlowGraph graph(end + 1);
  for (std::size_t i = 0; i < end; ++i) {
    const PlanStep& step = plan.steps[i];
    const bool conditional = step.kind == PlanStep::Kind::jump_if_not;
    const auto constant = conditional && step.target != no_index ? draft.facts[step.target].constant : std::nullopt;
    const bool stays = step.kind != PlanStep::Kind::jump && (!constant || constant->as_boolean());
    const bool jumps = step.kind == PlanStep::Kind::jump || (conditional && (!constant || !constant->as_boolean()));
    if (stays) boost::add_edge(i, i + 1, graph);
    if (jumps) boost::add_edge(i, step.destination, graph);
  }
  return graph;
}

std::vector<Accesses> all_accesses(const Draft& draft) {
  std::vector<Accesses> result;
  for (std::size_t i = 0; i < draft.plan.steps.size(); ++i) result.push_back(accesses_of(draft, i));
  return result;
}

/// The ways through the flow on which one variable keeps its value. One walk per variable needs no memory to speak of,
/// where sets of all writes would need steps times writes.
class VariableWays {
 public:
  VariableWays(const Draft& draft, const FlowGraph& control, const std::vector<Accesses>& accesses)
      : control_(control),
        writers_(draft.plan.variables.size()),
        readers_(draft.plan.variables.size()),
        writes_(accesses.size() + 1),
        reads_(accesses.size() + 1) {
    for (std::size_t step = 0; step < accesses.size(); ++step) {
      for (const std::size_t variable : accesses[step].writes) writers_[variable].push_back(step);
      for (const std::size_t variable : accesses[step].reads) readers_[variable].push_back(step);
    }
  }

  [[nodiscard]] bool is_read(std::size_t variable) const { return !readers_[variable].empty(); }
  [[nodiscard]] bool is_written(std::size_t variable) const { return !writers_[variable].empty(); }

  /// The steps that may read the variable before anything has written it.
  [[nodiscard]] std::vector<std::size_t> early_readers(std::size_t variable) {
    select(variable, true);
    std::vector<std::size_t> early;
    walk({0}, [&](std::size_t step) {
      if (reads_[step]) early.push_back(step);
      return !writes_[step];
    });
    select(variable, false);
    return early;
  }

  /// Whether what some step writes is read by a later one.
  [[nodiscard]] bool is_used(std::size_t variable) {
    select(variable, true);
    std::vector<std::size_t> behind;
    for (const std::size_t writer : writers_[variable]) append_successors(writer, behind);
    bool used = false;
    walk(std::move(behind), [&](std::size_t step) {
      used = used || reads_[step];
      return !used && !writes_[step];
    });
    select(variable, false);
    return used;
  }

 private:
  void select(std::size_t variable, bool selected) {
    for (const std::size_t step : writers_[variable]) writes_[step] = selected;
    for (const std::size_t step : readers_[variable]) reads_[step] = selected;
  }

  void append_successors(std::size_t step, std::vector<std::size_t>& steps) const {
    const auto [first, last] = boost::out_edges(step, control_);
    for (auto edge = first; edge != last; ++edge) steps.push_back(boost::target(*edge, control_));
  }

  /// Visits each step once; `visit` says whether to go on behind it.
  template <class Visit>
  void walk(std::vector<std::size_t> open, Visit visit) const {
    std::vector<bool> seen(writes_.size(), false);
    while (!open.empty()) {
      const std::size_t step = open.back();
      open.pop_back();
      if (seen[step]) continue;
      seen[step] = true;
      if (visit(step)) append_successors(step, open);
    }
  }

  const FlowGraph& control_;
  std::vector<std::vector<std::size_t>> writers_;  ///< by variable
  std::vector<std::vector<std::size_t>> readers_;
  std::vector<bool> writes_;  ///< by step, for the variable that is looked at
  std::vector<bool> reads_;
};

void check_reads(const Draft& draft, VariableWays& ways, Diagnostics& diagnostics) {
  std::vector<std::pair<std::size_t, std::size_t>> early;
  for (std::size_t variable = 0; variable < draft.facts.size(); ++variable) {
    if (draft.facts[variable].has_initial || !ways.is_read(variable)) continue;
    for (const std::size_t reader : ways.early_readers(variable)) early.emplace_back(reader, variable);
  }
  std::ranges::sort(early);
  for (const auto& [reader, variable] : early) {
    const PlanStep& step = draft.plan.steps[reader];
    const std::string& name = draft.plan.variables[variable].name;
    diagnostics.add({"used-before-written", Severity::error, draft.step_facts[reader].where, step.path,
                     "'" + step.path + "' reads '" + name + "' before anything has written it.",
                     "a write before this, or an initial value", "a way through the flow without a write", ""});
  }
}

void check_writes(const Draft& draft, VariableWays& ways, const std::vector<Accesses>& accesses, bool may_run_again,
                  Diagnostics& diagnostics) {
  std::vector<bool> moved(draft.plan.variables.size(), false);
  for (const Accesses& access : accesses) {
    for (const std::size_t variable : access.moves) moved[variable] = true;
  }
  for (std::size_t i = 0; i < draft.facts.size(); ++i) {
    const VariableFacts& facts = draft.facts[i];
    if (!facts.declared || facts.of_catalogue || facts.result || moved[i]) continue;
    if (!ways.is_written(i) || ways.is_used(i)) continue;
    if (may_run_again && !ways.early_readers(i).empty()) continue;
    const std::string& name = draft.plan.variables[i].name;
    diagnostics.add({"never-used", Severity::warning, facts.where, name,
                     "'" + name + "' is written, but nothing reads what is written.",
                     "a port or expression that reads it", "only writes", ""});
  }
}

}  // namespace

void check_flow(const Draft& draft, bool may_run_again, Diagnostics& diagnostics) {
  if (draft.plan.steps.empty()) return;
  const std::vector<Accesses> accesses = all_accesses(draft);
  const FlowGraph control = control_graph(draft);
  VariableWays ways(draft, control, accesses);
  check_reads(draft, ways, diagnostics);
  check_writes(draft, ways, accesses, may_run_again, diagnostics);
}

}  // namespace skein::compiler
