#include "skein/type.hpp"

#include <algorithm>
#include <array>

namespace skein {
namespace {

constexpr std::array<std::string_view, 5> element_names = {"real", "integer", "binary", "boolean", "index"};

constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_identifier(std::string_view text) {
  if (text.empty() || !is_lower(text.front())) return false;
  return std::ranges::all_of(text, [](char c) { return is_lower(c) || is_digit(c) || c == '_'; });
}

bool is_element(std::string_view text) { return is_identifier(text) || (text.size() == 1 && is_upper(text.front())); }

bool is_size(std::string_view text) {
  return !text.empty() && text.front() != '0' && std::ranges::all_of(text, is_digit);
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// Takes what stands between `open` and `close` at the end of `text` off it. Nothing when `text` does not end so.
std::optional<std::string_view> take_bracket(std::string_view& text, char open, char close) {
  if (text.empty() || text.back() != close) return std::nullopt;
  const std::size_t position = text.find(open);
  if (position == std::string_view::npos) return std::nullopt;
  const std::string_view inside = text.substr(position + 1, text.size() - position - 2);
  text = text.substr(0, position);
  return inside;
}

/// The axes of "n, d"; nothing when one is malformed or a row axis stands behind another axis.
std::optional<std::vector<std::string>> parse_axes(std::string_view text) {
  std::vector<std::string> axes;
  while (true) {
    const std::size_t comma = text.find(',');
    const std::string_view axis = trimmed(text.substr(0, comma));
    const bool is_row_axis = axis == "n" || axis == "m";
    if ((!is_identifier(axis) && !is_size(axis)) || (is_row_axis && !axes.empty())) return std::nullopt;
    axes.emplace_back(axis);
    if (comma == std::string_view::npos) return axes;
    text.remove_prefix(comma + 1);
  }
}

}  // namespace

std::string_view element_name(Element element) noexcept { return element_names[static_cast<std::size_t>(element)]; }

bool TypeName::is_variable() const noexcept {
  return element == "solution" || (element.size() == 1 && is_upper(element.front()));
}

std::optional<TypeName> parse_type(std::string_view text) {
  TypeName type;
  if (const auto axes_text = take_bracket(text, '[', ']')) {
    auto axes = parse_axes(*axes_text);
    if (!axes) return std::nullopt;
    type.axes = std::move(*axes);
  }
  if (const auto argument = take_bracket(text, '<', '>')) {
    if (!is_identifier(*argument)) return std::nullopt;
    type.argument = *argument;
  }
  if (!is_element(text)) return std::nullopt;
  type.element = text;
  return type;
}

std::string to_text(const TypeName& type) {
  std::string text = type.element;
  if (!type.argument.empty()) text += "<" + type.argument + ">";
  for (std::size_t i = 0; i < type.axes.size(); ++i) text += (i == 0 ? "[" : ",") + type.axes[i];
  if (!type.axes.empty()) text += "]";
  return text;
}

}  // namespace skein
