// GraphView: what a picture of an operator graph shows, as plain values. Combined operators are opened, slots are
// filled as far as it is known what fills them, and data flow is found out.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace skein {

/// A frame around nodes: a graph, or a loop.
struct ViewBox {
  enum class Kind { graph, loop };
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  Kind kind = Kind::graph;
  std::string path;   ///< of the node that is a graph: "main loop"; empty for the whole graph; of a loop: its graph's
  std::string name;   ///< the last part of the path; of the whole graph its own name; of a loop its condition
  std::string graph;  ///< name of the graph inside
  std::string slot;   ///< that the graph fills, if it fills one
  std::size_t parent = none;  ///< index of the box around this one
};

/// One occurrence of a node in the flow, or a place where the flow divides.
struct ViewNode {
  enum class Kind {
    start,
    operation,
    open_slot,  ///< a slot that nothing fills, or not yet
    condition,  ///< of a loop or branch
    nothing,    ///< stands for a graph without nodes
    end
  };
  Kind kind = Kind::operation;
  std::string path;                ///< "main loop/move"; the same for each occurrence of a node
  std::string name;                ///< the path without that of its box; of a condition: "while not stop"
  std::string operation;           ///< name of the operator; of the problem where it is what evaluates
  std::string slot;                ///< that the node is, filled or not
  std::string role;                ///< of the slot
  bool optional = false;           ///< the slot
  bool many = false;               ///< the slot
  std::size_t box = 0;             ///< index of the innermost box around it
  std::vector<std::string> reads;  ///< names of variables and columns: "swarm.position"
  std::vector<std::string> writes;
};

/// An edge between two nodes. Control: what comes next. Data: what one writes and the other reads.
struct ViewEdge {
  enum class Kind { control, data };
  enum class Way { always, yes, no };  ///< control: which outcome of a condition leads this way
  Kind kind = Kind::control;
  std::size_t from = 0;
  std::size_t to = 0;
  Way way = Way::always;
  std::vector<std::string> variables;  ///< data: their names
};

struct GraphView {
  std::string name;
  std::string summary;
  std::vector<ViewBox> boxes;   ///< the first is the whole graph; a box stands behind the one around it
  std::vector<ViewNode> nodes;  ///< in the order of the flow, start first, end last
  std::vector<ViewEdge> edges;  ///< control edges, then data edges, each in the order of the nodes
};

/// More than this is refused with `too-large`.
inline constexpr std::size_t most_view_nodes = 20'000;

}  // namespace skein
