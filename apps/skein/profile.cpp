#include "apps/skein/profile.hpp"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "apps/skein/drawing.hpp"
#include "apps/skein/output.hpp"
#include "skein/text_file.hpp"

namespace skein::tool {
namespace {

std::string formatted(const char* format, double number) {
  char text[40];
  std::snprintf(text, sizeof text, format, number);
  return text;
}

std::string padded(std::string text, std::size_t width, bool to_the_right) {
  if (text.size() < width) text.insert(to_the_right ? 0 : text.size(), width - text.size(), ' ');
  return text;
}

double share(const RunProfile& profile, double seconds) {
  return profile.seconds > 0.0 ? seconds / profile.seconds * 100.0 : 0.0;
}

/// The number of the pipeline that a node is in, from 1.
std::optional<std::size_t> pipeline_of(const RunProfile& profile, const std::string& path) {
  for (std::size_t i = 0; i < profile.pipelines.size(); ++i) {
    const std::vector<std::string>& nodes = profile.pipelines[i].nodes;
    if (std::ranges::find(nodes, path) != nodes.end()) return i + 1;
  }
  return std::nullopt;
}

struct Row {
  std::string percent, seconds, calls, each, name, rest;
};

Row row_of(const RunProfile& profile, double seconds, std::uint64_t calls, std::string name, std::string rest) {
  const double each = calls == 0 ? 0.0 : seconds / static_cast<double>(calls) * 1e6;
  return {formatted("%.1f", share(profile, seconds)),
          formatted("%.4f", seconds),
          std::to_string(calls),
          formatted("%.2f", each),
          std::move(name),
          std::move(rest)};
}

std::string table_text(const std::vector<Row>& rows) {
  Row widths;
  const auto widen = [](std::string& width, const std::string& text) {
    width.resize(std::max(width.size(), text.size()));
  };
  for (const Row& row : rows) {
    widen(widths.percent, row.percent);
    widen(widths.seconds, row.seconds);
    widen(widths.calls, row.calls);
    widen(widths.each, row.each);
    widen(widths.name, row.name);
  }
  std::string text;
  for (const Row& row : rows) {
    std::string line =
        padded(row.percent, widths.percent.size(), true) + "  " + padded(row.seconds, widths.seconds.size(), true) +
        "  " + padded(row.calls, widths.calls.size(), true) + "  " + padded(row.each, widths.each.size(), true) + "  " +
        padded(row.name, widths.name.size(), false) + "  " + row.rest;
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

/// What stands in a node of the drawing.
std::string node_text(const RunProfile& profile, const NodeProfile& node) {
  std::string text = formatted("%.1f %%", share(profile, node.seconds)) + ", " + counted(node.calls, "call");
  if (const auto number = pipeline_of(profile, node.path)) {
    const double seconds = profile.pipelines[*number - 1].seconds;
    text += "\npipeline " + std::to_string(*number) + formatted(": %.1f %%", share(profile, seconds));
  }
  return text;
}

}  // namespace

std::string profile_table(const RunProfile& profile) {
  std::vector<NodeProfile> nodes = profile.nodes;
  std::ranges::stable_sort(nodes, std::greater{}, &NodeProfile::seconds);
  std::vector<Row> rows = {{"%", "s", "calls", "us each", "node", "operator"}};
  for (const NodeProfile& node : nodes) {
    std::string rest = node.operation;
    if (const auto number = pipeline_of(profile, node.path)) {
      rest += ", pipeline " + std::to_string(*number) + (node.shared ? ", shared evenly" : "");
    }
    rows.push_back(row_of(profile, node.seconds, node.calls, node.path, std::move(rest)));
  }
  rows.push_back(row_of(profile, profile.other_seconds, 0, "expressions and jumps", ""));
  rows.back().calls = rows.back().each = "";
  std::string text = "Time of nodes, " + formatted("%.4f", profile.seconds) + " s in all:\n" + table_text(rows);
  if (profile.pipelines.empty()) return text;
  rows = {{"%", "s", "visits", "us each", "pipeline", "nodes"}};
  for (std::size_t i = 0; i < profile.pipelines.size(); ++i) {
    const PipelineProfile& pipeline = profile.pipelines[i];
    std::string list;
    for (const std::string& node : pipeline.nodes) list += (list.empty() ? "" : ", ") + node;
    rows.push_back(row_of(profile, pipeline.seconds, pipeline.calls, std::to_string(i + 1), std::move(list)));
  }
  return text + "Time of pipelines, their nodes strip by strip:\n" + table_text(rows);
}

Value to_value(const RunProfile& profile) {
  Object object;
  add(object, "seconds", profile.seconds);
  add(object, "other_seconds", profile.other_seconds);
  List nodes;
  for (const NodeProfile& node : profile.nodes) {
    Object one;
    add(one, "path", node.path);
    add(one, "operation", node.operation);
    add(one, "calls", node.calls);
    add(one, "seconds", node.seconds);
    const auto number = pipeline_of(profile, node.path);
    add(one, "pipeline", number ? Value(std::uint64_t{*number}) : Value());
    add(one, "shared", node.shared);
    nodes.emplace_back(std::move(one));
  }
  add(object, "nodes", std::move(nodes));
  List pipelines;
  for (const PipelineProfile& pipeline : profile.pipelines) {
    Object one;
    add(one, "nodes", List(pipeline.nodes.begin(), pipeline.nodes.end()));
    add(one, "calls", pipeline.calls);
    add(one, "seconds", pipeline.seconds);
    pipelines.emplace_back(std::move(one));
  }
  add(object, "pipelines", std::move(pipelines));
  return object;
}

bool write_profile_graph(const Session& session, const RunDocument& document, const RunProfile& profile,
                         const std::string& file, Diagnostics& diagnostics) {
  auto view = session.view(document, diagnostics);
  if (!view) return false;
  for (ViewNode& node : view->nodes) {
    const auto timed = std::ranges::find(profile.nodes, node.path, &NodeProfile::path);
    if (node.kind == ViewNode::Kind::operation && timed != profile.nodes.end()) {
      node.name += "\n" + node_text(profile, *timed);
    }
  }
  std::string dot = draw_dot(*view);
  const auto drawing = file.ends_with(".svg") ? svg_of(dot, diagnostics) : std::optional(std::move(dot));
  return drawing && write_file_atomically(file, *drawing, diagnostics);
}

}  // namespace skein::tool
