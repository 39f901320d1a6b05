// Instance files as words with their places.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "skein/diagnostic.hpp"

namespace skein {

struct InstanceWord {
  std::string_view text;
  std::size_t line = 0;    ///< from 1
  std::size_t column = 0;  ///< from 1, in bytes
};

/// The words of one line: what stands between spaces, tabs and carriage returns.
[[nodiscard]] std::vector<InstanceWord> words_of_line(std::string_view line, std::size_t number);

/// The lines of a text, without their ends.
[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);

/// All of the word as a number, or nothing. Infinities and NaN are no numbers here.
[[nodiscard]] std::optional<double> number_of(std::string_view text);
[[nodiscard]] std::optional<std::int64_t> integer_of(std::string_view text);

/// Collects the findings `bad-instance` of one file. After a hundred it takes no more.
class InstanceFindings {
 public:
  InstanceFindings(std::string file, Diagnostics& diagnostics) : file_(std::move(file)), diagnostics_(diagnostics) {}

  void add(std::size_t line, std::size_t column, std::string message, std::string expected, std::string found);
  /// Found: the word.
  void add(const InstanceWord& word, std::string message, std::string expected);

  [[nodiscard]] bool empty() const noexcept { return count_ == 0; }
  [[nodiscard]] bool is_full() const noexcept { return count_ >= 100; }

 private:
  std::string file_;
  Diagnostics& diagnostics_;
  std::size_t count_ = 0;
};

}  // namespace skein
