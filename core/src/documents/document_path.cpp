#include <algorithm>
#include <utility>
#include <vector>

#include "documents/findings.hpp"
#include "documents/graph_document.hpp"
#include "documents/utf8.hpp"
#include "skein/json.hpp"

namespace skein {
namespace {

/// Gives every value below `value` the same place: what a user typed has no lines.
void set_place(Value& value, const SourceLocation& where) {
  value.where = where;
  if (auto* list = std::get_if<List>(&value.data)) {
    for (Value& item : *list) set_place(item, where);
  } else if (auto* object = std::get_if<Object>(&value.data)) {
    for (Member& member : *object) {
      member.key_where = where;
      set_place(member.value, where);
    }
  }
}

/// The keys of "a.b.c"; empty when one of them is.
std::vector<std::string> split_path(std::string_view path) {
  std::vector<std::string> keys;
  while (true) {
    const std::size_t dot = path.find('.');
    keys.emplace_back(path.substr(0, dot));
    if (keys.back().empty()) return {};
    if (dot == std::string_view::npos) return keys;
    path.remove_prefix(dot + 1);
  }
}

std::string joined_path(const std::vector<std::string>& keys, std::size_t count) {
  std::string path;
  for (std::size_t i = 0; i < count; ++i) path = join_path(path, keys[i]);
  return path;
}

void report_bad_assignment(std::string_view assignment, std::string message, Diagnostics& diagnostics) {
  Diagnostic diagnostic = finding("bad-assignment", {"--set", 0, 0}, "", std::move(message));
  diagnostic.expected = "path=value, such as algorithm.parameters.swarm_size=80";
  diagnostic.found = in_quotes(assignment);
  diagnostics.add(std::move(diagnostic));
}

/// JSON, or a text when it is no JSON. JSON with another fault (a key given twice, nested too deep) is reported.
std::optional<Value> parse_assigned(std::string_view text, const std::string& file, Diagnostics& diagnostics) {
  Diagnostics found;
  std::optional<Value> value = parse_json(text, file, found);
  if (value) return value;
  const auto is_no_json = [](const Diagnostic& item) {
    return item.code == "malformed-json" || item.code == "empty-document";
  };
  if (std::any_of(found.items().begin(), found.items().end(), is_no_json)) return Value(std::string(text));
  diagnostics.add(std::move(found));
  return std::nullopt;
}

/// "algorithm": "name" is short for an object, and so is a text that fills a slot.
const char* long_form_key(const std::vector<std::string>& keys, std::size_t index) {
  if (index == 0 && (keys[0] == "algorithm" || keys[0] == "problem")) return "name";
  return index > 0 && keys[index - 1] == "slots" ? "operator" : nullptr;
}

Value* find_or_add(Value& object, const std::string& key, const SourceLocation& where) {
  auto& members = std::get<Object>(object.data);
  for (Member& member : members) {
    if (member.key == key) return &member.value;
  }
  members.push_back({key, where, Value(Object{})});
  members.back().value.where = where;
  return &members.back().value;
}

bool report_no_object(const Value& value, const std::vector<std::string>& keys, std::size_t count,
                      Diagnostics& diagnostics) {
  const std::string path = joined_path(keys, count);
  Diagnostic diagnostic = finding("unknown-path", {"--set", 0, 0}, joined_path(keys, keys.size()),
                                  (path.empty() ? "the document" : in_quotes(path)) + " is " +
                                      std::string(value.kind_name()) + ", so that nothing can be set inside it");
  diagnostic.expected = "a path through objects";
  diagnostic.found = std::string(value.kind_name());
  if (!describe_place(value.where).empty()) diagnostic.found += " at " + describe_place(value.where);
  diagnostics.add(std::move(diagnostic));
  return false;
}

}  // namespace

bool set_in_document(Value& document, std::string_view assignment, Diagnostics& diagnostics) {
  const std::size_t equals = assignment.find('=');
  if (equals == std::string_view::npos) {
    report_bad_assignment(assignment, "an assignment needs a \"=\" between path and value", diagnostics);
    return false;
  }
  const std::vector<std::string> keys = split_path(assignment.substr(0, equals));
  if (keys.empty() || keys.size() > deepest_nesting) {
    report_bad_assignment(assignment, keys.empty() ? "a key in the path is empty" : "the path is too long",
                          diagnostics);
    return false;
  }
  const SourceLocation where{"--set " + std::string(assignment.substr(0, equals)), 0, 0};
  std::optional<Value> assigned = parse_assigned(assignment.substr(equals + 1), where.file, diagnostics);
  if (!assigned) return false;
  set_place(*assigned, where);

  // Works on a copy, so that a path that turns out wrong leaves the document as it was.
  Value changed = document;
  Value* place = &changed;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!place->is_object()) return report_no_object(*place, keys, i, diagnostics);
    place = find_or_add(*place, keys[i], where);
    const char* key = i + 1 < keys.size() && place->is_text() ? long_form_key(keys, i) : nullptr;
    if (key != nullptr) {
      Value text = *place;
      place->data = Object{{key, text.where, text}};
    }
  }
  *place = *std::move(assigned);
  document = std::move(changed);
  return true;
}

}  // namespace skein
