// BoundedHistory: what was seen in the course of a run, in bounded memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "skein/growing_bytes.hpp"
#include "skein/object.hpp"

namespace skein {

/// How exactly a column is held: 64 bits; 32 bits (7 digits); one of 65535 places between two bounds, beyond which
/// numbers are held as the bound (NaN stays NaN).
enum class Precision : std::uint8_t { exact, single, quantized };

struct HistoryColumn {
  std::string_view name;
  bool objective = false;  ///< holds objectives as they are minimized; results show them in the problem's own sense
  Precision precision = Precision::exact;
  double lower = 0;  ///< of a quantized column
  double upper = 1;
};

/// What a history may hold.
struct HistoryBudget {
  std::size_t rows = 512;     ///< at most, the newest one included; at least 2
  std::size_t bytes = 0;      ///< of coded rows, at most; 0: as many as the rows can need
  std::size_t recent = 8;     ///< newest rows that are held at full resolution as well
  bool compressed = true;     ///< false: the newest rows alone, the older ones are forgotten
  bool changes_only = false;  ///< holds a row only when its last number is another one than that of the row held before
};

/// One row of a history: `index` counts all rows that were ever appended, from 0.
struct HistoryEntry {
  std::uint64_t index = 0;
  std::vector<double> values;
};

/// Rows of a few numbers in the order in which they were appended, within a fixed budget however many there are.
///
/// What is held is every `stride()`-th row (those whose index is a multiple of it) and the newest one. The stride is 1
/// until the budget is spent; then every second row is given up and the stride doubles, so that what is held covers the
/// whole run evenly. Rows are coded: of each number only the bytes that differ from the row before, and a byte that
/// says which; a number that stays as it is takes 1 byte, no number more than 9.
///
/// With `changes_only` rows are held where the last number changes, at most one per stride: while the stride is 1, the
/// curve of that number is exact, however long it is.
///
/// Lossy are: a stride above 1 (rows between are lost), columns that are not exact, and a history without compression
/// (old rows are lost). Of exact columns, what is held has all its bits; so have all columns of the newest row and of
/// the recent ones.
///
/// Memory is there from the start: a new history has room for 512 rows of 8 numbers, and `start` takes what the budget
/// needs beyond that, up to 64 MiB. A larger budget is taken up in steps, each as large as all before, and only while
/// the system gives it: where it does not, the history is thinned as if the budget was spent.
class BoundedHistory final : public ObjectVariable {
 public:
  static constexpr std::string_view type = "history";
  static constexpr std::size_t default_rows = 512;
  static constexpr std::size_t reserved_numbers = 8 * default_rows;
  static constexpr std::size_t reserved_names = 256;  ///< bytes, one more per name than it is long
  static constexpr std::size_t least_rows = 8;        ///< that `reduce_memory` leaves

  BoundedHistory();

  /// Makes it an empty history with these columns.
  void start(std::span<const HistoryColumn> columns, const HistoryBudget& budget = {});
  [[nodiscard]] bool started() const noexcept { return !rules_.empty(); }

  /// Adds a row of as many numbers as there are columns. Cost: a copy and, of rows that are held, about 3 ns per
  /// number; rarely a pass over the history.
  void append(std::span<const double> values) noexcept;
  /// Adds a row that the caller fills in at once; empty without columns.
  [[nodiscard]] std::span<double> append() noexcept;
  /// Gives up all rows; the columns stay.
  void clear() noexcept;

  [[nodiscard]] std::vector<HistoryColumn> columns() const;  ///< names live as long as the history stays as it is
  [[nodiscard]] std::size_t column_count() const noexcept { return rules_.size(); }
  [[nodiscard]] const HistoryBudget& budget() const noexcept { return budget_; }
  [[nodiscard]] std::uint64_t length() const noexcept { return length_; }  ///< rows that were appended
  [[nodiscard]] std::uint64_t stride() const noexcept { return stride_; }
  [[nodiscard]] std::size_t size() const noexcept;  ///< rows that are held, those for `recent` alone apart
  [[nodiscard]] std::size_t coded_bytes() const noexcept { return coded_.size(); }
  /// Bytes of the budget that coded rows have taken up at any time: so much of it can be resident.
  [[nodiscard]] std::size_t touched_bytes() const noexcept { return touched_; }

  /// Of `size_in_bytes`, what is in use: what rows have not taken up of the budget is not.
  [[nodiscard]] std::size_t bytes_in_use() const noexcept;

  /// The rows that are held, in their order.
  [[nodiscard]] std::vector<HistoryEntry> all() const;
  /// The newest rows, at most `count`, the oldest of them first: as many as the budget says at full resolution, before
  /// them what is held of the rest.
  [[nodiscard]] std::vector<HistoryEntry> recent(std::size_t count) const;

  /// From now on holds at most that many rows (at least 2), and after another `start`, too. Without `compressed`, what
  /// is started from now on is not compressed.
  void limit(std::size_t rows, bool compressed = true) noexcept;

  [[nodiscard]] std::string_view type_name() const noexcept override { return type; }
  [[nodiscard]] std::size_t size_in_bytes() const noexcept override;
  [[nodiscard]] std::unique_ptr<ObjectVariable> clone() const override;
  void save(StateWriter& writer) const override;
  void load(StateReader& reader) override;
  /// A history does not speak of rows.
  void rows_changed(const RowMap&) override {}
  /// Halves the budget, down to `least_rows` rows; of a budget of more than 512 rows, leaves half of what is held.
  std::uint64_t reduce_memory() override;

 private:
  struct Rule {
    bool objective = false;
    Precision precision = Precision::exact;
    double lower = 0;
    double upper = 1;
  };
  class Reader;

  void reserve();
  void keep_newest() noexcept;
  void keep_recent() noexcept;
  [[nodiscard]] bool is_due(std::uint64_t index) const noexcept;
  [[nodiscard]] bool append_coded() noexcept;
  [[nodiscard]] bool has_room(std::size_t bytes) noexcept;
  void write_words(std::uint64_t index) noexcept;
  void thin() noexcept;
  void fit() noexcept;
  void shorten_ring() noexcept;
  [[nodiscard]] std::uint64_t word_of(const Rule& rule, double value) const noexcept;
  [[nodiscard]] double value_of(const Rule& rule, std::uint64_t word) const noexcept;
  [[nodiscard]] std::size_t most_row_bytes() const noexcept;
  [[nodiscard]] std::size_t recent_capacity() const noexcept;
  [[nodiscard]] std::uint64_t first_recent() const noexcept { return length_ - 1 - recent_count_; }
  [[nodiscard]] HistoryEntry newest() const { return {length_ - 1, newest_}; }
  [[nodiscard]] HistoryEntry recent_entry(std::size_t place) const;

  std::string names_;  ///< each followed by a line feed
  std::vector<Rule> rules_;
  HistoryBudget budget_;
  std::size_t most_rows_ = std::numeric_limits<std::size_t>::max();
  bool may_compress_ = true;
  std::uint64_t stride_ = 1;
  std::uint64_t length_ = 0;
  std::size_t kept_ = 0;                 ///< rows in `coded_`
  GrowingBytes coded_;                   ///< what is held but the newest row
  std::size_t touched_ = 0;              ///< the most of `coded_` that was ever in use
  std::vector<std::uint64_t> previous_;  ///< the last coded row: its index, its numbers
  std::vector<std::uint64_t> words_;     ///< rows that are being coded or thinned
  std::vector<double> newest_;           ///< becomes a coded row when the next one is appended
  std::vector<double> recent_;           ///< a ring of rows before the newest one
  std::size_t recent_next_ = 0;
  std::size_t recent_count_ = 0;
};

}  // namespace skein
