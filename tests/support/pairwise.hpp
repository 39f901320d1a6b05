// Pairwise: few rows of choices in which every allowed pair of choices stands.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace skein::tests {

/// A choice: which of the columns, and which of its values.
using Choice = std::pair<std::size_t, std::size_t>;
/// Two choices of different columns, the one of the lower column first.
using ChoicePair = std::pair<Choice, Choice>;

/// Rows with one value per column, `sizes[i]` values in column i, so that every pair of values of two columns stands in
/// some row and no forbidden pair in any. Greedy: every row begins with a pair that is still missing, and every further
/// column takes the value that brings most missing pairs, of equal ones the first. Every pair that is not forbidden has
/// to be possible beside some value of each other column.
class PairwiseRows {
 public:
  PairwiseRows(std::vector<std::size_t> sizes, std::set<ChoicePair> forbidden)
      : sizes_(std::move(sizes)), forbidden_(std::move(forbidden)) {
    for (std::size_t a = 0; a < sizes_.size(); ++a) {
      for (std::size_t b = a + 1; b < sizes_.size(); ++b) {
        for (std::size_t i = 0; i < sizes_[a]; ++i) {
          for (std::size_t j = 0; j < sizes_[b]; ++j) missing_.insert({{a, i}, {b, j}});
        }
      }
    }
    for (const ChoicePair& pair : forbidden_) missing_.erase(pair);
  }

  [[nodiscard]] std::vector<std::vector<std::size_t>> all() {
    std::vector<std::vector<std::size_t>> rows;
    while (!missing_.empty()) rows.push_back(next_row());
    return rows;
  }

 private:
  using Row = std::vector<std::optional<std::size_t>>;

  static ChoicePair ordered(Choice a, Choice b) { return a.first < b.first ? ChoicePair{a, b} : ChoicePair{b, a}; }

  /// How many missing pairs this choice brings into the row; nothing where it is forbidden.
  [[nodiscard]] std::optional<std::size_t> gain(const Row& row, Choice choice) const {
    std::size_t sum = 0;
    for (std::size_t column = 0; column < row.size(); ++column) {
      if (!row[column]) continue;
      const ChoicePair pair = ordered(choice, {column, *row[column]});
      if (forbidden_.contains(pair)) return std::nullopt;
      sum += missing_.count(pair);
    }
    return sum;
  }

  [[nodiscard]] std::vector<std::size_t> next_row() {
    const ChoicePair first = *missing_.begin();
    Row row(sizes_.size());
    row[first.first.first] = first.first.second;
    row[first.second.first] = first.second.second;
    for (std::size_t column = 0; column < sizes_.size(); ++column) {
      if (row[column]) continue;
      std::size_t most = 0;
      for (std::size_t value = 0; value < sizes_[column]; ++value) {
        const auto brings = gain(row, {column, value});
        if (!brings || (row[column] && *brings <= most)) continue;
        row[column] = value;
        most = *brings;
      }
    }
    std::vector<std::size_t> chosen;
    for (std::size_t column = 0; column < row.size(); ++column) {
      chosen.push_back(*row[column]);
      for (std::size_t other = column + 1; other < row.size(); ++other) {
        missing_.erase({{column, *row[column]}, {other, *row[other]}});
      }
    }
    return chosen;
  }

  std::vector<std::size_t> sizes_;
  std::set<ChoicePair> forbidden_;
  std::set<ChoicePair> missing_;
};

}  // namespace skein::tests
