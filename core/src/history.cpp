#include "skein/history.hpp"

#include <algorithm>
#include <stdexcept>

namespace skein {
namespace {

/// What a file can ask for at most.
constexpr std::uint64_t most_numbers = std::uint64_t{1} << 32U;

}  // namespace

History::History() {
  names_.reserve(reserved_names);
  numbers_.reserve(reserved_numbers);
}

void History::start(std::span<const HistoryColumn> columns, std::size_t capacity) {
  capacity = std::max<std::size_t>(capacity, 2);
  numbers_.resize(columns.size() * capacity);
  names_.clear();
  objectives_ = 0;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    names_.append(columns[i].name).push_back('\n');
    if (columns[i].objective && i < 64) objectives_ |= std::uint64_t{1} << i;
  }
  column_count_ = columns.size();
  capacity_ = capacity;
  clear();
}

void History::clear() noexcept {
  kept_ = 0;
  stride_ = 1;
  length_ = 0;
}

/// Gives up every second row.
void History::thin() noexcept {
  for (std::size_t place = 2; place < kept_; place += 2) std::copy_n(row(place), column_count_, row(place / 2));
  kept_ = (kept_ + 1) / 2;
  stride_ *= 2;
}

std::span<double> History::append() noexcept {
  if (!started()) return {};
  const std::uint64_t index = length_++;
  if (index % stride_ == 0 && kept_ + 1 == capacity_) thin();
  double* const place = row(kept_);
  if (index % stride_ == 0) ++kept_;
  return {place, column_count_};
}

void History::append(std::span<const double> values) noexcept {
  const std::span<double> place = append();
  std::copy_n(values.begin(), std::min(values.size(), place.size()), place.begin());
}

std::size_t History::size() const noexcept {
  const bool newest_apart = length_ != 0 && (length_ - 1) % stride_ != 0;
  return kept_ + (newest_apart ? 1 : 0);
}

std::vector<HistoryColumn> History::columns() const {
  std::vector<HistoryColumn> result;
  std::string_view rest = names_;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    const std::size_t i = result.size();
    result.push_back({rest.substr(0, end), i < 64 && (objectives_ >> i & 1U) != 0});
    rest.remove_prefix(end + 1);
  }
  return result;
}

HistoryEntry History::entry(std::size_t place) const {
  if (place >= size()) throw std::out_of_range("a history has fewer rows");
  const auto first = numbers_.begin() + static_cast<std::ptrdiff_t>(place * column_count_);
  return {place < kept_ ? place * stride_ : length_ - 1, {first, first + static_cast<std::ptrdiff_t>(column_count_)}};
}

std::vector<HistoryEntry> History::recent(std::size_t count) const {
  std::vector<HistoryEntry> entries;
  for (std::size_t place = size() - std::min(size(), count); place < size(); ++place) entries.push_back(entry(place));
  return entries;
}

std::size_t History::size_in_bytes() const noexcept {
  return sizeof *this + names_.capacity() + numbers_.capacity() * sizeof(double);
}

std::unique_ptr<ObjectVariable> History::clone() const { return std::make_unique<History>(*this); }

void History::save(StateWriter& writer) const {
  writer.integer(column_count_);
  writer.text(names_);
  writer.integer(objectives_);
  writer.integer(capacity_);
  writer.integer(stride_);
  writer.integer(length_);
  writer.integer(kept_);
  writer.bytes(numbers_.data(), size() * column_count_ * sizeof(double));
}

void History::load(StateReader& reader) {
  History read;
  const std::uint64_t columns = reader.integer();
  read.names_.append(reader.text());
  read.objectives_ = reader.integer();
  const std::uint64_t capacity = reader.integer();
  read.stride_ = reader.integer();
  read.length_ = reader.integer();
  const std::uint64_t kept = reader.integer();
  if (columns != static_cast<std::uint64_t>(std::ranges::count(read.names_, '\n'))) {
    throw std::runtime_error("a history has other columns than names");
  }
  if (columns != 0 && (capacity < 2 || capacity > most_numbers / columns || kept >= capacity || read.stride_ == 0)) {
    throw std::runtime_error("the size of a history makes no sense");
  }
  if (columns == 0 && (capacity != 0 || kept != 0 || read.length_ != 0)) {
    throw std::runtime_error("a history without columns has rows");
  }
  if (columns != 0 && kept != read.length_ / read.stride_ + (read.length_ % read.stride_ != 0 ? 1 : 0)) {
    throw std::runtime_error("a history holds other rows than it should");
  }
  read.column_count_ = static_cast<std::size_t>(columns);
  read.capacity_ = static_cast<std::size_t>(capacity);
  read.kept_ = static_cast<std::size_t>(kept);
  read.numbers_.resize(read.column_count_ * read.capacity_);
  reader.bytes(read.numbers_.data(), read.size() * read.column_count_ * sizeof(double));
  *this = std::move(read);
}

}  // namespace skein
