#include "compiler/flow_graph.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <set>
#include <string>

namespace skein::compiler {

namespace {

enum class EdgeKind { control, data };

struct Edge {
  EdgeKind kind = EdgeKind::control;
  std::size_t variable = no_index;
};

using FlowGraph = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS, boost::no_property, Edge>;

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
    if (stays) boost::add_edge(i, i + 1, Edge{}, graph);
    if (jumps) boost::add_edge(i, step.destination, Edge{}, graph);
  }
  return graph;
}

/// A write of a variable, or its state at the start of a run (`step` is no_index).
struct Definition {
  std::size_t step = no_index;
  std::size_t variable = 0;
};

/// Which definitions reach each step: the classic forward analysis, run until nothing changes.
class ReachingDefinitions {
 public:
  ReachingDefinitions(const Draft& draft, const FlowGraph& control, const std::vector<Accesses>& accesses)
      : control_(control), accesses_(accesses) {
    for (std::size_t variable = 0; variable < draft.plan.variables.size(); ++variable) {
      definitions_.push_back({no_index, variable});
    }
    for (std::size_t step = 0; step < accesses.size(); ++step) {
      for (const std::size_t variable : accesses[step].writes) definitions_.push_back({step, variable});
    }
    by_variable_.resize(draft.plan.variables.size());
    for (std::size_t i = 0; i < definitions_.size(); ++i) by_variable_[definitions_[i].variable].push_back(i);
    solve(draft.plan.variables.size());
  }

  /// The definitions of `variable` that may hold when `step` begins.
  [[nodiscard]] std::vector<Definition> at(std::size_t step, std::size_t variable) const {
    std::vector<Definition> found;
    for (const std::size_t i : by_variable_[variable]) {
      if (entering_[step][i]) found.push_back(definitions_[i]);
    }
    return found;
  }

 private:
  void solve(std::size_t variable_count) {
    const std::size_t steps = accesses_.size();
    entering_.assign(steps + 1, std::vector<bool>(definitions_.size(), false));
    for (std::size_t variable = 0; variable < variable_count; ++variable) entering_[0][variable] = true;
    std::set<std::size_t> work;
    for (std::size_t step = 0; step < steps; ++step) work.insert(step);
    while (!work.empty()) {
      const std::size_t step = *work.begin();
      work.erase(work.begin());
      const std::vector<bool> leaving = leave(step);
      const auto [first, last] = boost::out_edges(step, control_);
      for (auto edge = first; edge != last; ++edge) {
        const std::size_t next = boost::target(*edge, control_);
        bool changed = false;
        for (std::size_t i = 0; i < leaving.size(); ++i) {
          if (!leaving[i] || entering_[next][i]) continue;
          entering_[next][i] = true;
          changed = true;
        }
        if (changed && next < steps) work.insert(next);
      }
    }
  }

  [[nodiscard]] std::vector<bool> leave(std::size_t step) const {
    std::vector<bool> leaving = entering_[step];
    for (const std::size_t variable : accesses_[step].writes) {
      for (const std::size_t i : by_variable_[variable]) leaving[i] = definitions_[i].step == step;
    }
    return leaving;
  }

  const FlowGraph& control_;
  const std::vector<Accesses>& accesses_;
  std::vector<Definition> definitions_;
  std::vector<std::vector<std::size_t>> by_variable_;
  std::vector<std::vector<bool>> entering_;
};

std::vector<Accesses> all_accesses(const Draft& draft) {
  std::vector<Accesses> result;
  for (std::size_t i = 0; i < draft.plan.steps.size(); ++i) result.push_back(accesses_of(draft, i));
  return result;
}

/// What a picture of the data shows.
struct Analysis {
  explicit Analysis(const Draft& draft)
      : accesses(all_accesses(draft)), graph(control_graph(draft)), reaching(draft, graph, accesses) {}

  std::vector<Accesses> accesses;
  FlowGraph graph;
  ReachingDefinitions reaching;
};

void add_data_edges(Analysis& analysis) {
  for (std::size_t reader = 0; reader < analysis.accesses.size(); ++reader) {
    for (const std::size_t variable : analysis.accesses[reader].reads) {
      for (const Definition& definition : analysis.reaching.at(reader, variable)) {
        if (definition.step == no_index) continue;
        boost::add_edge(definition.step, reader, Edge{EdgeKind::data, variable}, analysis.graph);
      }
    }
  }
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

  /// The steps that may read the variable before anything has written it, in order.
  [[nodiscard]] std::vector<std::size_t> early_readers(std::size_t variable) {
    select(variable, true);
    std::vector<std::size_t> early;
    walk({0}, [&](std::size_t step) {
      if (reads_[step]) early.push_back(step);
      return !writes_[step];
    });
    select(variable, false);
    std::ranges::sort(early);
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

void check_writes(const Draft& draft, VariableWays& ways, const std::vector<Accesses>& accesses,
                  Diagnostics& diagnostics) {
  std::vector<bool> moved(draft.plan.variables.size(), false);
  for (const Accesses& access : accesses) {
    for (const std::size_t variable : access.moves) moved[variable] = true;
  }
  for (std::size_t i = 0; i < draft.facts.size(); ++i) {
    const VariableFacts& facts = draft.facts[i];
    if (!facts.declared || facts.of_catalogue || facts.result || moved[i]) continue;
    if (!ways.is_written(i) || ways.is_used(i)) continue;
    const std::string& name = draft.plan.variables[i].name;
    diagnostics.add({"never-used", Severity::warning, facts.where, name,
                     "'" + name + "' is written, but nothing reads what is written.",
                     "a port or expression that reads it", "only writes", ""});
  }
}

}  // namespace

std::vector<DataEdge> data_edges(const Draft& draft) {
  Analysis analysis(draft);
  add_data_edges(analysis);
  std::vector<DataEdge> result;
  const auto [first, last] = boost::edges(analysis.graph);
  for (auto edge = first; edge != last; ++edge) {
    if (analysis.graph[*edge].kind != EdgeKind::data) continue;
    result.push_back(
        {boost::source(*edge, analysis.graph), boost::target(*edge, analysis.graph), analysis.graph[*edge].variable});
  }
  return result;
}

void check_flow(const Draft& draft, Diagnostics& diagnostics) {
  if (draft.plan.steps.empty()) return;
  const std::vector<Accesses> accesses = all_accesses(draft);
  const FlowGraph control = control_graph(draft);
  VariableWays ways(draft, control, accesses);
  check_reads(draft, ways, diagnostics);
  check_writes(draft, ways, accesses, diagnostics);
}

}  // namespace skein::compiler
