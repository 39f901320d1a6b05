#include "plugin/version.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <system_error>

#include "documents/names.hpp"

namespace skein::plugin {
namespace {

/// The next word, taken off the front of the text; empty at its end.
std::string_view take_word(std::string_view& text) {
  const std::size_t begin = std::min(text.find_first_not_of(' '), text.size());
  const std::size_t end = std::min(text.find(' ', begin), text.size());
  const std::string_view word = text.substr(begin, end - begin);
  text.remove_prefix(end);
  return word;
}

}  // namespace

std::optional<Version> parse_version(std::string_view text) {
  Version version;
  for (std::size_t i = 0; i < version.numbers.size(); ++i) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version.numbers[i]);
    if (error != std::errc()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.empty()) return version;
    if (text.front() != '.') return std::nullopt;
    text.remove_prefix(1);
  }
  return std::nullopt;
}

std::optional<VersionRange> VersionRange::parse(std::string_view text) {
  VersionRange range;
  for (std::string_view word = take_word(text); !word.empty(); word = take_word(text)) {
    if (word == "*") continue;
    const std::size_t length = std::min(word.find_first_not_of("<>="), word.size());
    const std::string_view sign = word.substr(0, length);
    Comparison comparison = Comparison::equal;
    if (sign == "<")
      comparison = Comparison::less;
    else if (sign == "<=")
      comparison = Comparison::at_most;
    else if (sign == ">=")
      comparison = Comparison::at_least;
    else if (sign == ">")
      comparison = Comparison::greater;
    else if (sign != "=")
      return std::nullopt;
    std::string_view number = word.substr(length);
    if (number.empty()) number = take_word(text);  // "< 1"
    const std::optional<Version> version = parse_version(number);
    if (!version) return std::nullopt;
    range.comparisons_.emplace_back(comparison, *version);
  }
  return range;
}

bool VersionRange::holds(const Version& version) const noexcept {
  return std::ranges::all_of(comparisons_, [&](const auto& part) {
    const auto order = version <=> part.second;
    switch (part.first) {
      case Comparison::less:
        return std::is_lt(order);
      case Comparison::at_most:
        return std::is_lteq(order);
      case Comparison::equal:
        return std::is_eq(order);
      case Comparison::at_least:
        return std::is_gteq(order);
      case Comparison::greater:
        return std::is_gt(order);
    }
    return false;
  });
}

std::optional<std::vector<Dependency>> parse_dependencies(std::string_view text) {
  std::vector<Dependency> dependencies;
  while (text.find_first_not_of(' ') != std::string_view::npos) {
    const std::size_t comma = std::min(text.find(','), text.size());
    std::string_view entry = text.substr(0, comma);
    text.remove_prefix(std::min(comma + 1, text.size()));
    Dependency dependency;
    dependency.plugin = take_word(entry);
    const auto range = VersionRange::parse(entry);
    if (!is_name(dependency.plugin) || !range) return std::nullopt;
    const std::size_t begin = std::min(entry.find_first_not_of(' '), entry.size());
    dependency.range_text = entry.substr(begin);
    dependency.range_text.erase(dependency.range_text.find_last_not_of(' ') + 1);
    dependency.range = *range;
    dependencies.push_back(std::move(dependency));
  }
  return dependencies;
}

}  // namespace skein::plugin
