// History: what an analyzer has seen in the course of a run, in bounded memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "skein/object.hpp"

namespace skein {

struct HistoryColumn {
  std::string_view name;
  bool objective = false;  ///< holds objectives as they are minimized; results show them in the problem's own sense
};

/// One row of a history: `index` counts all rows that were ever appended, from 0.
struct HistoryEntry {
  std::uint64_t index = 0;
  std::vector<double> values;
};

/// Rows of a few numbers in the order in which they were appended, at most `capacity()` of them however many there are.
/// It is lossy: every `stride()`-th row is held (those whose index is a multiple of it), and the newest one. The stride
/// is 1 until the memory is full; then every second row is given up and the stride doubles, so that what is held covers
/// the whole run evenly.
///
/// All memory is there from the start: a new history has room for `reserved_numbers` and `reserved_names`, and only
/// `start` with more than that allocates.
class History final : public ObjectVariable {
 public:
  static constexpr std::string_view type = "history";
  static constexpr std::size_t default_capacity = 512;
  static constexpr std::size_t reserved_numbers = 8 * default_capacity;
  static constexpr std::size_t reserved_names = 256;  ///< bytes, one more per name than it is long

  History();

  /// Makes it an empty history with these columns that holds at most `capacity` rows, at least 2. Of the columns, the
  /// first 64 can be objectives.
  void start(std::span<const HistoryColumn> columns, std::size_t capacity = default_capacity);
  [[nodiscard]] bool started() const noexcept { return column_count_ != 0; }

  /// Adds a row of as many numbers as there are columns. Cost: a copy of the row, and rarely one of half the history.
  void append(std::span<const double> values) noexcept;
  /// Adds a row that the caller fills in at once; empty without columns.
  [[nodiscard]] std::span<double> append() noexcept;
  /// Gives up all rows; the columns stay.
  void clear() noexcept;

  [[nodiscard]] std::vector<HistoryColumn> columns() const;  ///< names live as long as the history stays as it is
  [[nodiscard]] std::size_t column_count() const noexcept { return column_count_; }
  [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }
  [[nodiscard]] std::uint64_t length() const noexcept { return length_; }  ///< rows that were appended
  [[nodiscard]] std::uint64_t stride() const noexcept { return stride_; }
  [[nodiscard]] std::size_t size() const noexcept;  ///< rows that are held

  /// Row number `place` of those that are held.
  [[nodiscard]] HistoryEntry entry(std::size_t place) const;
  /// The newest rows that are held, at most `count`, the oldest of them first.
  [[nodiscard]] std::vector<HistoryEntry> recent(std::size_t count) const;
  [[nodiscard]] std::vector<HistoryEntry> all() const { return recent(size()); }

  [[nodiscard]] std::string_view type_name() const noexcept override { return type; }
  [[nodiscard]] std::size_t size_in_bytes() const noexcept override;
  [[nodiscard]] std::unique_ptr<ObjectVariable> clone() const override;
  void save(StateWriter& writer) const override;
  void load(StateReader& reader) override;
  /// A history does not speak of rows.
  void rows_changed(const RowMap&) override {}

 private:
  [[nodiscard]] double* row(std::size_t place) noexcept { return numbers_.data() + place * column_count_; }
  void thin() noexcept;

  std::string names_;  ///< each followed by a line feed
  std::uint64_t objectives_ = 0;
  std::size_t column_count_ = 0;
  std::size_t capacity_ = 0;
  std::size_t kept_ = 0;  ///< rows whose index is a multiple of the stride; behind them the newest, if it is another
  std::uint64_t stride_ = 1;
  std::uint64_t length_ = 0;
  std::vector<double> numbers_;
};

}  // namespace skein
