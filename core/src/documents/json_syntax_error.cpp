#include "documents/json_syntax_error.hpp"

#include <vector>

#include "documents/json_scanner.hpp"
#include "documents/utf8.hpp"

namespace skein {
namespace {

enum class Expected { value, value_or_end, key, key_or_end, colon, comma_or_end, nothing };

bool expects_value(Expected expected) { return expected == Expected::value || expected == Expected::value_or_end; }
bool expects_key(Expected expected) { return expected == Expected::key || expected == Expected::key_or_end; }

bool opens(JsonTokenKind kind) { return kind == JsonTokenKind::begin_object || kind == JsonTokenKind::begin_list; }
bool closes(JsonTokenKind kind) { return kind == JsonTokenKind::end_object || kind == JsonTokenKind::end_list; }

/// Follows the grammar over tokens that are known to be right.
class Grammar {
 public:
  void accept(const JsonToken& token) {
    last_ = token.kind;
    if (opens(token.kind)) {
      open_.push_back(token);
      expected_ = token.kind == JsonTokenKind::begin_list ? Expected::value_or_end : Expected::key_or_end;
    } else if (token.kind == JsonTokenKind::comma) {
      expected_ = in_object() ? Expected::key : Expected::value;
    } else if (token.kind == JsonTokenKind::colon) {
      expected_ = Expected::value;
    } else if (expects_key(expected_) && token.kind == JsonTokenKind::text) {
      expected_ = Expected::colon;
    } else {
      if (closes(token.kind) && !open_.empty()) open_.pop_back();
      expected_ = open_.empty() ? Expected::nothing : Expected::comma_or_end;
    }
  }

  [[nodiscard]] Expected expected() const { return expected_; }
  [[nodiscard]] bool after_comma() const { return last_ == JsonTokenKind::comma; }
  [[nodiscard]] bool is_open() const { return !open_.empty(); }
  [[nodiscard]] bool in_object() const { return is_open() && open_.back().kind == JsonTokenKind::begin_object; }

  /// "the object that was opened at line 3, column 1"
  [[nodiscard]] std::string innermost() const {
    const JsonToken& token = open_.back();
    return std::string(in_object() ? "the object" : "the list") + " that was opened at line " +
           std::to_string(token.line) + ", column " + std::to_string(token.column);
  }

  [[nodiscard]] std::string expectation() const {
    switch (expected_) {
      case Expected::value:
        return "a value";
      case Expected::value_or_end:
        return "a value or \"]\"";
      case Expected::key:
        return "a key in double quotes";
      case Expected::key_or_end:
        return "a key in double quotes or \"}\"";
      case Expected::colon:
        return "\":\"";
      case Expected::comma_or_end:
        return in_object() ? "\",\" or \"}\"" : "\",\" or \"]\"";
      case Expected::nothing:
        break;
    }
    return "the end of the document";
  }

 private:
  std::vector<JsonToken> open_;
  Expected expected_ = Expected::value;
  JsonTokenKind last_ = JsonTokenKind::end;
};

bool starts_like_number(std::string_view word) {
  return std::string_view("+-.0123456789").find(word.front()) != std::string_view::npos;
}

bool is_json_number(std::string_view word) {
  std::size_t offset = 0;
  const auto accept = [&](std::string_view set) {
    const bool is_there = offset < word.size() && set.find(word[offset]) != std::string_view::npos;
    if (is_there) ++offset;
    return is_there;
  };
  const auto accept_digits = [&] {
    const std::size_t start = offset;
    while (accept("0123456789")) continue;
    return offset > start;
  };
  accept("-");
  if (!accept("0") && !accept_digits()) return false;
  if (accept(".") && !accept_digits()) return false;
  if (accept("eE")) {
    accept("+-");
    if (!accept_digits()) return false;
  }
  return offset == word.size();
}

bool is_json_word(std::string_view word) {
  return word == "true" || word == "false" || word == "null" || is_json_number(word);
}

void explain_end(const Grammar& grammar, Diagnostic& diagnostic) {
  diagnostic.found = "the end of the document";
  diagnostic.message = grammar.is_open() ? "the document ends inside " + grammar.innermost()
                                         : "the document ends where a value should stand";
}

/// A text in the right place that is itself wrong: `bad` is what the parser could not read in it.
void explain_text(std::string_view bad, Diagnostic& diagnostic) {
  const auto byte = static_cast<unsigned char>(bad.empty() ? ' ' : bad.front());
  diagnostic.found = in_quotes(bad.substr(0, 1));
  if (byte < 0x20) {
    diagnostic.message = "a text must not hold a control character";
    diagnostic.expected = "an escape such as \"\\t\" or \"\\u0009\"";
  } else {
    if (byte >= 0x80 || byte == '"') diagnostic.found.clear();
    diagnostic.message = "a text holds an escape that JSON does not know";
    diagnostic.expected = R"(\" \\ \/ \b \f \n \r \t or \u and four hexadecimal digits, surrogates in pairs)";
  }
}

std::string suggested_literal(std::string_view word) {
  if (word == "True" || word == "TRUE" || word == "yes") return "true";
  if (word == "False" || word == "FALSE" || word == "no") return "false";
  if (word == "None" || word == "NULL" || word == "Null" || word == "nil") return "null";
  if (word == "inf" || word == "Inf" || word == "Infinity" || word == "+inf" || word == "+Infinity") return "\"inf\"";
  if (word == "-inf" || word == "-Inf" || word == "-Infinity") return "\"-inf\"";
  if (word == "nan" || word == "NaN" || word == "NAN") return "\"nan\"";
  return {};
}

/// A word in the place of a value.
void explain_word(std::string_view word, Diagnostic& diagnostic) {
  diagnostic.found = in_quotes(word);
  diagnostic.suggestion = suggested_literal(word);
  if (!diagnostic.suggestion.empty()) {
    diagnostic.message = in_quotes(word) + " is no value of JSON";
    diagnostic.expected = "a value";
  } else if (starts_like_number(word)) {
    diagnostic.message = in_quotes(word) + " is not a number as JSON writes it";
    diagnostic.expected = "a number such as 12, -0.5 or 1e-8";
  } else if (word.front() == '/') {
    diagnostic.message = "a single \"/\" starts no comment";
    diagnostic.expected = "\"//\" or \"/*\"";
  } else {
    diagnostic.message = in_quotes(word) + " is no value of JSON";
    diagnostic.expected = "true, false, null, a number, or a text in double quotes";
  }
}

void explain_unexpected(const Grammar& grammar, const JsonToken& token, std::string_view word, Diagnostic& diagnostic) {
  const std::string quoted = word.starts_with('"') ? std::string(word) : in_quotes(word);
  diagnostic.found = quoted;
  if (grammar.expected() == Expected::nothing) {
    diagnostic.message = "the document goes on after the end of its value";
  } else if (grammar.after_comma() && closes(token.kind)) {
    diagnostic.message = "a comma must not stand before " + quoted;
  } else {
    diagnostic.message = "found " + quoted + " where " + grammar.expectation() + " should stand";
    if (grammar.is_open()) diagnostic.message += " in " + grammar.innermost();
  }
}

/// Moves the place of the finding from the start of the token to a byte inside it.
void move_to(std::string_view text, const JsonToken& token, std::size_t offset, Diagnostic& diagnostic) {
  diagnostic.where.column = token.column + count_code_points(text.substr(token.offset, offset - token.offset));
}

void explain_token(std::string_view text, const Grammar& grammar, const JsonToken& token, std::size_t error_offset,
                   Diagnostic& diagnostic) {
  const std::string_view word = text.substr(token.offset, token.length);
  diagnostic.expected = grammar.expectation();
  if (token.kind == JsonTokenKind::end) {
    explain_end(grammar, diagnostic);
  } else if (token.kind == JsonTokenKind::open_comment) {
    diagnostic.message = "the comment that starts here is never closed";
    diagnostic.expected = "\"*/\"";
  } else if (token.kind == JsonTokenKind::open_text) {
    diagnostic.message = "the text that starts here is not closed on its line";
    diagnostic.expected = "a closing quotation mark";
  } else if (token.kind == JsonTokenKind::text &&
             (expects_value(grammar.expected()) || expects_key(grammar.expected()))) {
    explain_text(text.substr(error_offset), diagnostic);
    move_to(text, token, error_offset, diagnostic);
  } else if (token.kind == JsonTokenKind::word && expects_value(grammar.expected())) {
    explain_word(word, diagnostic);
  } else {
    explain_unexpected(grammar, token, word, diagnostic);
  }
}

}  // namespace

Diagnostic explain_json_error(std::string_view text, std::size_t error_offset, const std::string& file) {
  JsonScanner scanner(text);
  Grammar grammar;
  JsonToken token = scanner.next();
  // The parser gives up behind a word that it cannot read, but inside or at the end of everything else.
  const auto is_faulty = [text, error_offset](const JsonToken& candidate) {
    const bool is_word = candidate.kind == JsonTokenKind::word;
    if (is_word && !is_json_word(text.substr(candidate.offset, candidate.length))) return true;
    return candidate.kind == JsonTokenKind::end || candidate.kind == JsonTokenKind::open_text ||
           candidate.kind == JsonTokenKind::open_comment || candidate.offset + candidate.length > error_offset;
  };
  while (!is_faulty(token)) {
    grammar.accept(token);
    token = scanner.next();
  }
  Diagnostic diagnostic;
  diagnostic.code = "malformed-json";
  diagnostic.where = {file, token.line, token.column};
  explain_token(text, grammar, token, error_offset, diagnostic);
  return diagnostic;
}

}  // namespace skein
