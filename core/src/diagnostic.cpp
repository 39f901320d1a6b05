#include "skein/diagnostic.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <tuple>

namespace skein {
namespace {

constexpr std::size_t longest_compared_name = 256;

void append_escaped(std::string& out, std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    if (character == '\n') {
      out += "\\n";
    } else if (character == '\t') {
      out += "\\t";
    } else if (byte < 0x20 || byte == 0x7f) {
      out += "\\x";
      out += digits[byte >> 4U];
      out += digits[byte & 0x0fU];
    } else {
      out += character;
    }
  }
}

void append_place(std::string& out, const SourceLocation& where) {
  append_escaped(out, where.file);
  if (where.line > 0) {
    out += (out.empty() ? "line " : ":") + std::to_string(where.line);
    if (where.column > 0) out += ":" + std::to_string(where.column);
  }
  if (!out.empty()) out += ": ";
}

void append_field(std::string& out, std::string_view name, std::string_view content) {
  if (content.empty()) return;
  out += "\n  ";
  out += name;
  out += ": ";
  append_escaped(out, content);
}

/// Edit distance in which an insertion, a deletion, a replacement and a swap of neighbours each cost one.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  using Row = std::array<std::size_t, longest_compared_name + 1>;
  Row before_last{};
  Row last{};
  Row current{};
  for (std::size_t column = 0; column <= b.size(); ++column) last[column] = column;
  for (std::size_t row = 1; row <= a.size(); ++row) {
    current[0] = row;
    for (std::size_t column = 1; column <= b.size(); ++column) {
      const std::size_t replaced = last[column - 1] + (a[row - 1] == b[column - 1] ? 0U : 1U);
      current[column] = std::min({replaced, last[column] + 1, current[column - 1] + 1});
      const bool swapped = row > 1 && column > 1 && a[row - 1] == b[column - 2] && a[row - 2] == b[column - 1];
      if (swapped) current[column] = std::min(current[column], before_last[column - 2] + 1);
    }
    before_last = last;
    last = current;
  }
  return last[b.size()];
}

}  // namespace

void Diagnostics::add(Diagnostics other) {
  items_.insert(items_.end(), std::make_move_iterator(other.items_.begin()),
                std::make_move_iterator(other.items_.end()));
}

Diagnostics in_document_order(const Diagnostics& diagnostics) {
  std::vector<Diagnostic> sorted(diagnostics.items().begin(), diagnostics.items().end());
  std::vector<std::string> files;
  for (const Diagnostic& item : sorted) {
    if (std::ranges::find(files, item.where.file) == files.end()) files.push_back(item.where.file);
  }
  const auto place = [&](const Diagnostic& item) {
    return std::tuple(std::ranges::find(files, item.where.file), item.where.line, item.where.column);
  };
  std::ranges::stable_sort(sorted, {}, place);
  Diagnostics result;
  for (Diagnostic& item : sorted) result.add(std::move(item));
  return result;
}

Diagnostics without_repetitions(const Diagnostics& diagnostics) {
  Diagnostics result;
  std::set<std::vector<std::string>> seen;
  for (const Diagnostic& item : diagnostics.items()) {
    const std::string place =
        item.where.file + ":" + std::to_string(item.where.line) + ":" + std::to_string(item.where.column);
    // What is said of the flow names the node with its path.
    const bool of_flow = item.code == "used-before-written" || item.code == "never-used";
    const std::string path = item.where.is_known() ? "" : item.path;
    const std::string message = of_flow && item.where.is_known() ? "" : item.message;
    if (seen.insert({place, path, item.code, message, item.expected, item.found}).second) result.add(item);
  }
  return result;
}

bool Diagnostics::has_errors() const noexcept { return error_count() > 0; }

std::size_t Diagnostics::error_count() const noexcept {
  const auto is_error = [](const Diagnostic& item) { return item.severity == Severity::error; };
  return static_cast<std::size_t>(std::count_if(items_.begin(), items_.end(), is_error));
}

std::string_view severity_name(Severity severity) noexcept {
  switch (severity) {
    case Severity::note:
      return "note";
    case Severity::warning:
      return "warning";
    case Severity::error:
      break;
  }
  return "error";
}

std::string to_text(const Diagnostic& diagnostic) {
  std::string out;
  append_place(out, diagnostic.where);
  out += severity_name(diagnostic.severity);
  out += ": ";
  append_escaped(out, diagnostic.message);
  if (!diagnostic.code.empty()) out += " [" + diagnostic.code + "]";
  append_field(out, "path", diagnostic.path);
  append_field(out, "expected", diagnostic.expected);
  append_field(out, "found", diagnostic.found);
  append_field(out, "suggestion", diagnostic.suggestion);
  return out;
}

std::string nearest_name(std::string_view name, std::span<const std::string> candidates) {
  const std::string* best = nullptr;
  std::size_t best_distance = 0;
  if (name.size() > longest_compared_name || name.size() <= 2) return {};  // every short name is near to every other
  for (const std::string& candidate : candidates) {
    if (candidate.size() > longest_compared_name) continue;
    const std::size_t longer = std::max(name.size(), candidate.size());
    const std::size_t shorter = std::min(name.size(), candidate.size());
    const std::size_t limit = longer / 3 + 1;
    if (longer - shorter > limit) continue;
    const std::size_t distance = edit_distance(name, candidate);
    if (distance > limit || (best != nullptr && distance >= best_distance)) continue;
    best = &candidate;
    best_distance = distance;
  }
  return best != nullptr ? *best : std::string{};
}

}  // namespace skein
