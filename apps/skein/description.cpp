#include "apps/skein/description.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "skein/json.hpp"

namespace skein::tool {
namespace {

using Row = std::vector<std::string>;

std::string text_of(const Value& object, std::string_view key) {
  const Value* value = object.find(key);
  if (value == nullptr || value->is_null()) return "";
  return value->is_text() ? value->text() : write_json(*value, JsonLayout::one_line);
}

bool is_set(const Value& object, std::string_view key) {
  const Value* value = object.find(key);
  return value != nullptr && value->is_boolean() && value->boolean();
}

std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    if (!word.empty()) text += (text.empty() ? "" : ", ") + word;
  }
  return text;
}

std::vector<std::string> texts_of(const Value& object, std::string_view key) {
  std::vector<std::string> texts;
  const Value* list = object.find(key);
  for (const Value& item : list == nullptr ? List{} : list->list()) texts.push_back(item.text());
  return texts;
}

/// Columns that are as wide as their widest cell; no white space at the end of a line.
std::string table(const std::vector<Row>& rows) {
  std::vector<std::size_t> widths;
  for (const Row& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  }
  std::string text;
  for (const Row& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (widths[i] > 0) line += "  " + row[i] + std::string(widths[i] - width_of(row[i]), ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

/// 0 for 0.0: for a person they are the same.
std::string limit_text(const Value& object, std::string_view key) {
  const std::string text = text_of(object, key);
  return text.ends_with(".0") ? text.substr(0, text.size() - 2) : text;
}

std::string range_text(const Value& object) {
  const std::string minimum = limit_text(object, "minimum");
  const std::string maximum = limit_text(object, "maximum");
  std::string text;
  if (!minimum.empty()) text = (is_set(object, "exclusive_minimum") ? "above " : "at least ") + minimum;
  if (!maximum.empty()) text += (text.empty() ? "" : ", ") + std::string("at most ") + maximum;
  return text;
}

std::string default_text(const Value& object) {
  const std::string initial = text_of(object, "default");
  return initial.empty() ? "" : "default " + initial;
}

Row parameter_row(const Value& parameter) {
  const std::string choices = joined(texts_of(parameter, "choices"));
  const std::string initial = default_text(parameter);
  return {text_of(parameter, "name"), text_of(parameter, "type"),
          joined({initial.empty() ? "must be given" : initial, range_text(parameter),
                  choices.empty() ? "" : "one of " + choices, text_of(parameter, "unit")}),
          text_of(parameter, "summary")};
}

Row port_row(const Value& port) {
  const std::string access = text_of(port, "access");
  return {text_of(port, "direction"), text_of(port, "name"), text_of(port, "type"),
          joined({access == "any"     ? "any row"
                  : access == "whole" ? "all rows"
                                      : "",
                  default_text(port), range_text(port), is_set(port, "optional") ? "optional" : "",
                  is_set(port, "required") ? "required" : "", is_set(port, "broadcast") ? "or one for all" : "",
                  is_set(port, "variadic") ? "a list" : "", text_of(port, "unit")}),
          text_of(port, "summary")};
}

Row call_row(const Value& call) {
  return {text_of(call, "name"), "role " + text_of(call, "role"), text_of(call, "summary")};
}

Row slot_row(const Value& slot) {
  const std::string role = text_of(slot, "role");
  return {text_of(slot, "name"), role == text_of(slot, "name") ? "" : "role " + role,
          joined({is_set(slot, "optional") ? "optional" : "", is_set(slot, "many") ? "any number" : "",
                  default_text(slot)}),
          text_of(slot, "summary")};
}

Row stream_row(const Value& stream) {
  const std::string name = text_of(stream, "name");
  return {name.empty() ? "the only one" : name, text_of(stream, "summary")};
}

Row offer_row(const Value& offer) { return {text_of(offer, "role"), text_of(offer, "name")}; }

Row finding_row(const Value& finding) {
  return {text_of(finding, "severity"), text_of(finding, "message") + " [" + text_of(finding, "code") + "]"};
}

/// A node in short: what it is.
Row node_row(const Member& node) {
  for (const char* kind : {"operator", "graph", "slot"}) {
    const Value* what = node.value.find(kind);
    if (what != nullptr) return {node.key, std::string(kind) + " " + (what->is_text() ? what->text() : "in place")};
  }
  return {node.key, ""};
}

class Description {
 public:
  explicit Description(const Value& details) : details_(details) {}

  std::string write() {
    add_heading();
    add_list("ports", port_row);
    add_list("calls", call_row);
    add_list("parameters", parameter_row);
    add_list("slots", slot_row);
    add_choices();
    add_list("streams of random numbers", stream_row, "streams");
    add_list("offers", offer_row);
    add_list("findings", finding_row);
    add_names("fulfilled by", "fulfilled_by");
    for (const char* key : {"operators", "roles", "encodings", "problems", "algorithms"}) add_names(key, key);
    add_names("object types", "object_types");
    add_graph();
    const std::string given = text_of(details_, "example_parameters");
    add_json(given.empty() ? "made with its defaults" : "made as in its example, " + given, "instance");
    add_json("example", "example");
    add_json("in a document", "example_document");
    return std::move(text_);
  }

 private:
  void add_heading() {
    const std::string category = text_of(details_, "category");
    const std::string kind = text_of(details_, "kind");
    std::string what = (kind.empty() ? "" : kind == "graph" ? "graph, " : kind + " ") + category;
    if (category != "plugin") what += " of plugin " + text_of(details_, "plugin");
    if (category == "plugin") what += " " + text_of(details_, "version") + ", " + text_of(details_, "state");
    const std::string revision = text_of(details_, "revision");
    if (!revision.empty()) what += ", revision " + revision;
    text_ += text_of(details_, "name") + ": " + what + "\n";
    for (const auto& [label, key] :
         {std::pair{"", "summary"}, std::pair{"source", "source"}, std::pair{"encoding", "encoding"},
          std::pair{"works on", "works_on"}, std::pair{"solution", "solution"}, std::pair{"licence", "licence"},
          std::pair{"file", "file"}, std::pair{"needs", "dependencies"}, std::pair{"numbers", "numbers"}}) {
      const std::string value = text_of(details_, key);
      if (!value.empty()) text_ += "  " + (*label == '\0' ? value : label + (": " + value)) + "\n";
    }
    const std::string roles = category == "plugin" ? "" : joined(texts_of(details_, "roles"));
    if (!roles.empty()) text_ += "  fulfils: " + roles + "\n";
  }

  void add_section(const std::string& title, const std::vector<Row>& rows) {
    if (!rows.empty()) text_ += "\n" + title + "\n" + table(rows);
  }

  void add_list(const std::string& title, Row (*row)(const Value&), const char* key = nullptr) {
    const Value* list = details_.find(key == nullptr ? std::string_view(title) : key);
    if (list == nullptr) return;
    std::vector<Row> rows;
    for (const Value& item : list->list()) rows.push_back(row(item));
    add_section(title, rows);
  }

  /// Only of plugins and roles is such a list one of names.
  void add_names(const std::string& title, std::string_view key) {
    if (key == "roles" && text_of(details_, "category") != "plugin") return;
    std::vector<Row> rows;
    for (const std::string& name : texts_of(details_, key)) rows.push_back({name});
    add_section(title, rows);
  }

  void add_choices() {
    const Value* choices = details_.find("choices");
    if (choices == nullptr) return;
    std::vector<Row> fitting;
    std::vector<Row> refused;
    for (const Value& slot : choices->list()) {
      const std::string name = text_of(slot, "slot");
      const std::string standard = text_of(slot, "default");
      std::vector<std::string> names = texts_of(slot, "fits");
      const List& others = slot.find("does_not_fit")->list();
      const bool is_refused = std::ranges::any_of(
          others, [&standard](const Value& candidate) { return text_of(candidate, "name") == standard; });
      // The problem's own evaluator is no part of the catalogue.
      const bool is_named = std::ranges::find(names, standard) != names.end() || is_refused;
      if (!standard.empty() && !is_named) names.insert(names.begin(), standard);
      for (std::string& fits : names) {
        if (fits == standard) fits += " (default)";
      }
      if (is_set(slot, "optional") || is_set(slot, "many"))
        names.emplace_back(standard.empty() ? "nothing (default)" : "nothing");
      fitting.push_back({name, names.empty() ? "nothing that is loaded" : joined(names)});
      for (const Value& candidate : others) {
        const List& findings = candidate.find("findings")->list();
        const std::string more = findings.size() > 1 ? " (" + std::to_string(findings.size() - 1) + " more)" : "";
        const std::string refusal = text_of(candidate, "name") == standard ? " (default)" : "";
        refused.push_back({name, text_of(candidate, "name") + refusal, text_of(findings.front(), "message") + more});
      }
    }
    const std::string given = text_of(details_, "problem_parameters");
    const std::string problem =
        text_of(details_, "problem") + (given.empty() ? "" : " with the parameters of its example, " + given);
    add_section("what fits on " + problem, fitting);
    add_section("what does not fit on " + problem, refused);
  }

  void add_graph() {
    const Value* document = details_.find("document");
    if (document == nullptr) return;
    std::vector<Row> rows;
    for (const Member& node : document->find("nodes")->object()) rows.push_back(node_row(node));
    add_section("nodes", rows);
    add_indented("flow", *document->find("flow"));
  }

  void add_json(const std::string& title, std::string_view key) {
    const Value* value = details_.find(key);
    if (value != nullptr && !value->is_null()) add_indented(title, *value);
  }

  void add_indented(const std::string& title, const Value& value) {
    text_ += "\n" + title + "\n  ";
    const std::string json = write_json(value);
    for (std::size_t i = 0; i + 1 < json.size(); ++i) text_ += json[i] == '\n' ? "\n  " : std::string(1, json[i]);
    text_ += "\n";
  }

  const Value& details_;
  std::string text_;
};

}  // namespace

std::string description_text(const Value& details) { return Description(details).write(); }

}  // namespace skein::tool
