#include "skein/history.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <span>
#include <stdexcept>
#include <vector>

#include "skein/memory_tracker.hpp"
#include "tests/support/allocation_count.hpp"
#include "tests/support/sanitizer.hpp"

namespace skein {
namespace {

constexpr HistoryColumn two_columns[] = {{"iteration"}, {"best", true}};

class Memory final : public StateWriter {
 public:
  void bytes(const void* data, std::size_t size) override { content.append(static_cast<const char*>(data), size); }
  std::string content;
};

class MemoryReader final : public StateReader {
 public:
  explicit MemoryReader(std::string text) : content(std::move(text)) {}
  void bytes(void* data, std::size_t size) override {
    if (size > remaining()) throw std::runtime_error("the end");
    if (size != 0) std::memcpy(data, content.data() + position, size);
    position += size;
  }
  [[nodiscard]] std::size_t remaining() const noexcept override { return content.size() - position; }
  std::string content;
  std::size_t position = 0;
};

std::string saved(const BoundedHistory& history) {
  Memory memory;
  history.save(memory);
  return memory.content;
}

void append(BoundedHistory& history, double number) {
  const double row[] = {number, -number};
  history.append(row);
}

std::vector<std::uint64_t> indices(const std::vector<HistoryEntry>& entries) {
  std::vector<std::uint64_t> result;
  for (const HistoryEntry& entry : entries) result.push_back(entry.index);
  return result;
}

/// The plain way: all rows are kept; the stride doubles when the multiples of it and one more row fill the capacity.
struct PlainHistory {
  std::uint64_t length = 0;
  std::uint64_t stride = 1;

  void append(std::size_t capacity) {
    const std::uint64_t index = length++;
    if (index % stride == 0 && index / stride + 1 == capacity) stride *= 2;
  }
  [[nodiscard]] std::vector<std::uint64_t> held() const {
    std::vector<std::uint64_t> indices;
    for (std::uint64_t index = 0; index < length; index += stride) indices.push_back(index);
    if (length != 0 && indices.back() != length - 1) indices.push_back(length - 1);
    return indices;
  }
};

void check_equal(const BoundedHistory& history, const PlainHistory& plain) {
  const std::vector<std::uint64_t> held = plain.held();
  const std::vector<HistoryEntry> all = history.all();
  REQUIRE(all.size() == held.size());
  REQUIRE(all.size() <= history.budget().rows);
  for (std::size_t i = 0; i < held.size(); ++i) {
    REQUIRE(all[i].index == held[i]);
    REQUIRE(all[i].values[0] == static_cast<double>(held[i]));
    REQUIRE(all[i].values[1] == -static_cast<double>(held[i]));
  }
}

TEST_CASE("a history holds what the plain way holds, for 100000 rows and every capacity") {
  for (const std::size_t capacity : {2U, 3U, 4U, 7U, 10U, 512U}) {
    CAPTURE(capacity);
    BoundedHistory history;
    history.start(two_columns, {.rows = capacity});
    PlainHistory plain;
    for (std::uint64_t i = 0; i < 100000; ++i) {
      append(history, static_cast<double>(i));
      plain.append(capacity);
      const bool is_small = i < 2000 && (capacity < 512 || i % 37 == 0);
      if (is_small || i % 9973 == 0) check_equal(history, plain);
    }
    check_equal(history, plain);
    CHECK(history.stride() == plain.stride);
    CHECK(history.length() == 100000);
    CHECK(history.size() > capacity / 2 - 1);
  }
}

TEST_CASE("the newest rows of a history come oldest first") {
  BoundedHistory history;
  history.start(two_columns, {.rows = 4, .recent = 3});
  CHECK(history.recent(3).empty());
  for (int i = 0; i < 20; ++i) append(history, i);
  CHECK(indices(history.all()) == std::vector<std::uint64_t>{0, 8, 16, 19});
  CHECK(indices(history.recent(2)) == std::vector<std::uint64_t>{18, 19});
  CHECK(indices(history.recent(100)) == std::vector<std::uint64_t>{0, 8, 16, 17, 18, 19});
  CHECK(indices(history.recent(5)) == std::vector<std::uint64_t>{8, 16, 17, 18, 19});
  for (const HistoryEntry& entry : history.recent(100)) CHECK(entry.values[0] == static_cast<double>(entry.index));
  CHECK(history.recent(0).empty());
}

TEST_CASE("a history is empty until it has columns, after it was cleared, and when it is started again") {
  BoundedHistory history;
  CHECK(!history.started());
  append(history, 1);
  CHECK(history.size() == 0);
  history.start(two_columns, {.rows = 3});
  for (int i = 0; i < 9; ++i) append(history, i);
  const auto columns = history.columns();
  REQUIRE(columns.size() == 2);
  CHECK(columns[0].name == "iteration");
  CHECK(!columns[0].objective);
  CHECK(columns[1].name == "best");
  CHECK(columns[1].objective);
  history.clear();
  CHECK(history.started());
  CHECK(history.length() == 0);
  CHECK(history.stride() == 1);
  CHECK(history.all().empty());
  append(history, 4);
  history.start(std::span(two_columns).first(1));
  CHECK(history.all().empty());
  CHECK(history.column_count() == 1);
}

TEST_CASE("a new history has the memory that it needs") {
  BoundedHistory history;
  const tests::AllocationCount count;
  history.start(two_columns);
  const std::size_t bytes = history.size_in_bytes();
  for (int i = 0; i < 5000; ++i) append(history, i);
  CHECK(count.allocations() == 0);
  CHECK(history.size_in_bytes() == bytes);
}

TEST_CASE("a copy of a history and one that was saved and loaded go on in the same way") {
  BoundedHistory history;
  history.start(two_columns, {.rows = 6});
  for (int i = 0; i < 100; ++i) append(history, i);
  const auto copy = history.clone();
  BoundedHistory loaded;
  MemoryReader reader(saved(history));
  loaded.load(reader);
  CHECK(reader.remaining() == 0);
  CHECK(saved(*static_cast<const BoundedHistory*>(copy.get())) == saved(history));
  for (int i = 100; i < 150; ++i) {
    append(history, i);
    append(loaded, i);
    REQUIRE(saved(loaded) == saved(history));
  }
  CHECK(loaded.columns()[1].objective);

  BoundedHistory empty;
  MemoryReader empty_reader(saved(BoundedHistory()));
  empty.load(empty_reader);
  CHECK(!empty.started());
}

TEST_CASE("a history refuses what is none, and stays as it is") {
  BoundedHistory history;
  history.start(two_columns, {.rows = 4});
  for (int i = 0; i < 3; ++i) append(history, i);
  const std::string text = saved(history);
  // columns, length of the names, names, two columns of three words, rows, bytes, recent, flags, limit, stride, length,
  // kept, coded bytes
  const std::size_t budget = 8 + 8 + std::strlen("iteration\nbest\n") + 6 * 8;
  for (const std::size_t place : {std::size_t{0}, budget, budget + 24, budget + 40, budget + 48, budget + 56}) {
    for (const std::uint64_t wrong : {std::uint64_t{0}, std::uint64_t{9}, ~std::uint64_t{0}}) {
      std::string changed = text;
      std::memcpy(changed.data() + place, &wrong, sizeof wrong);
      if (place == budget && wrong == 9) continue;       // as good as any other number of rows
      if (place == budget + 24 && wrong == 0) continue;  // without compression
      MemoryReader reader(changed);
      CAPTURE(place);
      CAPTURE(wrong);
      CHECK_THROWS_AS(history.load(reader), std::runtime_error);
    }
  }
  for (std::size_t size = 0; size < text.size(); ++size) {
    MemoryReader reader(text.substr(0, size));
    CHECK_THROWS_AS(history.load(reader), std::runtime_error);
  }
  CHECK(saved(history) == text);
}

TEST_CASE("coded numbers keep all their bits") {
  const double special[] = {0.0,
                            -0.0,
                            1.0 / 3,
                            -1e308,
                            5e-324,
                            std::numeric_limits<double>::infinity(),
                            -std::numeric_limits<double>::infinity(),
                            std::numeric_limits<double>::quiet_NaN(),
                            std::nextafter(1.0, 2.0)};
  BoundedHistory history;
  history.start(two_columns, {.rows = 300});
  std::vector<double> expected;
  std::uint64_t state = 1;
  for (std::uint64_t i = 0; i < 5000; ++i) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    double random = 0;
    std::memcpy(&random, &state, sizeof random);
    const double row[] = {special[i % std::size(special)], random};
    history.append(row);
    expected.insert(expected.end(), row, row + 2);
  }
  CHECK(history.stride() == 32);
  for (const HistoryEntry& entry : history.all()) {
    REQUIRE(std::memcmp(entry.values.data(), &expected[2 * entry.index], 2 * sizeof(double)) == 0);
  }
}

TEST_CASE("a budget in bytes holds more rows of what changes little") {
  const auto rows_held = [](auto number) {
    BoundedHistory history;
    history.start(two_columns, {.rows = 100000, .bytes = 3000});
    for (int i = 0; i < 20000; ++i) {
      const double row[] = {static_cast<double>(i), number(i)};
      history.append(row);
      REQUIRE(history.coded_bytes() <= 3000);
    }
    const auto all = history.all();
    for (const HistoryEntry& entry : all) REQUIRE(entry.values[0] == static_cast<double>(entry.index));
    CHECK(all.front().index == 0);
    CHECK(all.back().index == 19999);
    return all.size();
  };
  const std::size_t same = rows_held([](int) { return 0.1; });
  const std::size_t changing = rows_held([](int i) { return std::sqrt(i + 0.5); });
  CHECK(same > 300);
  CHECK(2 * same > 3 * changing);
  CHECK(changing > 100);
}

TEST_CASE("a history of changes is exact as long as there is room, and keeps its ends afterwards") {
  BoundedHistory history;
  history.start(two_columns, {.rows = 40, .changes_only = true});
  const auto best = [](std::uint64_t i) { return std::floor(100000 / (1.0 + static_cast<double>(i))); };
  for (std::uint64_t i = 0; i < 30; ++i) history.append(std::array{static_cast<double>(i), best(i)});
  for (std::uint64_t i = 30; i < 5000; ++i) history.append(std::array{static_cast<double>(i), best(30)});
  CHECK(history.stride() == 1);
  // The curve at any time is that of the newest row that is not later.
  const auto all = history.all();
  CHECK(all.size() == 32);
  for (std::uint64_t i = 0; i < 5000; ++i) {
    const auto later = std::ranges::find_if(all, [&](const HistoryEntry& entry) { return entry.index > i; });
    REQUIRE(std::prev(later)->values[1] == best(std::min<std::uint64_t>(i, 30)));
  }
  for (std::uint64_t i = 5000; i < 10000; ++i) append(history, static_cast<double>(i));  // changes each time
  CHECK(history.stride() > 1);
  CHECK(history.all().size() <= 40);
  CHECK(history.all().front().index == 0);
  CHECK(history.all().back().index == 9999);
  for (const HistoryEntry& entry : history.all()) CHECK(entry.values[0] == static_cast<double>(entry.index));
}

TEST_CASE("a history without compression forgets all but its newest rows") {
  BoundedHistory history;
  history.start(two_columns, {.rows = 5, .compressed = false});
  for (int i = 0; i < 3; ++i) append(history, i);
  CHECK(indices(history.all()) == std::vector<std::uint64_t>{0, 1, 2});
  for (int i = 3; i < 100; ++i) append(history, i);
  CHECK(indices(history.all()) == std::vector<std::uint64_t>{95, 96, 97, 98, 99});
  CHECK(history.all()[1].values[0] == 96);
  CHECK(indices(history.recent(2)) == std::vector<std::uint64_t>{98, 99});
  BoundedHistory loaded;
  MemoryReader reader(saved(history));
  loaded.load(reader);
  CHECK(saved(loaded) == saved(history));
  history.limit(3);
  CHECK(indices(history.all()) == std::vector<std::uint64_t>{97, 98, 99});
  append(history, 100);
  CHECK(indices(history.all()) == std::vector<std::uint64_t>{98, 99, 100});
  CHECK(history.all().front().values[0] == 98);
}

TEST_CASE("columns that are not exact lose what they say, and take less room") {
  constexpr HistoryColumn columns[] = {
      {"exact"}, {"single", false, Precision::single}, {"quantized", false, Precision::quantized, -5, 5}};
  BoundedHistory history;
  history.start(columns, {.rows = 64, .recent = 0});
  const auto number = [](std::uint64_t i) { return 5 * std::sin(static_cast<double>(i)); };
  for (std::uint64_t i = 0; i < 50; ++i) history.append(std::array{number(i), number(i), number(i)});
  const auto all = history.all();
  REQUIRE(all.size() == 50);
  for (const HistoryEntry& entry : all) {
    const double x = number(entry.index);
    CHECK(entry.values[0] == x);
    CHECK(std::abs(entry.values[1] - x) <= std::abs(x) * 6e-8);
    CHECK(std::abs(entry.values[2] - x) <= 10.0 / 65534 / 2 + 1e-15);
  }
  CHECK(all[3].values[1] != all[3].values[0]);
  CHECK(all[3].values[2] != all[3].values[0]);
  CHECK(all.back().values[1] == all.back().values[0]);  // the newest row is as it came
  CHECK(history.coded_bytes() < 49 * (2 + 9 + 5 + 3));
  const double outside[] = {0, 1e300, 77};
  const double none[] = {0, 0, std::numeric_limits<double>::quiet_NaN()};
  history.append(outside);
  history.append(none);
  history.append(none);
  const auto more = history.all();
  CHECK(more[50].values[1] == std::numeric_limits<double>::infinity());
  CHECK(more[50].values[2] == 5);
  CHECK(std::isnan(more[51].values[2]));
}

TEST_CASE("a history gives up half its rows at a time, says what that freed, and goes on") {
  BoundedHistory history;
  CHECK(history.reduce_memory() == 0);
  history.start(two_columns, {.rows = 100});
  for (int i = 0; i < 1000; ++i) append(history, i);
  std::size_t bytes = history.size_in_bytes();
  int reductions = 0;
  for (std::uint64_t freed = history.reduce_memory(); freed != 0; freed = history.reduce_memory()) {
    CHECK(history.size_in_bytes() == bytes - freed);
    bytes = history.size_in_bytes();
    ++reductions;
  }
  CHECK(reductions == 4);
  CHECK(history.budget().rows == BoundedHistory::least_rows);
  CHECK(history.size() <= BoundedHistory::least_rows);
  CHECK(history.all().front().index == 0);
  CHECK(history.all().back().index == 999);
  const tests::AllocationCount count;
  for (int i = 1000; i < 3000; ++i) append(history, i);
  CHECK(count.allocations() == 0);
  CHECK(history.all().back().values[0] == 2999);
  history.start(two_columns, {.rows = 100});
  CHECK(history.budget().rows == BoundedHistory::least_rows);
}

TEST_CASE("a history with a large budget gives up half of what it holds") {
  BoundedHistory history;
  history.start(two_columns, {.rows = 1000000});
  for (int i = 0; i < 5000; ++i) append(history, i);
  CHECK(history.stride() == 1);
  CHECK(history.reduce_memory() > 0);
  CHECK(history.budget().rows == 2500);
  CHECK(history.stride() == 4);
  for (int i = 5000; i < 50000; ++i) append(history, i);
  CHECK(history.size() <= 2500);
  for (const HistoryEntry& entry : history.all()) REQUIRE(entry.values[0] == static_cast<double>(entry.index));
}

TEST_CASE("what is in use of a history is what its rows have taken up, not its budget") {
  BoundedHistory history;
  history.start(two_columns, {.rows = 1000000});
  const std::size_t empty = history.bytes_in_use();
  CHECK(history.size_in_bytes() > 10'000'000);
  CHECK(empty < 2000);
  for (int i = 0; i < 5000; ++i) append(history, i);
  CHECK(history.bytes_in_use() == empty + history.coded_bytes());
  const std::size_t before = history.bytes_in_use();
  CHECK(history.reduce_memory() > 10'000'000);
  CHECK(before - history.bytes_in_use() < before);
  CHECK(before - history.bytes_in_use() > before / 2);
}

TEST_CASE("a budget that no machine has is taken up in steps, as rows come") {
  constexpr std::size_t width = 1000;
  const std::vector<HistoryColumn> columns(width, HistoryColumn{"x"});
  const std::int64_t addresses = read_process_memory().address_space;
  BoundedHistory history;
  history.start(columns, {.rows = 1'000'000'000});
  CHECK(history.budget().bytes == std::size_t{1} << 32U);
  if (!tests::is_sanitized) CHECK(read_process_memory().address_space - addresses < 100 << 20);
  // 90 MB: more than the first step.
  std::vector<double> row(width);
  for (int i = 0; i < 11'000; ++i) {
    for (std::size_t j = 0; j < width; ++j) row[j] = (i + 1) * std::sqrt(static_cast<double>(j + 2));
    history.append(row);
  }
  CHECK(history.stride() == 1);
  CHECK(history.size() == 11'000);
  CHECK(history.coded_bytes() > std::size_t{64} << 20U);
  CHECK(history.recent(1).front().values == row);
  const auto copy = history.clone();
  while (history.reduce_memory() != 0) continue;
  CHECK(history.size() <= BoundedHistory::least_rows);
  for (const HistoryEntry& entry : history.all()) {
    const double scale = static_cast<double>(entry.index) + 1;
    REQUIRE(entry.values[5] == scale * std::sqrt(7.0));
  }
  CHECK(static_cast<const BoundedHistory&>(*copy).size() == 11'000);
}

TEST_CASE("limits of a history hold for what is started later") {
  BoundedHistory history;
  history.limit(10, false);
  history.start(two_columns, {.rows = 100});
  for (int i = 0; i < 50; ++i) append(history, i);
  CHECK(history.all().size() == 10);
  CHECK(history.all().front().index == 40);
}

}  // namespace
}  // namespace skein
