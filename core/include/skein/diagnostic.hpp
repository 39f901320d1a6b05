// Diagnostics: everything that can be wrong with a document, a graph or a parameter, as values that collect.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace skein {

enum class Severity { note, warning, error };

/// A place in a document: file as given by the user, line and column counted from 1. Line 0: all of it, or what else
/// `file` names ("--set problem.dimension").
struct SourceLocation {
  std::string file;
  std::size_t line = 0;
  std::size_t column = 0;

  /// Whether it says where something is.
  [[nodiscard]] bool is_known() const noexcept { return line != 0 || !file.empty(); }
};

/// One finding, in the form that the tool prints and `--json` writes.
///
/// `code` is stable and kebab-case ("unknown-parameter"); `message` is one whole sentence; `path` is the node path or
/// the document path ("nodes/move/in/inertia"). `expected`, `found` and `suggestion` may be empty.
struct Diagnostic {
  std::string code;
  Severity severity = Severity::error;
  SourceLocation where;
  std::string path;
  std::string message;
  std::string expected;
  std::string found;
  std::string suggestion;
};

/// A collection of findings in the order in which they were made. Set-up functions take one by reference, report all
/// they find and return nothing (or an empty optional) when an error was among it.
class Diagnostics {
 public:
  void add(Diagnostic diagnostic) { items_.push_back(std::move(diagnostic)); }
  void add(Diagnostics other);

  [[nodiscard]] bool has_errors() const noexcept;
  [[nodiscard]] std::size_t error_count() const noexcept;
  [[nodiscard]] bool empty() const noexcept { return items_.empty(); }
  [[nodiscard]] std::span<const Diagnostic> items() const noexcept { return items_; }

 private:
  std::vector<Diagnostic> items_;
};

/// The same findings by their places: files in the order in which they first appear, then lines and columns.
[[nodiscard]] Diagnostics in_document_order(const Diagnostics& diagnostics);

/// Each finding once. What several uses of one place have found, under paths of their own, counts as the same; so do
/// all findings of one code at one place that differ in nothing but these paths.
[[nodiscard]] Diagnostics without_repetitions(const Diagnostics& diagnostics);

/// "note", "warning" or "error".
[[nodiscard]] std::string_view severity_name(Severity severity) noexcept;

/// One line for a person and for an editor's problem matcher:
/// `file:line:column: error: message [code]`, then indented lines for path, expected, found and suggestion if present.
/// No newline at the end. Control characters are written as escapes, so that every field stays on its line.
[[nodiscard]] std::string to_text(const Diagnostic& diagnostic);

/// The candidate that is nearest to `name` by edit distance (adjacent swaps count one), or nothing when the best one is
/// farther than a third of the longer name plus one. Ties go to the first candidate. Cost: O(length^2) per candidate;
/// names of more than 256 bytes are near to nothing.
[[nodiscard]] std::string nearest_name(std::string_view name, std::span<const std::string> candidates);

}  // namespace skein
