#include "documents/names.hpp"

#include <algorithm>
#include <utility>

#include "documents/findings.hpp"
#include "documents/object_reader.hpp"
#include "documents/utf8.hpp"
#include "skein/expression.hpp"

namespace skein {
namespace {

constexpr std::string_view forbidden_in_node_names = "/.=#[]";

bool is_lower(char character) noexcept { return character >= 'a' && character <= 'z'; }
bool is_digit(char character) noexcept { return character >= '0' && character <= '9'; }
bool is_upper(char character) noexcept { return character >= 'A' && character <= 'Z'; }

bool is_control(char character) noexcept {
  const auto byte = static_cast<unsigned char>(character);
  return byte < 0x20U || byte == 0x7fU;
}

void report_bad_name(const std::string& name, const SourceLocation& where, const std::string& path,
                     std::string expected, std::string suggestion, Diagnostics& diagnostics) {
  Diagnostic diagnostic = finding("bad-name", where, path, in_quotes(name) + " cannot be a name here");
  diagnostic.expected = std::move(expected);
  diagnostic.found = in_quotes(name);
  diagnostic.suggestion = std::move(suggestion);
  diagnostics.add(std::move(diagnostic));
}

}  // namespace

bool is_name(std::string_view text) noexcept {
  const auto may_follow = [](char character) { return is_lower(character) || is_digit(character) || character == '_'; };
  return !text.empty() && is_lower(text.front()) && std::all_of(text.begin(), text.end(), may_follow);
}

bool is_reference(std::string_view text) noexcept {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return is_name(text);
  return is_name(text.substr(0, colon)) && is_name(text.substr(colon + 1));
}

bool is_node_name(std::string_view text) noexcept {
  return !text.empty() && text.find_first_of(forbidden_in_node_names) == std::string_view::npos &&
         std::none_of(text.begin(), text.end(), is_control);
}

std::string as_name(std::string_view text) {
  std::string out;
  for (const char character : text) {
    if (is_upper(character)) {
      out += static_cast<char>(character - 'A' + 'a');
    } else if (is_lower(character) || is_digit(character)) {
      out += character;
    } else if (!out.empty() && out.back() != '_') {
      out += '_';
    }
  }
  while (!out.empty() && out.back() == '_') out.pop_back();
  return is_name(out) ? out : std::string{};
}

bool check_name(const std::string& name, const SourceLocation& where, const std::string& path,
                Diagnostics& diagnostics) {
  if (is_expression_word(name)) {
    report_bad_name(name, where, path, "a name that has no fixed meaning in expressions", name + "_value", diagnostics);
    return false;
  }
  if (is_name(name)) return true;
  report_bad_name(name, where, path, "a small letter, then small letters, digits and _", as_name(name), diagnostics);
  return false;
}

bool check_node_name(const std::string& name, const SourceLocation& where, const std::string& path,
                     Diagnostics& diagnostics) {
  if (is_node_name(name)) return true;
  std::string suggestion = name;
  const auto is_forbidden = [](char character) {
    return is_control(character) || forbidden_in_node_names.find(character) != std::string_view::npos;
  };
  std::replace_if(suggestion.begin(), suggestion.end(), is_forbidden, '_');
  report_bad_name(name, where, path, "a text that is not empty, without / . = # [ ] and control characters", suggestion,
                  diagnostics);
  return false;
}

std::string read_reference(const Value& value, const std::string& path, Diagnostics& diagnostics) {
  std::optional<std::string> text = read_text(value, path, diagnostics);
  if (!text) return {};
  if (is_reference(*text)) return *std::move(text);
  report_bad_name(*text, value.where, path, "a name, or plugin:name", as_name(*text), diagnostics);
  return {};
}

void NameTable::add(const std::string& name, const SourceLocation& where, const std::string& path,
                    Diagnostics& diagnostics) {
  if (!check_name(name, where, path, diagnostics)) return;
  const auto [place, is_new] = places_.try_emplace(name, Place{where, path});
  if (is_new) return;
  const std::string first_place = describe_place(place->second.where);
  Diagnostic diagnostic = finding("name-given-twice", where, path,
                                  "the name " + in_quotes(name) + " was already given to " + place->second.path +
                                      (first_place.empty() ? "" : " at " + first_place));
  diagnostic.expected = "each name once among the " + scope_;
  diagnostics.add(std::move(diagnostic));
}

}  // namespace skein
