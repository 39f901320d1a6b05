#include "problems/combinatorial/instance_words.hpp"

#include <charconv>
#include <cmath>
#include <system_error>
#include <utility>

namespace skein {
namespace {

constexpr std::string_view spaces = " \t\r\v\f";
constexpr std::size_t longest_shown = 40;

template <class Number>
std::optional<Number> parsed(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

std::vector<InstanceWord> words_of_line(std::string_view line, std::size_t number) {
  std::vector<InstanceWord> words;
  std::size_t first = line.find_first_not_of(spaces);
  while (first != std::string_view::npos) {
    const std::size_t last = std::min(line.find_first_of(spaces, first), line.size());
    words.push_back({line.substr(first, last - first), number, first + 1});
    first = line.find_first_not_of(spaces, last);
  }
  return words;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::optional<double> number_of(std::string_view text) {
  const auto number = parsed<double>(text);
  return number && std::isfinite(*number) ? number : std::nullopt;
}

std::optional<std::int64_t> integer_of(std::string_view text) { return parsed<std::int64_t>(text); }

void InstanceFindings::add(std::size_t line, std::size_t column, std::string message, std::string expected,
                           std::string found) {
  ++count_;
  if (count_ > 100) return;
  diagnostics_.add({"bad-instance",
                    Severity::error,
                    {file_, line, column},
                    "",
                    std::move(message),
                    std::move(expected),
                    std::move(found),
                    ""});
}

void InstanceFindings::add(const InstanceWord& word, std::string message, std::string expected) {
  std::string shown(word.text.substr(0, longest_shown));
  if (shown.size() < word.text.size()) shown += "…";
  add(word.line, word.column, std::move(message), std::move(expected), "'" + shown + "'");
}

}  // namespace skein
