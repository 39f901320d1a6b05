#include "documents/json_reader.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>
#include <tuple>
#include <utility>
#include <vector>

#include "documents/json_scanner.hpp"
#include "documents/json_syntax_error.hpp"
#include "documents/utf8.hpp"
#include "skein/json.hpp"
#include "skein/text_file.hpp"

namespace skein {
namespace {

using Json = nlohmann::json;

constexpr int number_overflow = 406;  // nlohmann's number for it

std::string place_text(const SourceLocation& where) {
  return "line " + std::to_string(where.line) + ", column " + std::to_string(where.column);
}

/// Builds the tree from the parser's events; the scanner runs along and says where each event's token stands.
class TreeBuilder final : public nlohmann::json_sax<Json> {
 public:
  TreeBuilder(std::string_view text, const std::string& file) : text_(text), file_(file), scanner_(text) {}

  bool null() override { return add(Value(), next_place()); }
  bool boolean(bool value) override { return add(Value(value), next_place()); }
  bool number_integer(number_integer_t value) override { return add(Value(std::int64_t{value}), next_place()); }
  bool number_unsigned(number_unsigned_t value) override { return add(Value(std::uint64_t{value}), next_place()); }
  bool string(string_t& value) override { return add(Value(std::move(value)), next_place()); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Value(Object{})); }
  bool start_array(std::size_t) override { return open(Value(List{})); }
  bool number_float(number_float_t value, const string_t& digits) override;
  bool key(string_t& value) override;
  bool end_object() override;
  bool end_array() override;
  bool parse_error(std::size_t position, const std::string& token, const Json::exception& exception) override;

  /// Everything found, in document order.
  [[nodiscard]] std::vector<Diagnostic> take_findings();
  [[nodiscard]] Value take_root() { return std::move(root_); }

 private:
  struct Level {
    Value container;
    std::string key;  // of the member whose value comes next
    SourceLocation key_where;
  };

  SourceLocation next_place();
  bool add(Value value, SourceLocation where);
  bool open(Value container);
  bool close();
  [[nodiscard]] std::string path() const;
  void report(std::string code, SourceLocation where, std::string message, std::string expected, std::string found);
  void report_number(const SourceLocation& where, std::string_view digits, std::string expected);
  void drop_duplicates(Object& members);

  std::string_view text_;
  const std::string& file_;
  JsonScanner scanner_;
  std::vector<Level> levels_;
  Value root_;
  std::vector<Diagnostic> findings_;
};

SourceLocation TreeBuilder::next_place() {
  JsonToken token = scanner_.next();
  while (token.kind == JsonTokenKind::comma || token.kind == JsonTokenKind::colon) token = scanner_.next();
  return {file_, token.line, token.column};
}

bool TreeBuilder::add(Value value, SourceLocation where) {
  value.where = std::move(where);
  if (levels_.empty()) {
    root_ = std::move(value);
    return true;
  }
  Level& level = levels_.back();
  if (auto* list = std::get_if<List>(&level.container.data)) {
    list->push_back(std::move(value));
  } else {
    std::get<Object>(level.container.data)
        .push_back({std::move(level.key), std::move(level.key_where), std::move(value)});
  }
  return true;
}

bool TreeBuilder::open(Value container) {
  container.where = next_place();
  if (levels_.size() == deepest_nesting) {
    report("nested-too-deep", container.where, "lists and objects are nested too deep",
           "at most " + std::to_string(deepest_nesting) + " levels", {});
    findings_.back().path.clear();  // it would be longer than the document
    return false;
  }
  levels_.push_back({std::move(container), {}, {}});
  return true;
}

bool TreeBuilder::close() {
  (void)next_place();
  Value container = std::move(levels_.back().container);
  levels_.pop_back();
  SourceLocation where = std::move(container.where);
  return add(std::move(container), std::move(where));
}

bool TreeBuilder::key(string_t& value) {
  levels_.back().key = std::move(value);
  levels_.back().key_where = next_place();
  return true;
}

bool TreeBuilder::end_array() { return close(); }

bool TreeBuilder::end_object() {
  drop_duplicates(std::get<Object>(levels_.back().container.data));
  return close();
}

bool TreeBuilder::number_float(number_float_t value, const string_t& digits) {
  SourceLocation where = next_place();
  const bool is_integer = digits.find_first_of(".eE") == std::string::npos;
  if (is_integer) {
    report_number(where, digits, "an integer from -9223372036854775808 to 18446744073709551615");
  }
  return add(Value(value), std::move(where));
}

bool TreeBuilder::parse_error(std::size_t position, const std::string& token, const Json::exception& exception) {
  if (exception.id == number_overflow) {
    report_number(next_place(), token, "a number from -1.7976931348623157e308 to 1.7976931348623157e308");
    return false;
  }
  // The parser counts the byte that it could not accept.
  findings_.push_back(explain_json_error(text_, position > 0 ? position - 1 : 0, file_));
  return false;
}

/// The path to the value that comes next, keys and list indices joined by "/".
std::string TreeBuilder::path() const {
  std::string out;
  for (const Level& level : levels_) {
    if (&level != &levels_.front()) out += '/';
    out += level.container.is_list() ? std::to_string(level.container.list().size()) : level.key;
  }
  return out;
}

void TreeBuilder::report(std::string code, SourceLocation where, std::string message, std::string expected,
                         std::string found) {
  Diagnostic diagnostic;
  diagnostic.code = std::move(code);
  diagnostic.where = std::move(where);
  diagnostic.path = path();
  diagnostic.message = std::move(message);
  diagnostic.expected = std::move(expected);
  diagnostic.found = std::move(found);
  findings_.push_back(std::move(diagnostic));
}

void TreeBuilder::report_number(const SourceLocation& where, std::string_view digits, std::string expected) {
  report("number-out-of-range", where, "this number is too large to be held", std::move(expected),
         digits.size() > 60 ? std::string(digits.substr(0, 60)) + "..." : std::string(digits));
}

void TreeBuilder::drop_duplicates(Object& members) {
  std::vector<std::size_t> sorted(members.size());
  std::iota(sorted.begin(), sorted.end(), std::size_t{0});
  std::ranges::stable_sort(sorted, {}, [&](std::size_t i) -> const std::string& { return members[i].key; });
  std::vector<std::size_t> repeated;
  for (std::size_t i = 1, first = 0; i < sorted.size(); ++i) {
    const Member& member = members[sorted[i]];
    if (member.key != members[sorted[first]].key) {
      first = i;
      continue;
    }
    repeated.push_back(sorted[i]);
    levels_.back().key = member.key;
    report("duplicate-key", member.key_where,
           "the key " + in_quotes(member.key) + " was already given at " + place_text(members[sorted[first]].key_where),
           "each key once", {});
  }
  if (repeated.empty()) return;
  std::ranges::sort(repeated);
  std::size_t index = 0;
  std::erase_if(members, [&](const Member&) { return std::ranges::binary_search(repeated, index++); });
}

std::vector<Diagnostic> TreeBuilder::take_findings() {
  const auto stands_before = [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.where.line, a.where.column) < std::tie(b.where.line, b.where.column);
  };
  std::stable_sort(findings_.begin(), findings_.end(), stands_before);
  return std::move(findings_);
}

/// The place of a byte that stands in well-formed text.
SourceLocation place_of(std::string_view text, std::size_t offset, const std::string& file) {
  const std::string_view before = text.substr(0, offset);
  const std::size_t line_break = before.rfind('\n');
  const std::size_t line_start = line_break == std::string_view::npos ? 0 : line_break + 1;
  const auto lines = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
  return {file, lines + 1, count_code_points(before.substr(line_start)) + 1};
}

/// Reports the first byte that no text file can hold. NUL is one: the parser would take it for the end.
bool is_text(std::string_view text, const std::string& file, Diagnostics& diagnostics) {
  std::size_t offset = 0;
  while (offset < text.size() && text[offset] != '\0') {
    const std::size_t length = utf8_sequence_length(text, offset);
    if (length == 0) break;
    offset += length;
  }
  if (offset == text.size()) return true;
  constexpr std::string_view digits = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(text[offset]);
  Diagnostic diagnostic;
  diagnostic.code = "malformed-json";
  diagnostic.where = place_of(text, offset, file);
  diagnostic.message = "the document is not text in UTF-8";
  diagnostic.expected = "a text file in UTF-8";
  diagnostic.found = std::string("the byte 0x") + digits[byte >> 4U] + digits[byte & 0x0fU];
  diagnostics.add(std::move(diagnostic));
  return false;
}

bool is_empty(std::string_view text) { return JsonScanner(text).next().kind == JsonTokenKind::end; }

Diagnostic whole_document_error(std::string code, const std::string& file, std::string message, std::string expected) {
  Diagnostic diagnostic;
  diagnostic.code = std::move(code);
  diagnostic.where = {file, 1, 1};
  diagnostic.message = std::move(message);
  diagnostic.expected = std::move(expected);
  return diagnostic;
}

}  // namespace

std::optional<Value> parse_json_tree(std::string_view text, const std::string& file, Diagnostics& diagnostics) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.size() > largest_document) {
    diagnostics.add(document_too_large(file, text.size()));
    return std::nullopt;
  }
  if (text.substr(0, byte_order_mark.size()) == byte_order_mark) text.remove_prefix(byte_order_mark.size());
  if (!is_text(text, file, diagnostics)) return std::nullopt;
  if (is_empty(text)) {
    diagnostics.add(whole_document_error("empty-document", file, "the document is empty", "a JSON value"));
    return std::nullopt;
  }
  TreeBuilder builder(text, file);
  const bool complete = Json::sax_parse(text.begin(), text.end(), &builder, Json::input_format_t::json, true, true);
  for (Diagnostic& finding : builder.take_findings()) diagnostics.add(std::move(finding));
  if (!complete) return std::nullopt;
  return builder.take_root();
}

std::optional<Value> parse_json(std::string_view text, const std::string& file, Diagnostics& diagnostics) {
  const std::size_t errors_before = diagnostics.error_count();
  auto value = parse_json_tree(text, file, diagnostics);
  return diagnostics.error_count() == errors_before ? std::move(value) : std::nullopt;
}

}  // namespace skein
