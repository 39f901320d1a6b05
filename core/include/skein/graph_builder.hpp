// GraphBuilder: a graph written in C++, with the same words and the same checks as a graph document.
//
//   GraphBuilder graph("random_search");
//   graph.parameter("rows", ParameterType::integer, 10);
//   graph.population("swarm", "= rows", {column("position", "solution[n]"), column("fitness", "fitness[n]")});
//   graph.variable("stop", "boolean", false).slot("evaluator", "evaluator");
//   graph.node("move", operation("vector_add").in("a", "position").in("b", "step").out("sum", "position"));
//   graph.node("evaluate", slot("evaluator"));
//   graph.flow({loop({"move", "evaluate"}).until("= stop")});
//   Graph built = graph.build();
//
// What fills slots can be had as plain values: `choice.slots = {fill("evaluator", operation("sphere"))};`
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "skein/diagnostic.hpp"
#include "skein/graph.hpp"
#include "skein/operator_table.hpp"
#include "skein/value.hpp"

namespace skein {

/// A component under construction: what a node is, or what fills a slot. Values are those of documents: in in(), out()
/// and inout() a text is a name, `=…` an expression and a list a group; in parameter() a text is a literal.
class ComponentBuilder {
 public:
  ComponentBuilder(Component::Kind kind, std::string name);
  explicit ComponentBuilder(Graph graph);

  ComponentBuilder& in(std::string port, Value value);
  ComponentBuilder& out(std::string port, Value value);
  ComponentBuilder& inout(std::string port, Value value);
  ComponentBuilder& parameter(std::string name, Value value);

  /// Pins the only stream of an operator, or the one with that name.
  ComponentBuilder& stream(std::string text);
  ComponentBuilder& stream(std::string name, std::string text);

  /// Of a graph: fills one of its slots, with one component or with any number of named ones.
  ComponentBuilder& fill(std::string slot, Component filler);
  ComponentBuilder& fill_many(std::string slot, std::vector<Node> fillers);

  operator Component() const { return component_; }

 private:
  ComponentBuilder& bind(std::string port, Direction direction, Value value);

  Component component_;
};

[[nodiscard]] ComponentBuilder operation(std::string name);  ///< an operator, by name
[[nodiscard]] ComponentBuilder subgraph(std::string name);   ///< a graph, by name
[[nodiscard]] ComponentBuilder subgraph(Graph graph);        ///< a graph in place
[[nodiscard]] ComponentBuilder slot(std::string name);       ///< what fills a slot of the surrounding graph
[[nodiscard]] Component nothing();                           ///< leaves an optional slot empty

/// A filled slot as a plain value, for AlgorithmChoice::slots.
[[nodiscard]] SlotFilling fill(std::string slot, Component filler);
[[nodiscard]] SlotFilling fill_many(std::string slot, std::vector<Node> fillers);

/// Flow under construction. A text is the name of a node.
class FlowPart {
 public:
  FlowPart(const char* node) : FlowPart(std::string(node)) {}
  FlowPart(std::string node);
  explicit FlowPart(FlowItem item);

  /// Of a loop: the condition before each pass, or after it.
  FlowPart& repeat_while(std::string condition);
  FlowPart& until(std::string condition);
  /// Of a branch: what happens when the condition does not hold.
  FlowPart& otherwise(const std::vector<FlowPart>& parts);

  [[nodiscard]] const FlowItem& item() const noexcept { return item_; }

 private:
  FlowItem item_;
};

[[nodiscard]] FlowPart sequence(const std::vector<FlowPart>& parts);
[[nodiscard]] FlowPart loop(const std::vector<FlowPart>& body);
/// What is to be done for the rows of a population one after another, in their order or a random one.
[[nodiscard]] FlowPart for_each_row(std::string population, const std::vector<FlowPart>& body,
                                    bool in_random_order = false);
/// What is to be done in each frame of a set, side by side: the frames go on where they were, or begin anew.
[[nodiscard]] FlowPart in_frames(std::string frames, const std::vector<FlowPart>& body);
[[nodiscard]] FlowPart in_new_frames(std::string frames, const std::vector<FlowPart>& body);
[[nodiscard]] FlowPart branch(std::string condition, const std::vector<FlowPart>& then);

/// A column of a population; the type is written as in documents.
struct ColumnDeclaration {
  std::string name;
  std::string type;
  std::optional<Value> initial;
  std::string summary;
};

[[nodiscard]] ColumnDeclaration column(std::string name, std::string type, std::optional<Value> initial = std::nullopt,
                                       std::string summary = "");

/// Collects declarations, nodes and flow. Nothing is checked before build().
class GraphBuilder {
 public:
  explicit GraphBuilder(std::string name);

  GraphBuilder& summary(std::string text);
  GraphBuilder& revision(std::uint32_t number);
  GraphBuilder& require(std::string plugin, std::string range);
  /// A role of slots that the graph is made to fill.
  GraphBuilder& role(std::string name);

  GraphBuilder& parameter(std::string name, ParameterType type, std::optional<Value> initial = std::nullopt,
                          std::string summary = "");
  GraphBuilder& parameter(const GraphParameter& parameter);

  /// The initial value of an in-port is its default; of other ports, what they hold at first in a whole algorithm.
  GraphBuilder& in_port(std::string name, std::string type, std::optional<Value> initial = std::nullopt,
                        std::string summary = "");
  GraphBuilder& out_port(std::string name, std::string type, std::optional<Value> initial = std::nullopt,
                         std::string summary = "");
  GraphBuilder& inout_port(std::string name, std::string type, std::optional<Value> initial = std::nullopt,
                           std::string summary = "");
  /// A port of type `population`, with the columns that it must have.
  GraphBuilder& population_port(Direction direction, std::string name, std::vector<ColumnDeclaration> columns,
                                std::string summary = "");

  GraphBuilder& variable(std::string name, std::string type, std::optional<Value> initial = std::nullopt,
                         std::string summary = "");
  /// A set of frames; without a count it is one frame, which may write what is around it.
  GraphBuilder& frames(std::string name, std::optional<Value> count = std::nullopt, std::string summary = "");
  /// Gives each frame of the set its own instance of a variable or population that was declared before.
  GraphBuilder& per_frame(const std::string& frames, const std::vector<std::string>& names);
  GraphBuilder& population(std::string name, Value rows, std::vector<ColumnDeclaration> columns,
                           std::optional<Value> capacity = std::nullopt);

  GraphBuilder& slot(std::string name, std::string role);
  GraphBuilder& optional_slot(std::string name, std::string role);
  GraphBuilder& many_slot(std::string name, std::string role);
  GraphBuilder& slot(const GraphSlot& slot);

  GraphBuilder& node(std::string name, const Component& component);

  /// Appends to the flow.
  GraphBuilder& flow(const std::vector<FlowPart>& parts);

  /// The document that says the same.
  [[nodiscard]] Value document() const;

  /// The graph that reading document() gives; nothing when an error was found.
  [[nodiscard]] std::optional<Graph> build(Diagnostics& diagnostics) const;

  /// The same; throws std::invalid_argument with all findings as text when an error was found.
  [[nodiscard]] Graph build() const;

 private:
  GraphBuilder& port(Direction direction, std::string name, Object declaration);

  Object heading_;
  Object requirements_;
  List roles_;
  Object parameters_;
  Object in_ports_;
  Object out_ports_;
  Object inout_ports_;
  Object variables_;
  Object frames_;
  Object populations_;
  Object slots_;
  Object nodes_;
  List flow_;
};

}  // namespace skein
