#include "documents/findings.hpp"

#include <cstddef>

#include "documents/names.hpp"
#include "documents/utf8.hpp"
#include "skein/json.hpp"

namespace skein {
namespace {

constexpr std::string_view format_name = "skein/1";

/// "3.7, a real number"; the kind alone where that says enough.
std::string describe_value(const Value& value) {
  std::string kind(value.kind_name());
  if (value.is_text()) return in_quotes(value.text()) + ", " + kind;
  if (value.is_boolean() || value.is_number()) return write_json(value, JsonLayout::one_line) + ", " + kind;
  return kind;
}

bool is_other_version(std::string_view format) {
  constexpr std::string_view prefix = "skein/";
  if (format.substr(0, prefix.size()) != prefix) return false;
  const std::string_view version = format.substr(prefix.size());
  return !version.empty() && version.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

Diagnostic finding(std::string code, const SourceLocation& where, std::string path, std::string message) {
  Diagnostic diagnostic;
  diagnostic.code = std::move(code);
  diagnostic.where = where;
  diagnostic.path = std::move(path);
  diagnostic.message = std::move(message);
  return diagnostic;
}

Diagnostic wrong_type_finding(const Value& value, const std::string& path, const std::string& what,
                              std::string expected) {
  Diagnostic diagnostic = finding("wrong-type", value.where, path,
                                  what + " must be " + expected + ", not " + std::string(value.kind_name()));
  diagnostic.expected = std::move(expected);
  diagnostic.found = describe_value(value);
  return diagnostic;
}

std::string describe_place(const SourceLocation& where) {
  if (where.line == 0) return where.file;
  return "line " + std::to_string(where.line) + ", column " + std::to_string(where.column);
}

std::string join_path(const std::string& path, std::string_view key) {
  return path.empty() ? std::string(key) : path + "/" + std::string(key);
}

std::string join_path(const std::string& path, std::size_t index) { return join_path(path, std::to_string(index)); }

bool is_expression(const Value& value) noexcept {
  const auto* text = std::get_if<std::string>(&value.data);
  return text != nullptr && !text->empty() && text->front() == '=';
}

const Object& members_of(const Value* section, const std::string& path, Diagnostics& diagnostics) {
  static const Object none;
  if (section == nullptr || read_object(*section, path, diagnostics) == nullptr) return none;
  return section->object();
}

std::optional<TypeName> read_type(const Value& value, const std::string& path, Diagnostics& diagnostics) {
  const std::optional<std::string> text = read_text(value, path, diagnostics);
  if (!text) return std::nullopt;
  std::optional<TypeName> type = parse_type(*text);
  if (!type) {
    Diagnostic diagnostic = finding("bad-type", value.where, path, in_quotes(*text) + " is not written as a type");
    diagnostic.expected = "a type such as real, integer, boolean, solution, real[d], real[n,d] or index<swarm>[n]";
    diagnostic.found = in_quotes(*text);
    diagnostics.add(std::move(diagnostic));
  }
  return type;
}

void read_format(ObjectReader& reader, Presence presence, Diagnostics& diagnostics) {
  const Value* value = reader.optional("format");
  if (value == nullptr && (presence == Presence::optional || !reader.is_object())) return;
  if (value != nullptr && value->is_text() && value->text() == format_name) return;
  const bool other_version = value != nullptr && value->is_text() && is_other_version(value->text());
  Diagnostic diagnostic =
      finding("wrong-format", value != nullptr ? value->where : reader.where(), reader.path_to("format"),
              value == nullptr ? "the document does not say which format it has"
              : other_version  ? "the document is written in a format that this version cannot read"
                               : "the format is not known");
  diagnostic.expected = in_quotes(format_name);
  if (value != nullptr) diagnostic.found = value->is_text() ? in_quotes(value->text()) : describe_value(*value);
  diagnostic.suggestion = other_version ? "" : R"("format": "skein/1")";
  diagnostics.add(std::move(diagnostic));
}

std::vector<std::pair<std::string, std::string>> read_requirements(ObjectReader& reader, Diagnostics& diagnostics) {
  std::vector<std::pair<std::string, std::string>> requirements;
  const std::string path = reader.path_to("requires");
  for (const Member& member : members_of(reader.optional("requires"), path, diagnostics)) {
    const std::string member_path = join_path(path, member.key);
    check_name(member.key, member.key_where, member_path, diagnostics);
    const std::optional<std::string> range = read_text(member.value, member_path, diagnostics);
    if (range) requirements.emplace_back(member.key, *range);
  }
  return requirements;
}

void refuse_both(const Value& object, std::string_view a, std::string_view b, const std::string& path,
                 Diagnostics& diagnostics) {
  const Member* found = nullptr;
  for (const Member& member : object.object()) {
    if (member.key != a && member.key != b) continue;
    if (found == nullptr) {
      found = &member;
      continue;
    }
    Diagnostic diagnostic = finding("conflicting-keys", member.key_where, join_path(path, member.key),
                                    in_quotes(member.key) + " cannot stand beside " + in_quotes(found->key));
    diagnostic.expected = in_quotes(a) + " or " + in_quotes(b) + ", not both";
    diagnostics.add(std::move(diagnostic));
    return;
  }
}

}  // namespace skein
