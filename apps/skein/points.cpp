#include "apps/skein/points.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <string_view>
#include <system_error>
#include <utility>

#include "apps/skein/output.hpp"
#include "skein/json.hpp"
#include "skein/text_file.hpp"

namespace skein::tool {
namespace {

constexpr std::size_t longest_shown = 40;

std::string shown(std::string_view text) {
  if (text.size() <= longest_shown) return "'" + std::string(text) + "'";
  return "'" + std::string(text.substr(0, longest_shown)) + "…'";
}

std::optional<double> read_number(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  if (text.starts_with('+')) text.remove_prefix(1);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

Diagnostic bad_point(SourceLocation where, std::string message, std::string expected, std::string found) {
  return {"bad-point",        Severity::error,     std::move(where), "",
          std::move(message), std::move(expected), std::move(found), ""};
}

/// A JSON array of numbers.
std::optional<Point> read_line(const std::string& line, const SourceLocation& where, Diagnostics& diagnostics) {
  const std::string expected = "a JSON array of numbers, such as [1, 2.5]";
  if (line.find_first_not_of(" \t\r") == std::string::npos) {
    diagnostics.add(bad_point(where, "the line is empty", expected, ""));
    return std::nullopt;
  }
  Diagnostics found;
  const auto value = parse_json(line, where.file, found);
  for (Diagnostic item : found.items()) {
    item.where.line = where.line;
    diagnostics.add(std::move(item));
  }
  if (!value) return std::nullopt;
  if (!value->is_list()) {
    diagnostics.add(bad_point(where, "the line holds " + std::string(value->kind_name()), expected, shown(line)));
    return std::nullopt;
  }
  Point point{{}, where};
  for (const Value& element : value->list()) {
    if (!element.is_number()) {
      diagnostics.add(bad_point(
          {where.file, where.line, element.where.column},
          "coordinate " + std::to_string(point.coordinates.size() + 1) + " is " + std::string(element.kind_name()),
          "a finite number", shown(write_json(element, JsonLayout::one_line))));
      return std::nullopt;
    }
    point.coordinates.push_back(element.number());
  }
  if (point.coordinates.empty()) {
    diagnostics.add(bad_point(where, "the point has no coordinates", expected, shown(line)));
    return std::nullopt;
  }
  return point;
}

}  // namespace

std::optional<Point> read_typed_point(const std::string& text, Diagnostics& diagnostics) {
  Point point{{}, {"--at " + text.substr(0, longest_shown), 0, 0}};
  std::string_view rest = text;
  while (true) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    const auto number = read_number(rest.substr(0, comma));
    if (!number) {
      diagnostics.add(bad_point(point.where,
                                "coordinate " + std::to_string(point.coordinates.size() + 1) + " is no finite number",
                                "numbers with commas between them, such as 1,2.5", shown(rest.substr(0, comma))));
      return std::nullopt;
    }
    point.coordinates.push_back(*number);
    if (comma == rest.size()) return point;
    rest.remove_prefix(comma + 1);
  }
}

Lines::Lines(const std::string& file, Diagnostics& diagnostics) : name_(file == "-" ? "standard input" : file) {
  descriptor_ = file == "-" ? ::dup(STDIN_FILENO) : ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor_ < 0) report(errno, diagnostics);
}

Lines::~Lines() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void Lines::report(int error_number, Diagnostics& diagnostics) const {
  const bool missing = error_number == ENOENT || error_number == ENOTDIR;
  diagnostics.add({missing ? "file-not-found" : "file-unreadable",
                   Severity::error,
                   {name_, 0, 0},
                   "",
                   missing ? "there is no file '" + name_ + "'" : "the file '" + name_ + "' cannot be read",
                   "",
                   error_number == EISDIR ? "a folder" : std::generic_category().message(error_number),
                   ""});
}

/// Reads on. False at the end of the file and after an error.
bool Lines::fill(Diagnostics& diagnostics) {
  std::array<char, 65536> block{};
  ssize_t count = -1;
  do {
    count = ::read(descriptor_, block.data(), block.size());
  } while (count < 0 && errno == EINTR);
  if (count < 0) report(errno, diagnostics);
  if (count > 0) buffer_.append(block.data(), static_cast<std::size_t>(count));
  return count > 0;
}

std::optional<std::string> Lines::next(Diagnostics& diagnostics) {
  if (descriptor_ < 0) return std::nullopt;
  ++number_;
  std::size_t searched = start_;
  while (true) {
    const std::size_t end = buffer_.find('\n', searched);
    if (end != std::string::npos) {
      std::string line = buffer_.substr(start_, end - start_);
      start_ = end + 1;
      return line;
    }
    buffer_.erase(0, std::exchange(start_, 0));
    searched = buffer_.size();
    if (searched > largest_document) {
      const std::string most = "at most " + std::to_string(largest_document) + " bytes";
      diagnostics.add(bad_point(where(), "the line is too long", most, ""));
      return std::nullopt;
    }
    if (fill(diagnostics)) continue;
    if (diagnostics.has_errors() || buffer_.empty()) return std::nullopt;
    return std::exchange(buffer_, {});
  }
}

Points::Points(const std::vector<std::string>& typed, const std::string& file, Diagnostics& diagnostics) {
  if (typed.empty()) lines_.emplace(file, diagnostics);
  for (const std::string& text : typed) {
    if (auto point = read_typed_point(text, diagnostics)) typed_.push_back(*std::move(point));
  }
}

std::optional<Point> Points::next(Diagnostics& diagnostics) {
  if (!lines_) {
    if (next_typed_ == typed_.size()) return std::nullopt;
    return std::move(typed_[next_typed_++]);
  }
  const auto line = lines_->next(diagnostics);
  return line ? read_line(*line, lines_->where(), diagnostics) : std::nullopt;
}

}  // namespace skein::tool
