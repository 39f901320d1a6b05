// Graph: an operator graph as its author writes it. Plain values with the places where they stand; no check is made
// here. `faulty` marks what could not be read as it stands: that was reported, and what follows from it needs no
// report.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "skein/diagnostic.hpp"
#include "skein/operator_table.hpp"
#include "skein/type.hpp"
#include "skein/value.hpp"

namespace skein {

struct Graph;

/// A number or text that whoever uses the graph may choose. Fixed when the graph is compiled.
struct GraphParameter {
  std::string name;
  ParameterType type = ParameterType::real;
  std::optional<Value> initial;  ///< default: a literal, or "= expression" over other parameters and `d`
  std::optional<double> minimum;
  std::optional<double> maximum;
  std::vector<std::string> choices;  ///< of a choice
  std::string summary;
  SourceLocation where;
  bool faulty = false;
};

/// A named, typed place: a global of the graph or a column of one of its populations.
struct GraphVariable {
  std::string name;
  TypeName type;
  std::optional<Value> initial;  ///< a literal or "= expression"; nothing: must be written before it is read
  std::string summary;
  SourceLocation where;
  bool faulty = false;
  std::string frames = {};  ///< the set of frames that have one each; empty: there is one
  SourceLocation frames_where = {};
};

struct GraphPopulation {
  std::string name;
  Value rows;                     ///< an integer or "= expression"
  std::optional<Value> capacity;  ///< what resizes may reach; `rows` when not given
  std::vector<GraphVariable> columns;
  SourceLocation where;
  bool faulty = false;
  std::string frames = {};  ///< as of a variable
  SourceLocation frames_where = {};
};

/// A set of frames: each has its own instance of the variables and populations that name it, and of whatever the nodes
/// that run in it keep.
struct GraphFrames {
  std::string name;
  std::optional<Value> count;  ///< an integer or "= expression"; nothing: one, which may write what is around it
  std::string summary;
  SourceLocation where;
  bool faulty = false;
};

/// A port of the graph's public interface. A port of type `population` shows all columns of the population.
struct GraphPort {
  std::string name;
  Direction direction = Direction::in;
  TypeName type;
  std::optional<Value> initial;        ///< in: default; others: what it holds at first, in a whole algorithm
  std::vector<GraphVariable> columns;  ///< of a population: the columns that it must have
  std::string summary;
  SourceLocation where;
  bool faulty = false;
};

/// `port: value`. The value is a name (text), a constant (number, boolean), an expression (text that starts with `=`)
/// or a group (list of those).
struct PortBinding {
  std::string port;
  Direction direction = Direction::in;
  Value value;
  SourceLocation where;
};

struct SlotFilling;

/// What a node is, or what fills a slot: an operator, a graph, the content of a slot of the surrounding graph, or
/// nothing.
struct Component {
  enum class Kind { empty, operation, graph, slot };
  Kind kind = Kind::empty;
  std::string name;                           ///< of the operator, graph or slot; may be `plugin:name`
  std::string file;                           ///< of a graph in another document, relative to this one
  std::shared_ptr<const Graph> inline_graph;  ///< of a graph written in place, or read from the file
  std::optional<std::uint32_t> revision;      ///< of the operator or graph that this was written for
  Object parameters;                          ///< literals and "= expressions"
  std::vector<PortBinding> bindings;
  std::vector<std::pair<std::string, std::string>> streams;  ///< stream of the operator -> name that pins it
  std::vector<SlotFilling> slots;                            ///< of a graph
  SourceLocation where;
  SourceLocation name_where;  ///< of the name or file
  bool faulty = false;
};

struct Node {
  std::string name;
  Component component;
};

/// What is put into a slot of a graph: one component, or any number of named ones for a `many` slot.
struct SlotFilling {
  std::string slot;
  std::vector<Node> fillers;  ///< of a slot that is not `many`: exactly one, its name is the slot's
  bool many = false;          ///< written as an object of named entries
  SourceLocation where;
};

/// An open place, and the role of what may fill it.
struct GraphSlot {
  std::string name;
  std::string role;
  bool optional = false;
  bool many = false;
  std::optional<Component> initial;  ///< default
  std::string summary;
  SourceLocation where;
  bool faulty = false;
};

/// Control flow: a node, a sequence, a loop (`while`: condition before each pass, `until`: after it), a branch, a pass
/// over the rows of a population one after another, what is done in each frame of a set side by side, or what could not
/// be read.
struct FlowItem {
  enum class Kind { node, sequence, loop, branch, rows, frames, faulty };
  Kind kind = Kind::node;
  std::string node;       ///< of rows: the population; of frames: the set
  std::string condition;  ///< of loop and branch: the expression with its `=`
  SourceLocation condition_where;
  bool until = false;
  bool random_order = false;  ///< of rows: a new order in every pass
  std::vector<FlowItem> body;
  std::vector<FlowItem> otherwise;
  SourceLocation where;
  bool restart = false;  ///< of frames: they begin anew, from initial values and with random numbers of their own
};

/// A role that a graph is meant for, as operators declare theirs.
struct GraphRole {
  std::string name;
  SourceLocation where;
};

struct Graph {
  std::string name;
  std::string summary;
  std::uint32_t revision = 1;
  std::vector<std::pair<std::string, std::string>> requirements;  ///< plugin -> version range
  std::vector<GraphRole> roles;                                   ///< of slots that it is made to fill
  std::vector<GraphParameter> parameters;
  std::vector<GraphPort> ports;
  std::vector<GraphVariable> variables;
  std::vector<GraphFrames> frames;
  std::vector<GraphPopulation> populations;
  std::vector<GraphSlot> slots;
  std::vector<Node> nodes;
  std::vector<FlowItem> flow;
  SourceLocation where;
  std::string plugin;         ///< that brought it; empty for a graph from elsewhere
  bool faulty = false;        ///< anything in it
  bool faulty_names = false;  ///< a whole section of declarations could not be read
  bool faulty_flow = false;   ///< there is no flow, or no nodes
};

/// Whether the graph declares that it fills slots of this role.
[[nodiscard]] bool has_role(const Graph& graph, std::string_view role);

/// Whether a graph can be run by itself: it hands out what it found and needs nothing from outside.
[[nodiscard]] bool is_algorithm(const Graph& graph);

}  // namespace skein
