#include "skein/solution.hpp"

#include <algorithm>
#include <cstdint>

#include "skein/problem.hpp"

namespace skein {

namespace {

std::vector<ColumnView> parts_of_row(const PortView& solutions, std::size_t row) {
  std::vector<ColumnView> parts(solutions.parts, solutions.parts + solutions.part_count);
  for (ColumnView& part : parts) part.data += row * part.row_bytes;
  return parts;
}

template <class T>
std::span<T> elements_of(const ColumnView& part) {
  return {reinterpret_cast<T*>(part.data), part.width};
}

/// The elements of one cell as numbers: reals stay reals, everything else becomes an integer.
void append_elements(const ColumnView& part, List& list) {
  switch (part.element) {
    case Element::real:
      for (const double element : elements_of<const double>(part)) list.emplace_back(element);
      break;
    case Element::integer:
      for (const std::int64_t element : elements_of<const std::int64_t>(part)) list.emplace_back(element);
      break;
    case Element::index:
      for (const std::uint32_t element : elements_of<const std::uint32_t>(part))
        list.emplace_back(std::int64_t{element});
      break;
    case Element::binary:
    case Element::boolean:
      for (const std::uint8_t element : elements_of<const std::uint8_t>(part)) list.emplace_back(std::int64_t{element});
      break;
  }
}

}  // namespace

Value shown_solution(ShowSolution show, const PortView& solutions, std::size_t row) {
  const std::vector<ColumnView> parts = parts_of_row(solutions, row);
  if (show != nullptr) return show(parts);
  List elements;
  for (const ColumnView& part : parts) append_elements(part, elements);
  return elements;
}

bool is_readable(const EncodingSpec& encoding) noexcept {
  return encoding.read != nullptr || encoding.solution == "real[d]";
}

std::optional<SolutionMistake> read_solution(const EncodingSpec& encoding, std::span<const double> numbers,
                                             const PortView& solutions, std::size_t row) {
  const std::vector<ColumnView> parts = parts_of_row(solutions, row);
  if (encoding.read != nullptr) return encoding.read(numbers, parts);
  std::ranges::copy(numbers, elements_of<double>(parts.front()).begin());
  return std::nullopt;
}

}  // namespace skein
