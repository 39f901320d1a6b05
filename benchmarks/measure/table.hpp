// Table: rows of text, printed as Markdown that can also be read as it is.
#pragma once

#include <string>
#include <vector>

namespace skein::bench {

class Table {
 public:
  explicit Table(std::vector<std::string> heading) : rows_{std::move(heading)} {}

  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  /// To stdout, with an empty line before and after it.
  void print() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace skein::bench
