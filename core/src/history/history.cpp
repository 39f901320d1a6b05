#include "skein/history.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <stdexcept>

#include "history/row_coding.hpp"
#include "memory/release_pages.hpp"

namespace skein {
namespace {

/// What a file can ask for at most.
constexpr std::uint64_t most_numbers = std::uint64_t{1} << 32U;
constexpr std::size_t reserved_columns = 64;
constexpr std::uint64_t quantized_nan = 0xffff;
constexpr double quantized_places = 65534;
/// Taken at once; beyond it, memory is large enough for the system to move its pages.
constexpr std::size_t first_step = std::size_t{64} << 20U;

std::size_t most_bytes(Precision precision) noexcept {
  return precision == Precision::exact ? most_word_bytes : precision == Precision::single ? 5 : 3;
}

}  // namespace

/// Goes through the coded rows.
class BoundedHistory::Reader {
 public:
  explicit Reader(const BoundedHistory& history) : history_(history), row_(history.previous_.size()) {}

  /// False after the last row, and where the bytes make no sense.
  bool next() {
    const std::byte* const first = history_.coded_.data();
    const std::byte* const end = first + history_.coded_.size();
    const std::byte* const at = history_.coded_.size() == place_ ? nullptr : read_row(first + place_, end, row_);
    if (at != nullptr) place_ = static_cast<std::size_t>(at - first);
    return at != nullptr;
  }
  [[nodiscard]] bool at_end() const noexcept { return place_ == history_.coded_.size(); }
  [[nodiscard]] std::span<const std::uint64_t> words() const noexcept { return row_; }
  [[nodiscard]] HistoryEntry entry() const {
    HistoryEntry entry{row_.front(), {}};
    for (std::size_t i = 0; i < history_.rules_.size(); ++i) {
      entry.values.push_back(history_.value_of(history_.rules_[i], row_[1 + i]));
    }
    return entry;
  }

 private:
  const BoundedHistory& history_;
  std::vector<std::uint64_t> row_;
  std::size_t place_ = 0;
};

BoundedHistory::BoundedHistory() {
  names_.reserve(reserved_names);
  rules_.reserve(reserved_columns);
  coded_.reserve(reserved_numbers * most_word_bytes + default_rows * most_word_bytes);
  previous_.reserve(reserved_columns + 1);
  words_.reserve(2 * (reserved_columns + 1));
  newest_.reserve(reserved_columns);
  recent_.reserve(HistoryBudget{}.recent * reserved_columns);
}

void BoundedHistory::start(std::span<const HistoryColumn> columns, const HistoryBudget& budget) {
  names_.clear();
  rules_.clear();
  for (const HistoryColumn& column : columns) {
    names_.append(column.name).push_back('\n');
    rules_.push_back({column.objective, column.precision, column.lower, column.upper});
  }
  budget_ = budget;
  budget_.compressed = budget.compressed && may_compress_;
  budget_.rows = std::clamp<std::size_t>(budget.rows, 2, std::max<std::size_t>(most_rows_, 2));
  reserve();
  clear();
}

/// Bytes of a row whatever it holds.
std::size_t BoundedHistory::most_row_bytes() const noexcept {
  std::size_t bytes = most_word_bytes;
  for (const Rule& rule : rules_) bytes += most_bytes(rule.precision);
  return bytes;
}

/// Rows before the newest one that are held as they are.
std::size_t BoundedHistory::recent_capacity() const noexcept {
  return budget_.compressed ? budget_.recent : budget_.rows - 1;
}

void BoundedHistory::reserve() {
  const std::size_t row_bytes = most_row_bytes();
  const std::size_t needed = budget_.rows > most_numbers / row_bytes ? most_numbers : budget_.rows * row_bytes;
  budget_.bytes = budget_.bytes == 0 ? needed : std::min(std::max(budget_.bytes, 2 * row_bytes), needed);
  if (budget_.compressed) coded_.reserve(std::min(budget_.bytes, first_step));
  previous_.resize(rules_.size() + 1);
  words_.resize(2 * previous_.size());
  newest_.resize(rules_.size());
  recent_.resize(recent_capacity() * rules_.size());
}

void BoundedHistory::clear() noexcept {
  coded_.clear();
  std::ranges::fill(previous_, 0);
  kept_ = 0;
  stride_ = 1;
  length_ = 0;
  recent_next_ = 0;
  recent_count_ = 0;
}

std::uint64_t BoundedHistory::word_of(const Rule& rule, double value) const noexcept {
  if (rule.precision == Precision::exact) return std::bit_cast<std::uint64_t>(value);
  if (rule.precision == Precision::single) return std::bit_cast<std::uint32_t>(static_cast<float>(value));
  if (std::isnan(value)) return quantized_nan;
  const double place = rule.upper > rule.lower ? (value - rule.lower) / (rule.upper - rule.lower) : 0;
  return static_cast<std::uint64_t>(std::llround(std::clamp(place, 0.0, 1.0) * quantized_places));
}

double BoundedHistory::value_of(const Rule& rule, std::uint64_t word) const noexcept {
  if (rule.precision == Precision::exact) return std::bit_cast<double>(word);
  if (rule.precision == Precision::single) return std::bit_cast<float>(static_cast<std::uint32_t>(word));
  if (word == quantized_nan) return std::numeric_limits<double>::quiet_NaN();
  return rule.lower + static_cast<double>(word) / quantized_places * (rule.upper - rule.lower);
}

bool BoundedHistory::is_due(std::uint64_t index) const noexcept {
  if (!budget_.changes_only) return index % stride_ == 0;
  if (kept_ == 0) return true;
  return word_of(rules_.back(), newest_.back()) != previous_.back() && index / stride_ != previous_.front() / stride_;
}

/// The newest row goes to where the next one cannot overwrite it.
void BoundedHistory::keep_newest() noexcept {
  if (length_ == 0) return;
  keep_recent();
  if (!budget_.compressed) return;
  const std::uint64_t index = length_ - 1;
  while (is_due(index)) {
    if (kept_ + 1 < budget_.rows && append_coded()) return;
    thin();
  }
}

void BoundedHistory::keep_recent() noexcept {
  const std::size_t capacity = recent_capacity();
  if (capacity == 0) return;
  std::ranges::copy(newest_, recent_.begin() + static_cast<std::ptrdiff_t>(recent_next_ * newest_.size()));
  recent_next_ = (recent_next_ + 1) % capacity;
  recent_count_ = std::min(recent_count_ + 1, capacity);
}

/// Whether budget and memory are enough for so many coded bytes.
bool BoundedHistory::has_room(std::size_t bytes) noexcept {
  if (bytes > budget_.bytes) return false;
  return bytes <= coded_.capacity() ||
         coded_.try_reserve(std::min(budget_.bytes, std::max(bytes, 2 * coded_.capacity())));
}

/// False when the budget has no room for the newest row.
bool BoundedHistory::append_coded() noexcept {
  const std::span<std::uint64_t> row = std::span(words_).first(previous_.size());
  row.front() = length_ - 1;
  for (std::size_t i = 0; i < rules_.size(); ++i) row[1 + i] = word_of(rules_[i], newest_[i]);
  const std::size_t size = coded_size(row, previous_);
  const std::size_t used = coded_.size();
  if (!has_room(used + size)) return false;
  coded_.resize(used + size);
  touched_ = std::max(touched_, coded_.size());
  write_row(coded_.data() + used, row, previous_);
  std::ranges::copy(row, previous_.begin());
  ++kept_;
  return true;
}

/// Doubles the stride and gives up the rows that it leaves out.
void BoundedHistory::thin() noexcept {
  stride_ *= 2;
  const std::span<std::uint64_t> row = std::span(words_).first(previous_.size());
  std::ranges::fill(row, 0);
  std::ranges::fill(previous_, 0);
  std::byte* written = coded_.data();
  const std::byte* at = coded_.data();
  const std::byte* const end = at + coded_.size();
  std::size_t kept = 0;
  for (std::size_t place = 0; place < kept_; ++place) {
    at = read_row(at, end, row);
    const std::uint64_t index = row.front();
    const bool stays =
        budget_.changes_only ? kept == 0 || index / stride_ != previous_.front() / stride_ : index % stride_ == 0;
    if (!stays) continue;
    written = write_row(written, row, previous_);
    std::ranges::copy(row, previous_.begin());
    ++kept;
  }
  coded_.resize(static_cast<std::size_t>(written - coded_.data()));
  kept_ = kept;
}

/// Thins until the budget is kept.
void BoundedHistory::fit() noexcept {
  while (kept_ > 1 && (kept_ + 1 > budget_.rows || coded_.size() > budget_.bytes)) thin();
}

std::span<double> BoundedHistory::append() noexcept {
  if (!started()) return {};
  keep_newest();
  const std::uint64_t index = length_++;
  const bool takes_place = budget_.compressed && !budget_.changes_only && index % stride_ == 0;
  if (takes_place && kept_ + 1 == budget_.rows) thin();
  return newest_;
}

void BoundedHistory::append(std::span<const double> values) noexcept {
  const std::span<double> place = append();
  std::copy_n(values.begin(), std::min(values.size(), place.size()), place.begin());
}

std::size_t BoundedHistory::size() const noexcept {
  if (length_ == 0) return 0;
  return (budget_.compressed ? kept_ : recent_count_) + 1;
}

std::vector<HistoryColumn> BoundedHistory::columns() const {
  std::vector<HistoryColumn> result;
  std::string_view rest = names_;
  for (const Rule& rule : rules_) {
    const std::size_t end = rest.find('\n');
    result.push_back({rest.substr(0, end), rule.objective, rule.precision, rule.lower, rule.upper});
    rest.remove_prefix(end + 1);
  }
  return result;
}

HistoryEntry BoundedHistory::recent_entry(std::size_t place) const {
  const std::size_t capacity = recent_capacity();
  const std::size_t row = (recent_next_ + capacity - recent_count_ + place) % capacity;
  const auto first = recent_.begin() + static_cast<std::ptrdiff_t>(row * rules_.size());
  return {first_recent() + place, {first, first + static_cast<std::ptrdiff_t>(rules_.size())}};
}

std::vector<HistoryEntry> BoundedHistory::all() const {
  std::vector<HistoryEntry> entries;
  if (length_ == 0) return entries;
  Reader reader(*this);
  while (reader.next()) entries.push_back(reader.entry());
  for (std::size_t i = 0; !budget_.compressed && i < recent_count_; ++i) entries.push_back(recent_entry(i));
  entries.push_back(newest());
  return entries;
}

std::vector<HistoryEntry> BoundedHistory::recent(std::size_t count) const {
  std::vector<HistoryEntry> entries;
  if (length_ == 0 || count == 0) return entries;
  if (count > recent_count_ + 1) {
    Reader reader(*this);
    while (reader.next()) {
      if (reader.words().front() < first_recent()) entries.push_back(reader.entry());
    }
  }
  for (std::size_t i = 0; i < recent_count_; ++i) entries.push_back(recent_entry(i));
  entries.push_back(newest());
  if (entries.size() > count) entries.erase(entries.begin(), entries.end() - static_cast<std::ptrdiff_t>(count));
  return entries;
}

void BoundedHistory::limit(std::size_t rows, bool compressed) noexcept {
  most_rows_ = std::max<std::size_t>(rows, 2);
  may_compress_ = compressed;
  if (!started() || budget_.rows <= most_rows_) return;
  if (!budget_.compressed) shorten_ring();
  budget_.rows = most_rows_;
  if (budget_.compressed) fit();
}

/// Lets the ring begin with the oldest row that stays.
void BoundedHistory::shorten_ring() noexcept {
  const std::size_t columns = rules_.size();
  const std::size_t capacity = recent_capacity();
  const std::size_t left = std::min(recent_count_, most_rows_ - 1);
  const std::size_t first = (recent_next_ + capacity - left) % capacity;
  std::rotate(recent_.begin(), recent_.begin() + static_cast<std::ptrdiff_t>(first * columns), recent_.end());
  recent_.resize((most_rows_ - 1) * columns);
  recent_count_ = left;
  recent_next_ = left % (most_rows_ - 1);
}

std::uint64_t BoundedHistory::reduce_memory() {
  if (!started() || budget_.rows <= least_rows) return 0;
  const std::size_t before = size_in_bytes();
  // Of a large budget most may be unused yet.
  const std::size_t half = std::min(budget_.rows / 2, std::max(size() / 2, default_rows / 2));
  limit(std::max(half, least_rows), may_compress_);
  const std::size_t needed = std::min(budget_.rows * most_row_bytes(), budget_.bytes / 2);
  budget_.bytes = std::max(needed, 2 * most_row_bytes());
  fit();
  release_pages(coded_.data() + coded_.size(), coded_.capacity() - coded_.size());
  coded_.shrink(budget_.compressed ? budget_.bytes : 0);
  touched_ = coded_.size();
  recent_.shrink_to_fit();
  const std::size_t after = size_in_bytes();
  return before > after ? before - after : 0;
}

// What the budget takes, not what vectors have reserved: the same for a history that was saved and loaded.
std::size_t BoundedHistory::size_in_bytes() const noexcept {
  const std::size_t coded = !started() ? reserved_numbers * most_word_bytes : budget_.compressed ? budget_.bytes : 0;
  return bytes_in_use() - touched_ + coded;
}

std::size_t BoundedHistory::bytes_in_use() const noexcept {
  return sizeof *this + names_.size() + rules_.size() * sizeof(Rule) + touched_ +
         (previous_.size() + words_.size()) * sizeof(std::uint64_t) +
         (newest_.size() + recent_.size()) * sizeof(double);
}

std::unique_ptr<ObjectVariable> BoundedHistory::clone() const {
  auto copy = std::make_unique<BoundedHistory>(*this);
  copy->coded_.reserve(coded_.capacity());  // a copy goes on without allocating, too
  return copy;
}

void BoundedHistory::save(StateWriter& writer) const {
  writer.integer(rules_.size());
  writer.text(names_);
  for (const Rule& rule : rules_) {
    writer.integer((rule.objective ? 1U : 0U) | static_cast<unsigned>(rule.precision) << 1U);
    writer.real(rule.lower);
    writer.real(rule.upper);
  }
  writer.integer(budget_.rows);
  writer.integer(budget_.bytes);
  writer.integer(budget_.recent);
  writer.integer((budget_.compressed ? 1U : 0U) | (budget_.changes_only ? 2U : 0U) | (may_compress_ ? 4U : 0U));
  writer.integer(most_rows_);
  writer.integer(stride_);
  writer.integer(length_);
  writer.integer(kept_);
  writer.integer(coded_.size());
  writer.bytes(coded_.data(), coded_.size());
  writer.bytes(newest_.data(), newest_.size() * sizeof(double));
  writer.integer(recent_count_);
  for (std::size_t i = 0; i < recent_count_; ++i) {
    writer.bytes(recent_entry(i).values.data(), rules_.size() * sizeof(double));
  }
}

void BoundedHistory::load(StateReader& reader) {
  const auto refuse = [](const char* why) { throw std::runtime_error(why); };
  BoundedHistory read;
  const std::uint64_t columns = reader.integer();
  read.names_.append(reader.text());
  if (columns != static_cast<std::uint64_t>(std::ranges::count(read.names_, '\n'))) {
    refuse("a history has other columns than names");
  }
  for (std::uint64_t i = 0; i < columns; ++i) {
    const std::uint64_t kind = reader.integer();
    if (kind >> 1U > static_cast<unsigned>(Precision::quantized)) refuse("a column of a history is of no known kind");
    Rule rule{(kind & 1U) != 0, static_cast<Precision>(kind >> 1U)};
    rule.lower = reader.real();
    rule.upper = reader.real();
    read.rules_.push_back(rule);
  }
  read.budget_.rows = reader.integer();
  read.budget_.bytes = reader.integer();
  read.budget_.recent = reader.integer();
  const std::uint64_t flags = reader.integer();
  read.budget_.compressed = (flags & 1U) != 0;
  read.budget_.changes_only = (flags & 2U) != 0;
  read.may_compress_ = (flags & 4U) != 0;
  read.most_rows_ = reader.integer();
  read.stride_ = reader.integer();
  read.length_ = reader.integer();
  read.kept_ = reader.integer();
  const std::uint64_t coded = reader.integer();
  const HistoryBudget& budget = read.budget_;
  const bool is_sensible = flags < 8 && std::has_single_bit(read.stride_) && budget.rows >= 2 &&
                           budget.rows <= most_numbers && budget.bytes <= most_numbers && coded <= budget.bytes &&
                           budget.recent <= most_numbers && read.kept_ < budget.rows && read.most_rows_ >= 2;
  if (!is_sensible || coded > reader.remaining()) refuse("the size of a history makes no sense");
  if (columns == 0 && read.length_ != 0) refuse("a history without columns has rows");
  if (columns != 0) {
    const std::uint64_t rows = budget.compressed ? budget.recent + 1 : budget.rows;
    if (rows > most_numbers / columns) refuse("the size of a history makes no sense");
    read.reserve();
  }
  read.coded_.resize(static_cast<std::size_t>(coded));
  reader.bytes(read.coded_.data(), read.coded_.size());
  read.touched_ = read.coded_.size();
  reader.bytes(read.newest_.data(), read.newest_.size() * sizeof(double));
  const std::uint64_t before_newest = read.length_ == 0 ? 0 : read.length_ - 1;
  const std::uint64_t recent = reader.integer();
  if (recent > before_newest || recent > read.recent_capacity()) refuse("a history holds other rows than it should");
  reader.bytes(read.recent_.data(), static_cast<std::size_t>(recent * columns) * sizeof(double));
  read.recent_count_ = static_cast<std::size_t>(recent);
  read.recent_next_ = recent == 0 ? 0 : read.recent_count_ % read.recent_capacity();
  Reader rows(read);
  std::uint64_t count = 0;
  std::uint64_t next = 0;
  for (; rows.next(); ++count) {
    const std::uint64_t index = rows.words().front();
    if (budget.changes_only ? index < next : index != count * read.stride_) break;
    next = index + 1;
  }
  const std::uint64_t due = before_newest / read.stride_ + (before_newest % read.stride_ != 0 ? 1 : 0);
  if (!rows.at_end() || count != read.kept_ || next > before_newest ||
      (budget.compressed && !budget.changes_only && count != due)) {
    refuse("a history holds other rows than it should");
  }
  if (count != 0) std::ranges::copy(rows.words(), read.previous_.begin());
  *this = std::move(read);
}

}  // namespace skein
