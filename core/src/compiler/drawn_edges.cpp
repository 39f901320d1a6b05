#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "compiler/drawing.hpp"

namespace skein::compiler {

namespace {

/// Variables that a step reads and writes.
struct Touched {
  std::vector<std::size_t> reads;
  std::vector<std::size_t> writes;
};

class EdgeDrawing {
 public:
  EdgeDrawing(const Draft& draft, DrawnNodes& drawn) : draft_(draft), drawn_(drawn) {
    for (std::size_t i = 0; i < steps().size(); ++i) touched_.push_back(touched_by(i));
    seen_.assign(steps().size(), 0);
  }

  std::vector<ViewEdge> draw() {
    add_control_edge(0, 0, ViewEdge::Way::always);
    for (std::size_t i = 0; i < steps().size(); ++i) {
      if (drawn_.node_of_step[i] != no_index) add_control_edges(i);
    }
    add_data_edges();
    return std::move(edges_);
  }

 private:
  [[nodiscard]] const std::vector<PlanStep>& steps() const { return draft_.plan.steps; }

  [[nodiscard]] bool is_shown(std::size_t variable) const { return draft_.facts[variable].declared; }

  void touch(std::size_t variable, Direction direction, Touched& touched) const {
    if (draft_.plan.variables[variable].hidden) return;
    if (direction != Direction::out) touched.reads.push_back(variable);
    if (direction != Direction::in) touched.writes.push_back(variable);
  }

  void touch(const PlanBinding& binding, Direction direction, Touched& touched) const {
    if (binding.kind == PlanBinding::Kind::variable) touch(binding.index, direction, touched);
    for (const PlanBinding& member : binding.members) touch(member, direction, touched);
    // Who reads a population only counts its rows; who changes it may change all of its columns.
    if (binding.kind != PlanBinding::Kind::population || direction == Direction::in) return;
    for (std::size_t i = 0; i < draft_.plan.variables.size(); ++i) {
      if (draft_.plan.variables[i].population == binding.index) touch(i, direction, touched);
    }
  }

  [[nodiscard]] Touched touched_by(std::size_t index) const {
    const PlanStep& step = steps()[index];
    const StepFacts& facts = draft_.step_facts[index];
    Touched touched;
    const auto holds = [](const std::vector<std::size_t>& list, std::size_t variable) {
      return std::ranges::find(list, variable) != list.end();
    };
    for (const std::size_t variable : facts.presumed) {
      const bool read = holds(facts.only_read, variable);
      const bool written = holds(facts.only_written, variable);
      const Direction direction = read == written ? Direction::inout : read ? Direction::in : Direction::out;
      touch(variable, direction, touched);
    }
    for (std::size_t i = 0; step.table != nullptr && i < step.ports.size(); ++i) {
      touch(step.ports[i], step.table->ports[i].direction, touched);
    }
    if (step.kind == PlanStep::Kind::compute) {
      touched.reads = step.expression_inputs;
      touched.writes = {step.target};
    }
    if (step.kind == PlanStep::Kind::jump_if_not && step.target != no_index) touched.reads = {step.target};
    for (std::vector<std::size_t>* list : {&touched.reads, &touched.writes}) {
      std::ranges::sort(*list);
      list->erase(std::unique(list->begin(), list->end()), list->end());
    }
    return touched;
  }

  /// The node that comes first from this step on; the last one, the end, behind all steps.
  [[nodiscard]] std::size_t next_node(std::size_t step) const {
    while (step < steps().size() && drawn_.node_of_step[step] == no_index) {
      step = steps()[step].kind == PlanStep::Kind::jump ? steps()[step].destination : step + 1;
    }
    return step < steps().size() ? drawn_.node_of_step[step] : drawn_.nodes.size() - 1;
  }

  void add_control_edge(std::size_t from, std::size_t step, ViewEdge::Way way) {
    edges_.push_back({ViewEdge::Kind::control, from, next_node(step), way, {}});
  }

  void add_control_edges(std::size_t step) {
    const std::size_t node = drawn_.node_of_step[step];
    if (drawn_.nodes[node].kind != ViewNode::Kind::condition) {
      return add_control_edge(node, step + 1, ViewEdge::Way::always);
    }
    add_control_edge(node, step + 1, ViewEdge::Way::yes);
    add_control_edge(node, steps()[step].destination, ViewEdge::Way::no);
  }

  void add_data_edges() {
    for (std::size_t i = 0; i < steps().size(); ++i) {
      const std::size_t node = drawn_.node_of_step[i];
      for (const std::size_t variable : touched_[i].writes) {
        if (node == no_index || !is_shown(variable)) continue;
        drawn_.nodes[node].writes.push_back(draft_.plan.variables[variable].name);
        follow(i, variable, node, variable);
      }
      if (node == no_index) continue;
      for (const std::size_t variable : touched_[i].reads) add_read(i, variable, drawn_.nodes[node]);
    }
    for (const auto& [ends, variables] : data_) {
      ViewEdge edge{ViewEdge::Kind::data, ends.first, ends.second, ViewEdge::Way::always, {}};
      for (const std::size_t variable : variables) edge.variables.push_back(draft_.plan.variables[variable].name);
      edges_.push_back(std::move(edge));
    }
  }

  /// What a node reads; in place of the result of an expression, what stands in it.
  void add_read(std::size_t step, std::size_t variable, ViewNode& node) {
    const std::string& name = draft_.plan.variables[variable].name;
    if (is_shown(variable)) {
      if (std::ranges::find(node.reads, name) == node.reads.end()) node.reads.push_back(name);
      return;
    }
    for (std::size_t i = step; i-- > 0;) {
      if (steps()[i].kind != PlanStep::Kind::compute || steps()[i].target != variable) continue;
      for (const std::size_t input : touched_[i].reads) add_read(i, input, node);
      return;
    }
  }

  /// Finds all who read what `carried` holds behind a step, until something else is written there. What an expression
  /// computes from it is followed as well.
  void follow(std::size_t step, std::size_t carried, std::size_t writer, std::size_t shown) {
    std::vector<std::size_t> computed;
    std::vector<std::size_t> work = successors(step);
    ++round_;
    while (!work.empty()) {
      const std::size_t here = work.back();
      work.pop_back();
      if (here >= steps().size() || std::exchange(seen_[here], round_) == round_) continue;
      if (std::ranges::binary_search(touched_[here].reads, carried)) {
        if (steps()[here].kind == PlanStep::Kind::compute) computed.push_back(here);
        if (drawn_.node_of_step[here] != no_index) data_[{writer, drawn_.node_of_step[here]}].insert(shown);
      }
      if (!may_do_nothing(here) && std::ranges::binary_search(touched_[here].writes, carried)) continue;
      for (const std::size_t next : successors(here)) work.push_back(next);
    }
    for (const std::size_t each : computed) follow(each, steps()[each].target, writer, shown);
  }

  /// An open slot that may stay empty.
  [[nodiscard]] bool may_do_nothing(std::size_t step) const {
    if (drawn_.node_of_step[step] == no_index) return false;
    const ViewNode& node = drawn_.nodes[drawn_.node_of_step[step]];
    return node.kind == ViewNode::Kind::open_slot && (node.optional || node.many);
  }

  [[nodiscard]] std::vector<std::size_t> successors(std::size_t step) const {
    switch (steps()[step].kind) {
      case PlanStep::Kind::jump:
        return {steps()[step].destination};
      case PlanStep::Kind::jump_if_not:
        return {step + 1, steps()[step].destination};
      default:
        return {step + 1};
    }
  }

  const Draft& draft_;
  DrawnNodes& drawn_;
  std::vector<Touched> touched_;  ///< beside the steps
  std::vector<ViewEdge> edges_;
  std::map<std::pair<std::size_t, std::size_t>, std::set<std::size_t>> data_;  ///< writer and reader -> variables
  std::vector<std::size_t> seen_;  ///< the round in which each step was last seen
  std::size_t round_ = 0;
};

}  // namespace

std::vector<ViewEdge> draw_edges(const Draft& draft, DrawnNodes& drawn) { return EdgeDrawing(draft, drawn).draw(); }

}  // namespace skein::compiler
