#include "skein/history.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <stdexcept>

#include "tests/support/allocation_count.hpp"

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

std::string saved(const History& history) {
  Memory memory;
  history.save(memory);
  return memory.content;
}

void append(History& history, double number) {
  const double row[] = {number, -number};
  history.append(row);
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

void check_equal(const History& history, const PlainHistory& plain) {
  const std::vector<std::uint64_t> held = plain.held();
  const std::vector<HistoryEntry> all = history.all();
  REQUIRE(all.size() == held.size());
  REQUIRE(all.size() <= history.capacity());
  for (std::size_t i = 0; i < held.size(); ++i) {
    REQUIRE(all[i].index == held[i]);
    REQUIRE(all[i].values[0] == static_cast<double>(held[i]));
    REQUIRE(all[i].values[1] == -static_cast<double>(held[i]));
  }
}

TEST_CASE("a history holds what the plain way holds, for 100000 rows and every capacity") {
  for (const std::size_t capacity : {2U, 3U, 4U, 7U, 10U, 512U}) {
    CAPTURE(capacity);
    History history;
    history.start(two_columns, capacity);
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
    CHECK(history.size() > history.capacity() / 2 - 1);
  }
}

TEST_CASE("the newest rows of a history come oldest first") {
  History history;
  history.start(two_columns, 4);
  for (int i = 0; i < 6; ++i) append(history, i);  // 0 2 4 and the newest
  const auto recent = history.recent(2);
  REQUIRE(recent.size() == 2);
  CHECK(recent[0].index == 4);
  CHECK(recent[1].index == 5);
  CHECK(history.recent(100).size() == 4);
  CHECK(history.recent(0).empty());
  CHECK_THROWS_AS(static_cast<void>(history.entry(4)), std::out_of_range);
}

TEST_CASE("a history is empty until it has columns, after it was cleared, and when it is started again") {
  History history;
  CHECK(!history.started());
  append(history, 1);
  CHECK(history.size() == 0);
  history.start(two_columns, 3);
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
  history.start({two_columns, 1});
  CHECK(history.all().empty());
  CHECK(history.column_count() == 1);
}

TEST_CASE("a new history has the memory that it needs") {
  History history;
  const std::size_t bytes = history.size_in_bytes();
  const tests::AllocationCount count;
  history.start(two_columns);
  for (int i = 0; i < 5000; ++i) append(history, i);
  CHECK(count.allocations() == 0);
  CHECK(history.size_in_bytes() == bytes);
}

TEST_CASE("a copy of a history and one that was saved and loaded go on in the same way") {
  History history;
  history.start(two_columns, 6);
  for (int i = 0; i < 100; ++i) append(history, i);
  const auto copy = history.clone();
  History loaded;
  MemoryReader reader(saved(history));
  loaded.load(reader);
  CHECK(reader.remaining() == 0);
  CHECK(saved(*static_cast<const History*>(copy.get())) == saved(history));
  for (int i = 100; i < 150; ++i) {
    append(history, i);
    append(loaded, i);
    REQUIRE(saved(loaded) == saved(history));
  }
  CHECK(loaded.columns()[1].objective);

  History empty;
  MemoryReader empty_reader(saved(History()));
  empty.load(empty_reader);
  CHECK(!empty.started());
}

TEST_CASE("a history refuses what is none, and stays as it is") {
  History history;
  history.start(two_columns, 4);
  for (int i = 0; i < 3; ++i) append(history, i);
  const std::string text = saved(history);
  // columns, length of the names, names, objectives, capacity, stride, length, kept, numbers
  const std::size_t after_names = 8 + 8 + std::strlen("iteration\nbest\n");
  for (const std::size_t place : {std::size_t{0}, after_names + 8, after_names + 16, after_names + 32}) {
    for (const std::uint64_t wrong : {std::uint64_t{0}, std::uint64_t{9}, ~std::uint64_t{0}}) {
      std::string changed = text;
      std::memcpy(changed.data() + place, &wrong, sizeof wrong);
      MemoryReader reader(changed);
      if (place == after_names + 8 && wrong == 9) continue;  // a capacity as good as any other
      CHECK_THROWS_AS(history.load(reader), std::runtime_error);
    }
  }
  for (std::size_t size = 0; size < text.size(); ++size) {
    MemoryReader reader(text.substr(0, size));
    CHECK_THROWS_AS(history.load(reader), std::runtime_error);
  }
  CHECK(saved(history) == text);
}

}  // namespace
}  // namespace skein
