// Solutions as people see and write them: what an encoding says of it, and how to apply that.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "skein/value.hpp"
#include "skein/view.hpp"

namespace skein {

struct EncodingSpec;

/// Which of some numbers is wrong, counted from 0, and why: "is given twice", "numbers from 0 to 13, each once", "3".
struct SolutionMistake {
  std::size_t index = 0;
  std::string message;
  std::string expected;
  std::string found;
};

/// One solution as people see it: a list of bits, integers, cities, …. `parts` are the columns of its row alone.
using ShowSolution = Value (*)(std::span<const ColumnView> parts);

/// Writes the columns of one row from the numbers that people write for a solution, one per dimension. With a mistake
/// nothing is promised of the row.
using ReadSolution = std::optional<SolutionMistake> (*)(std::span<const double> numbers,
                                                        std::span<const ColumnView> parts);

/// One solution of a column or global as people see it.
[[nodiscard]] Value shown_solution(ShowSolution show, const PortView& solutions, std::size_t row = 0);

/// Whether people can write solutions of this encoding as numbers.
[[nodiscard]] bool is_readable(const EncodingSpec& encoding) noexcept;

/// Writes one row of a column from the numbers that people write. The encoding has to be readable.
[[nodiscard]] std::optional<SolutionMistake> read_solution(const EncodingSpec& encoding,
                                                           std::span<const double> numbers, const PortView& solutions,
                                                           std::size_t row = 0);

}  // namespace skein
