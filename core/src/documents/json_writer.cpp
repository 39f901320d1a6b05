#include "skein/json.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <string_view>
#include <utility>

#include "documents/json_layout.hpp"
#include "documents/utf8.hpp"

namespace skein {
namespace {

constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();

void append_escape(std::string& out, unsigned char byte) {
  constexpr std::string_view digits = "0123456789abcdef";
  switch (byte) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      out += "\\u00";
      out += digits[byte >> 4U];
      out += digits[byte & 0x0fU];
  }
}

void append_text(std::string& out, std::string_view text) {
  constexpr std::string_view replacement = "\xEF\xBF\xBD";
  out += '"';
  for (std::size_t offset = 0; offset < text.size();) {
    const auto byte = static_cast<unsigned char>(text[offset]);
    const std::size_t length = utf8_sequence_length(text, offset);
    if (length == 0) {
      out += replacement;
    } else if (byte < 0x20 || byte == 0x7f || byte == '"' || byte == '\\') {
      append_escape(out, byte);
    } else {
      out += text.substr(offset, length);
    }
    offset += length == 0 ? 1 : length;
  }
  out += '"';
}

template <typename Number>
std::string shortest_form(Number number) {
  std::array<char, 32> buffer{};
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
  return {buffer.data(), result.ptr};
}

void append_real(std::string& out, double number) {
  if (std::isnan(number)) {
    out += "\"nan\"";
    return;
  }
  if (std::isinf(number)) {
    out += number > 0 ? "\"inf\"" : "\"-inf\"";
    return;
  }
  const std::string form = shortest_form(number);
  const std::size_t exponent = form.find('e');
  out += form.substr(0, exponent);
  if (exponent == std::string::npos) {
    if (form.find('.') == std::string::npos) out += ".0";
    return;
  }
  out += form[exponent + 1] == '-' ? "e-" : "e";
  out += form.substr(form.find_first_not_of("+-0", exponent + 1));
}

void append_scalar(std::string& out, const Value& value) {
  if (value.is_null()) {
    out += "null";
  } else if (value.is_boolean()) {
    out += value.boolean() ? "true" : "false";
  } else if (value.is_real()) {
    append_real(out, value.number());
  } else if (value.is_text()) {
    append_text(out, value.text());
  } else if (const auto* integer = std::get_if<std::int64_t>(&value.data)) {
    out += shortest_form(*integer);
  } else {
    out += shortest_form(std::get<std::uint64_t>(value.data));
  }
}

/// Appends the one-line form. Gives up, returning false, when the text becomes longer than `limit` code points, which
/// keeps the cost of trying small.
bool append_one_line(std::string& out, const Value& value, std::size_t limit) {
  const auto too_long = [&out, limit] {
    return limit != no_limit && out.size() > limit && count_code_points(out) > limit;
  };
  const char* separator = "";
  if (value.is_list()) {
    out += '[';
    for (const Value& item : value.list()) {
      out += separator;
      separator = ", ";
      if (!append_one_line(out, item, limit)) return false;
    }
    out += ']';
  } else if (value.is_object()) {
    out += '{';
    for (const Member& member : value.object()) {
      out += separator;
      separator = ", ";
      append_text(out, member.key);
      out += ": ";
      if (!append_one_line(out, member.value, limit)) return false;
    }
    out += '}';
  } else {
    append_scalar(out, value);
  }
  return !too_long();
}

/// `used` counts the columns of the line that are taken before the value and, for a comma, after it.
void append_indented(std::string& out, const Value& value, std::size_t depth, std::size_t used) {
  const bool is_container = value.is_list() || value.is_object();
  if (!is_container) {
    append_scalar(out, value);
    return;
  }
  std::string line;
  if (used < json_line_width && append_one_line(line, value, json_line_width - used)) {
    out += line;
    return;
  }
  const std::size_t inner = (depth + 1) * json_indent_width;
  const auto start_line = [&](bool is_first) { out += (is_first ? "\n" : ",\n") + std::string(inner, ' '); };
  out += value.is_list() ? '[' : '{';
  bool is_first = true;
  if (value.is_list()) {
    for (const Value& item : value.list()) {
      start_line(std::exchange(is_first, false));
      append_indented(out, item, depth + 1, inner + 1);
    }
  } else {
    for (const Member& member : value.object()) {
      start_line(std::exchange(is_first, false));
      std::string key;
      append_text(key, member.key);
      out += key + ": ";
      append_indented(out, member.value, depth + 1, inner + count_code_points(key) + 3);
    }
  }
  out += '\n' + std::string(depth * json_indent_width, ' ') + (value.is_list() ? ']' : '}');
}

}  // namespace

std::string write_json(const Value& value, JsonLayout layout) {
  std::string out;
  if (layout == JsonLayout::one_line) {
    append_one_line(out, value, no_limit);
  } else {
    append_indented(out, value, 0, 0);
    out += '\n';
  }
  return out;
}

}  // namespace skein
