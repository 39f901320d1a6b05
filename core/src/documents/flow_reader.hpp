// Control flow in documents.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "skein/diagnostic.hpp"
#include "skein/graph.hpp"
#include "skein/value.hpp"

namespace skein {

/// Reads "flow" of one graph: names of nodes, nested lists, loops and branches.
class FlowReader {
 public:
  /// Keeps references to all three.
  FlowReader(const std::vector<Node>& nodes, const Value* node_section, Diagnostics& diagnostics);

  [[nodiscard]] std::vector<FlowItem> read_items(const Value& list, const std::string& path);

  /// One warning `unreachable-node` for every node that no flow item named.
  void report_unreachable(const std::string& nodes_path);

 private:
  FlowItem read_item(const Value& value, const std::string& path);
  void read_node(const Value& value, const std::string& path, FlowItem& item);
  void read_control(const Value& value, const std::string& path, FlowItem& item);
  void read_loop(const Value& value, const std::string& path, FlowItem& item);
  void read_branch(const Value& value, const std::string& path, FlowItem& item);
  void read_rows(const Value& value, const std::string& path, FlowItem& item);
  void read_frames(const Value& value, const std::string& path, FlowItem& item);
  void read_order(const Value& value, const std::string& path, FlowItem& item);
  void read_condition(const Value* value, const std::string& path, FlowItem& item);
  void report_no_control(const Value& value, const std::string& path);
  void leave_out(const Value& value, FlowItem& item);
  void mark_all_used(const Value& value);
  bool mark_used(const std::string& node);

  const Value* node_section_;
  Diagnostics& diagnostics_;
  std::vector<std::string> names_;  // sorted
  std::vector<bool> used_;          // beside names_
  std::size_t unknown_nodes_ = 0;
};

}  // namespace skein
