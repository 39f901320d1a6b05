#include <algorithm>
#include <utility>

#include "compiler/drawing.hpp"

namespace skein::compiler {

namespace {

/// "while not stop" of a loop with the condition "= not stop".
std::string condition_text(const FlowItem& item) {
  if (item.kind == FlowItem::Kind::frames) {
    return "each frame of " + item.node + (item.restart ? ", begun anew" : "");
  }
  if (item.kind == FlowItem::Kind::rows) {
    return "each row of " + item.node + (item.random_order ? ", in random order" : "");
  }
  const std::size_t start = item.condition.find_first_not_of(" =");
  const std::string expression = start == std::string::npos ? "" : item.condition.substr(start);
  if (item.kind == FlowItem::Kind::branch) return "if " + expression;
  return (item.until ? "until " : "while ") + expression;
}

class NodeDrawing {
 public:
  NodeDrawing(const Draft& draft, const Graph& graph) : draft_(draft) {
    drawn_.boxes.push_back({ViewBox::Kind::graph, "", graph.name, graph.name, "", ViewBox::none});
    add_place(ViewNode::Kind::start, "start");
  }

  DrawnNodes draw() {
    std::size_t step = 0;
    for (const Mark& mark : draft_.marks) {
      for (; step < mark.step; ++step) add_step(step);
      apply(mark);
    }
    for (; step < draft_.plan.steps.size(); ++step) add_step(step);
    add_place(ViewNode::Kind::end, "end");
    return std::move(drawn_);
  }

 private:
  /// What is open at a place of the plan.
  struct Open {
    std::size_t box = 0;
    const GraphSlot* slot = nullptr;
    const FlowItem* condition = nullptr;
  };

  void add_place(ViewNode::Kind kind, const char* name) {
    ViewNode node;
    node.kind = kind;
    node.name = name;
    drawn_.nodes.push_back(std::move(node));
  }

  void apply(const Mark& mark) {
    if (mark.kind == Mark::Kind::close) {
      open_.pop_back();
      return;
    }
    Open inner = open_.back();
    if (mark.kind == Mark::Kind::node) inner.slot = mark.slot;
    if (mark.kind == Mark::Kind::condition) inner.condition = mark.item;
    if (mark.kind == Mark::Kind::graph || mark.kind == Mark::Kind::loop) {
      inner.box = drawn_.boxes.size();
      drawn_.boxes.push_back(mark.kind == Mark::Kind::graph ? graph_box(mark) : loop_box(mark));
      inner.slot = nullptr;
    }
    open_.push_back(inner);
  }

  /// The part of a path that the box around it does not say.
  [[nodiscard]] std::string name_in_box(const std::string& path) const {
    const std::string& around = drawn_.boxes[open_.back().box].path;
    return around.empty() ? path : path.substr(std::min(around.size() + 1, path.size()));
  }

  [[nodiscard]] ViewBox graph_box(const Mark& mark) const {
    const GraphSlot* slot = open_.back().slot;
    return {
        ViewBox::Kind::graph, mark.path, name_in_box(mark.path), mark.graph->name, slot == nullptr ? "" : slot->name,
        open_.back().box};
  }

  [[nodiscard]] ViewBox loop_box(const Mark& mark) const {
    const ViewBox& around = drawn_.boxes[open_.back().box];
    return {ViewBox::Kind::loop, around.path, condition_text(*mark.item), around.graph, "", open_.back().box};
  }

  /// Steps that only compute a number or jump are no nodes.
  void add_step(std::size_t index) {
    drawn_.node_of_step.push_back(no_index);
    const PlanStep& step = draft_.plan.steps[index];
    const Open& open = open_.back();
    ViewNode node;
    node.path = step.path;
    node.box = open.box;
    if (step.kind == PlanStep::Kind::jump_if_not && open.condition != nullptr) {
      node.kind = ViewNode::Kind::condition;
      node.name = condition_text(*open.condition);
    } else if (step.kind == PlanStep::Kind::compute || step.kind == PlanStep::Kind::jump ||
               step.kind == PlanStep::Kind::children) {
      return;
    } else {
      describe_operation(step, open, node);
    }
    drawn_.node_of_step.back() = drawn_.nodes.size();
    drawn_.nodes.push_back(std::move(node));
  }

  void describe_operation(const PlanStep& step, const Open& open, ViewNode& node) const {
    node.name = name_in_box(step.path);
    if (open.slot != nullptr) {
      node.slot = open.slot->name;
      node.role = open.slot->role;
      node.optional = open.slot->optional;
      node.many = open.slot->many;
    }
    if (step.table != nullptr) {
      const bool is_problem = step.table == draft_.problem.evaluator.get();
      node.operation = is_problem ? draft_.problem.name : std::string(step.table->name);
    } else {
      node.kind = open.slot != nullptr ? ViewNode::Kind::open_slot : ViewNode::Kind::nothing;
      if (node.name.empty()) node.name = "nothing";
    }
  }

  const Draft& draft_;
  DrawnNodes drawn_;
  std::vector<Open> open_ = {Open{}};
};

}  // namespace

DrawnNodes draw_nodes(const Draft& draft, const Graph& graph) { return NodeDrawing(draft, graph).draw(); }

std::optional<GraphView> draw(const Draft& draft, const Graph& graph, Diagnostics& diagnostics) {
  if (draft.plan.steps.size() > most_view_nodes) {
    diagnostics.add({"too-large", Severity::error, graph.where, "",
                     "Graph '" + graph.name + "' is too large for a picture.",
                     "at most " + std::to_string(most_view_nodes) + " nodes, those of inner graphs included",
                     std::to_string(draft.plan.steps.size()), ""});
    return std::nullopt;
  }
  DrawnNodes drawn = draw_nodes(draft, graph);
  GraphView view{graph.name, graph.summary, {}, {}, draw_edges(draft, drawn)};
  view.boxes = std::move(drawn.boxes);
  view.nodes = std::move(drawn.nodes);
  return view;
}

}  // namespace skein::compiler
