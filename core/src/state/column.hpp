// Columns: how the rows of one part lie in memory.
#pragma once

#include <cstddef>
#include <cstdint>

#include "skein/type.hpp"
#include "skein/view.hpp"
#include "state/aligned_buffer.hpp"

namespace skein {

/// Bytes of the elements of one row, without padding.
[[nodiscard]] std::size_t payload_bytes(const Part& part) noexcept;
[[nodiscard]] std::size_t payload_bytes(const ColumnView& view) noexcept;

/// Bytes from one row to the next. Rows start on a cache line where the padding costs at most an eighth of the memory;
/// a width of 1 and all other rows are dense.
[[nodiscard]] std::size_t row_stride(const Part& part) noexcept;

/// Memory of one part: `capacity` rows, zeroed.
class Column {
 public:
  Column(const Part& part, std::size_t capacity);

  [[nodiscard]] std::byte* data() const noexcept { return buffer_.data(); }

 private:
  AlignedBuffer buffer_;
};

[[nodiscard]] inline std::byte* row_data(const ColumnView& view, std::size_t row) noexcept {
  return view.data + row * view.row_bytes;
}

/// Copies the elements of one row; padding stays.
void copy_row(const ColumnView& to, std::size_t to_row, const ColumnView& from, std::size_t from_row) noexcept;

/// Stores `value` as an element of the given type. What an index cannot express becomes `no_row`; integers saturate and
/// take NaN as 0.
void store_number(Element element, std::byte* place, double value) noexcept;

}  // namespace skein
