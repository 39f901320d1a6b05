// Points: where a problem is to be evaluated, as they were typed or from a file, one after another.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "skein/diagnostic.hpp"

namespace skein::tool {

struct Point {
  std::vector<double> coordinates;
  SourceLocation where;
};

/// Numbers with commas between them: "1,-2.5,3e4".
[[nodiscard]] std::optional<Point> read_typed_point(const std::string& text, Diagnostics& diagnostics);

/// Lines of a file or, for "-", of standard input.
class Lines {
 public:
  /// Reports `file-not-found` or `file-unreadable`.
  Lines(const std::string& file, Diagnostics& diagnostics);
  Lines(const Lines&) = delete;
  Lines& operator=(const Lines&) = delete;
  ~Lines();

  /// The next line without its end, or nothing at the end of the file or after an error.
  [[nodiscard]] std::optional<std::string> next(Diagnostics& diagnostics);

  /// Of the line that `next` returned last.
  [[nodiscard]] SourceLocation where() const { return {name_, number_, 0}; }

 private:
  void report(int error_number, Diagnostics& diagnostics) const;
  bool fill(Diagnostics& diagnostics);

  std::string name_;
  int descriptor_ = -1;
  std::string buffer_;
  std::size_t start_ = 0;
  std::size_t number_ = 0;
};

/// Points that were typed or, when there are none, one JSON array a line.
class Points {
 public:
  /// `file` counts only when `typed` is empty. Reports all that is wrong with typed points.
  Points(const std::vector<std::string>& typed, const std::string& file, Diagnostics& diagnostics);

  /// The next point, or nothing at the end or after an error.
  [[nodiscard]] std::optional<Point> next(Diagnostics& diagnostics);

 private:
  std::vector<Point> typed_;
  std::size_t next_typed_ = 0;
  std::optional<Lines> lines_;
};

}  // namespace skein::tool
