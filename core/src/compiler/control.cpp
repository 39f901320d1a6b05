#include <algorithm>
#include <utility>

#include "compiler/expansion.hpp"
#include "compiler/expressions.hpp"
#include "documents/joined.hpp"

namespace skein::compiler {

namespace {

PlanStep jump(PlanStep::Kind kind, std::size_t target, std::size_t destination, std::string path) {
  PlanStep step;
  step.kind = kind;
  step.path = std::move(path);
  step.target = target;
  step.destination = destination;
  return step;
}

}  // namespace

void Expansion::emit(Scope& scope) { emit_flow(scope, scope.graph->flow); }

void Expansion::emit_flow(Scope& scope, const std::vector<FlowItem>& items) {
  for (const FlowItem& item : items) {
    switch (item.kind) {
      case FlowItem::Kind::node: {
        const auto node = std::ranges::find(scope.graph->nodes, item.node, &Node::name);
        if (node != scope.graph->nodes.end()) {
          emit_node(scope, *node);
        } else {
          report("unknown-node", item.where, scope.prefix + "flow", "There is no node '" + item.node + "'.", "",
                 "'" + item.node + "'", nearest_name(item.node, names_of(scope.graph->nodes)));
          leave_out_anything(scope, scope.prefix + item.node);
        }
        break;
      }
      case FlowItem::Kind::sequence:
        emit_flow(scope, item.body);
        break;
      case FlowItem::Kind::loop:
        emit_loop(scope, item);
        break;
      case FlowItem::Kind::branch:
        emit_branch(scope, item);
        break;
      case FlowItem::Kind::rows:
        emit_rows(scope, item);
        break;
      case FlowItem::Kind::frames:
        emit_frames(scope, item);
        break;
      case FlowItem::Kind::faulty:
        leave_out_anything(scope, scope.prefix + "flow");
        break;
    }
  }
}

/// The boolean global that a condition is read from; an expression gets a step that computes it.
std::optional<std::size_t> Expansion::condition(Scope& scope, const FlowItem& item) {
  if (item.condition.empty() && scope.graph->faulty) return std::nullopt;  // it could not be read
  Value text(item.condition);
  text.where = item.condition_where;
  const std::string path = scope.prefix + "flow";
  const auto name = expression_text(text);
  const Symbol* symbol = scope.find(name.text);
  std::optional<Bound> bound;
  if (symbol != nullptr && symbol->kind == Symbol::Kind::variable && !draft_.facts[symbol->index].column) {
    bound = bound_symbol(*symbol, text, path);
  } else {
    bound = resolve(text, scope, path);
  }
  if (!bound || !check_in_reach(bound->binding.index, item.condition_where, path)) return std::nullopt;
  const CellType& type = draft_.facts[bound->binding.index].type;
  if (scalar_type(type) != ScalarType::boolean) {
    report("type-mismatch", item.condition_where, path, "A condition must be true or false.", "boolean",
           draft_.variable_text(bound->binding.index));
    return std::nullopt;
  }
  return bound->binding.index;
}

/// A step that jumps where the condition is false.
std::size_t Expansion::emit_condition(Scope& scope, const FlowItem& item) {
  draft_.open({Mark::Kind::condition, 0, scope.prefix + "flow", nullptr, nullptr, &item});
  const auto chosen = condition(scope, item);
  const std::size_t step =
      chosen ? draft_.add_step(jump(PlanStep::Kind::jump_if_not, *chosen, no_index, scope.prefix + "flow"), item.where)
             : leave_out_condition(scope, item);
  draft_.close();
  return step;
}

void Expansion::emit_loop(Scope& scope, const FlowItem& item) {
  draft_.open({Mark::Kind::loop, 0, scope.prefix + "flow", nullptr, nullptr, &item});
  emit_loop_steps(scope, item);
  draft_.close();
}

void Expansion::emit_loop_steps(Scope& scope, const FlowItem& item) {
  std::vector<PlanStep>& steps = draft_.plan.steps;
  const std::size_t begin = steps.size();
  if (item.until) {
    emit_flow(scope, item.body);
    const std::size_t repeat = emit_condition(scope, item);
    steps[repeat].destination = begin;
    return;
  }
  const std::size_t leave = emit_condition(scope, item);
  emit_flow(scope, item.body);
  draft_.add_step(jump(PlanStep::Kind::jump, no_index, begin, scope.prefix + "flow"), item.where);
  steps[leave].destination = steps.size();
}

/// What a condition over parameters alone comes to.
std::optional<bool> Expansion::known_condition(const Scope& scope, const FlowItem& item) const {
  if (item.condition.empty()) return std::nullopt;
  Diagnostics ignored;
  const auto value = evaluate_constant(Value(item.condition), constant_names(draft_, scope), "", ignored);
  return value && value->is_boolean() ? std::optional(value->boolean()) : std::nullopt;
}

/// The steps of one way only; the other way is checked.
void Expansion::emit_known_branch(Scope& scope, const FlowItem& item, bool condition) {
  emit_flow(scope, condition ? item.body : item.otherwise);
  check_flow_in_vain(scope, condition ? item.otherwise : item.body);
}

void Expansion::check_flow_in_vain(Scope& scope, const std::vector<FlowItem>& items) {
  const std::size_t steps = draft_.plan.steps.size();
  const std::vector<Mark> marks = draft_.marks;
  const auto occurrences = occurrences_;
  emit_flow(scope, items);
  draft_.plan.steps.resize(steps);
  draft_.step_facts.resize(steps);
  draft_.marks = marks;
  occurrences_ = occurrences;
}

void Expansion::emit_branch(Scope& scope, const FlowItem& item) {
  if (const auto known = known_condition(scope, item)) return emit_known_branch(scope, item, *known);
  std::vector<PlanStep>& steps = draft_.plan.steps;
  const std::size_t skip = emit_condition(scope, item);
  emit_flow(scope, item.body);
  if (item.otherwise.empty()) {
    steps[skip].destination = steps.size();
    return;
  }
  const std::size_t leave =
      draft_.add_step(jump(PlanStep::Kind::jump, no_index, no_index, scope.prefix + "flow"), item.where);
  steps[skip].destination = steps.size();
  emit_flow(scope, item.otherwise);
  steps[leave].destination = steps.size();
}

}  // namespace skein::compiler
