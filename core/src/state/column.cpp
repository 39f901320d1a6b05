#include "state/column.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace skein {
namespace {

template <class T>
void store(std::byte* place, T value) noexcept {
  std::memcpy(place, &value, sizeof value);
}

std::int64_t to_integer(double value) noexcept {
  constexpr double limit = 9223372036854775808.0;
  if (std::isnan(value)) return 0;
  if (value >= limit) return std::numeric_limits<std::int64_t>::max();
  if (value < -limit) return std::numeric_limits<std::int64_t>::min();
  return static_cast<std::int64_t>(value);
}

std::uint32_t to_index(double value) noexcept {
  return value >= 0 && value < static_cast<double>(no_row) ? static_cast<std::uint32_t>(value) : no_row;
}

}  // namespace

std::size_t payload_bytes(const Part& part) noexcept { return part.width * element_bytes(part.element); }
std::size_t payload_bytes(const ColumnView& view) noexcept { return view.width * element_bytes(view.element); }

std::size_t row_stride(const Part& part) noexcept {
  const std::size_t dense = payload_bytes(part);
  const std::size_t padded = rounded_up(dense, cache_line_bytes);
  return part.width > 1 && padded - dense <= dense / 8 ? padded : dense;
}

Column::Column(const Part& part, std::size_t capacity)
    : buffer_(std::max(rounded_up(row_stride(part) * capacity, cache_line_bytes), cache_line_bytes)) {}

void copy_row(const ColumnView& to, std::size_t to_row, const ColumnView& from, std::size_t from_row) noexcept {
  std::memcpy(row_data(to, to_row), row_data(from, from_row), payload_bytes(to));
}

void store_number(Element element, std::byte* place, double value) noexcept {
  switch (element) {
    case Element::real:
      return store(place, value);
    case Element::integer:
      return store(place, to_integer(value));
    case Element::binary:
    case Element::boolean:
      return store(place, static_cast<std::uint8_t>(value != 0.0 ? 1 : 0));
    case Element::index:
      return store(place, to_index(value));
  }
}

}  // namespace skein
