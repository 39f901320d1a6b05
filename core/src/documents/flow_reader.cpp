#include "documents/flow_reader.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "documents/findings.hpp"
#include "documents/object_reader.hpp"
#include "documents/utf8.hpp"

namespace skein {
namespace {

// Suggestions cost a comparison with every node: enough for a person, bounded for hostile documents.
constexpr std::size_t most_suggestions = 100;

constexpr std::array<std::string_view, 5> controls = {"loop", "if", "for_each", "parallel", "repeat"};
constexpr const char* expected_controls = R"("loop", "if", "for_each", "parallel" or "repeat")";

}  // namespace

FlowReader::FlowReader(const std::vector<Node>& nodes, const Value* node_section, Diagnostics& diagnostics)
    : node_section_(node_section), diagnostics_(diagnostics) {
  names_.reserve(nodes.size());
  for (const Node& node : nodes) names_.push_back(node.name);
  std::sort(names_.begin(), names_.end());
  used_.resize(names_.size(), false);
}

std::vector<FlowItem> FlowReader::read_items(const Value& list, const std::string& path) {
  std::vector<FlowItem> items;
  const List* values = read_list(list, path, diagnostics_);
  if (values == nullptr) return items;
  items.reserve(values->size());
  for (std::size_t i = 0; i < values->size(); ++i) items.push_back(read_item((*values)[i], join_path(path, i)));
  return items;
}

FlowItem FlowReader::read_item(const Value& value, const std::string& path) {
  FlowItem item;
  item.where = value.where;
  if (value.is_text()) {
    read_node(value, path, item);
  } else if (value.is_list()) {
    item.kind = FlowItem::Kind::sequence;
    item.body = read_items(value, path);
  } else if (value.is_object()) {
    read_control(value, path, item);
  } else {
    diagnostics_.add(
        wrong_type_finding(value, path, "an item of the flow",
                           std::string("the name of a node, a list, or an object with ") + expected_controls));
    leave_out(value, item);
  }
  return item;
}

void FlowReader::read_node(const Value& value, const std::string& path, FlowItem& item) {
  item.node = value.text();
  if (mark_used(item.node)) return;
  if (node_section_ == nullptr || !node_section_->is_object()) return leave_out(value, item);
  Diagnostic diagnostic = finding("unknown-node", value.where, path,
                                  "the flow names the node " + in_quotes(item.node) + ", which is not declared");
  diagnostic.expected = R"(a node that stands in "nodes")";
  diagnostic.found = in_quotes(item.node);
  if (++unknown_nodes_ <= most_suggestions) diagnostic.suggestion = nearest_name(item.node, names_);
  // From here on the node that was meant stands here: it is not unreachable as well.
  item.node = diagnostic.suggestion;
  mark_used(item.node);
  if (item.node.empty()) leave_out(value, item);
  diagnostics_.add(std::move(diagnostic));
}

/// What cannot be read may hold nodes: those that it names are not unreachable.
void FlowReader::leave_out(const Value& value, FlowItem& item) {
  item.kind = FlowItem::Kind::faulty;
  mark_all_used(value);
}

void FlowReader::mark_all_used(const Value& value) {
  if (value.is_text()) mark_used(value.text());
  if (value.is_list()) {
    for (const Value& element : value.list()) mark_all_used(element);
  }
  if (!value.is_object()) return;
  for (const Member& member : value.object()) mark_all_used(member.value);
}

void FlowReader::read_control(const Value& value, const std::string& path, FlowItem& item) {
  for (std::size_t first = 0; first < controls.size(); ++first) {
    for (std::size_t second = first + 1; second < controls.size(); ++second) {
      refuse_both(value, controls[first], controls[second], path, diagnostics_);
    }
  }
  if (value.find("loop") != nullptr) {
    read_loop(value, path, item);
  } else if (value.find("if") != nullptr) {
    read_branch(value, path, item);
  } else if (value.find("for_each") != nullptr) {
    read_rows(value, path, item);
  } else if (value.find("parallel") != nullptr || value.find("repeat") != nullptr) {
    read_frames(value, path, item);
  } else {
    report_no_control(value, path);
    leave_out(value, item);
  }
}

void FlowReader::read_loop(const Value& value, const std::string& path, FlowItem& item) {
  ObjectReader reader(value, path, diagnostics_);
  item.kind = FlowItem::Kind::loop;
  item.body = read_items(*reader.required("loop"), reader.path_to("loop"));
  const Value* condition = reader.optional("while");
  const Value* until = reader.optional("until");
  item.until = until != nullptr;
  read_condition(until, reader.path_to("until"), item);
  read_condition(condition, reader.path_to("while"), item);
  refuse_both(value, "while", "until", path, diagnostics_);
  if (until == nullptr && condition == nullptr) {
    Diagnostic diagnostic = finding("missing-key", value.where, path, "nothing says when this loop ends");
    diagnostic.expected = R"("while" or "until", with an expression)";
    diagnostics_.add(std::move(diagnostic));
  }
  if (reader.optional("if") != nullptr) {
    for (const std::string_view key : {"then", "else"}) (void)reader.optional(key);
  }
  reader.finish();
}

void FlowReader::read_branch(const Value& value, const std::string& path, FlowItem& item) {
  ObjectReader reader(value, path, diagnostics_);
  item.kind = FlowItem::Kind::branch;
  read_condition(reader.required("if"), reader.path_to("if"), item);
  if (const Value* then = reader.required("then")) item.body = read_items(*then, reader.path_to("then"));
  if (const Value* otherwise = reader.optional("else")) {
    item.otherwise = read_items(*otherwise, reader.path_to("else"));
  }
  reader.finish();
}

void FlowReader::read_rows(const Value& value, const std::string& path, FlowItem& item) {
  ObjectReader reader(value, path, diagnostics_);
  item.kind = FlowItem::Kind::rows;
  if (const Value* population = reader.required("for_each")) {
    item.node = read_text(*population, reader.path_to("for_each"), diagnostics_).value_or("");
  }
  if (const Value* order = reader.optional("order")) read_order(*order, reader.path_to("order"), item);
  if (const Value* body = reader.required("do")) item.body = read_items(*body, reader.path_to("do"));
  reader.finish();
}

/// `parallel`: the frames of a set go on; `repeat`: they begin anew.
void FlowReader::read_frames(const Value& value, const std::string& path, FlowItem& item) {
  ObjectReader reader(value, path, diagnostics_);
  item.kind = FlowItem::Kind::frames;
  item.restart = value.find("parallel") == nullptr;
  const char* const key = item.restart ? "repeat" : "parallel";
  if (const Value* frames = reader.required(key)) {
    item.node = read_text(*frames, reader.path_to(key), diagnostics_).value_or("");
    if (!frames->is_text()) mark_all_used(*frames);
  }
  if (!item.restart) (void)reader.optional("repeat");
  if (const Value* body = reader.required("do")) item.body = read_items(*body, reader.path_to("do"));
  reader.finish();
}

void FlowReader::read_order(const Value& value, const std::string& path, FlowItem& item) {
  const std::optional<std::string> name = read_text(value, path, diagnostics_);
  item.random_order = name == "random";
  if (!name || name == "random" || name == "given") return;
  Diagnostic diagnostic =
      finding("unknown-choice", value.where, path, in_quotes(*name) + " is no order in which rows can be taken");
  diagnostic.expected = R"("given" or "random")";
  diagnostic.found = in_quotes(*name);
  diagnostic.suggestion = nearest_name(*name, std::vector<std::string>{"given", "random"});
  diagnostics_.add(std::move(diagnostic));
}

void FlowReader::read_condition(const Value* value, const std::string& path, FlowItem& item) {
  if (value == nullptr) return;
  if (is_expression(*value)) {
    item.condition = value->text();
    item.condition_where = value->where;
    return;
  }
  Diagnostic diagnostic = wrong_type_finding(*value, path, "a condition", R"(an expression that starts with "=")");
  if (value->is_text()) {
    diagnostic.message = R"(a condition must be an expression that starts with "=")";
    diagnostic.suggestion = in_quotes("= " + value->text());
  }
  diagnostics_.add(std::move(diagnostic));
}

/// An object with none of the known keys gets one finding; otherwise its unknown keys are what is wrong.
void FlowReader::report_no_control(const Value& value, const std::string& path) {
  ObjectReader reader(value, path, diagnostics_);
  std::size_t known = 0;
  for (const std::string_view key :
       {"loop", "while", "until", "if", "then", "else", "for_each", "parallel", "repeat", "order", "do"}) {
    if (reader.optional(key) != nullptr) ++known;
  }
  if (known < value.object().size()) {
    reader.finish();
    return;
  }
  Diagnostic diagnostic = finding("missing-key", value.where, path, "nothing says what this item of the flow is");
  diagnostic.expected = expected_controls;
  diagnostics_.add(std::move(diagnostic));
}

bool FlowReader::mark_used(const std::string& node) {
  const auto position = std::lower_bound(names_.begin(), names_.end(), node);
  if (position == names_.end() || *position != node) return false;
  used_[static_cast<std::size_t>(position - names_.begin())] = true;
  return true;
}

void FlowReader::report_unreachable(const std::string& nodes_path) {
  if (node_section_ == nullptr || !node_section_->is_object()) return;
  for (const Member& member : node_section_->object()) {
    const auto position = std::lower_bound(names_.begin(), names_.end(), member.key);
    if (position != names_.end() && used_[static_cast<std::size_t>(position - names_.begin())]) continue;
    Diagnostic diagnostic = finding("unreachable-node", member.key_where, join_path(nodes_path, member.key),
                                    "the node " + in_quotes(member.key) + " is declared but never stands in the flow");
    diagnostic.severity = Severity::warning;
    diagnostics_.add(std::move(diagnostic));
  }
}

}  // namespace skein
