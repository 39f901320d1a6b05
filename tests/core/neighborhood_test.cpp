#include "skein/neighborhood.hpp"

#include <doctest/doctest.h>

#include <cstring>
#include <stdexcept>

#include "skein/type.hpp"

namespace skein {
namespace {

using Lists = std::vector<std::vector<std::uint32_t>>;
using Found = std::vector<std::size_t>;

Found informants(const Neighborhood& neighborhood, std::size_t row, std::size_t count) {
  Found found;
  neighborhood.for_each_informant(row, count, [&](std::size_t informant) { found.push_back(informant); });
  return found;
}

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
    std::memcpy(data, content.data() + position, size);
    position += size;
  }
  [[nodiscard]] std::size_t remaining() const noexcept override { return content.size() - position; }
  std::string content;
  std::size_t position = 0;
};

TEST_CASE("a new neighbourhood is complete") {
  const Neighborhood neighborhood;
  CHECK(informants(neighborhood, 1, 3) == Found{0, 1, 2});
}

TEST_CASE("a ring wraps round and is complete when it is small") {
  Neighborhood neighborhood;
  neighborhood.set_ring(1);
  CHECK(informants(neighborhood, 0, 5) == Found{4, 0, 1});
  CHECK(informants(neighborhood, 4, 5) == Found{3, 4, 0});
  CHECK(informants(neighborhood, 2, 3) == Found{0, 1, 2});
  CHECK(informants(neighborhood, 0, 1) == Found{0});
  neighborhood.set_ring(2);
  CHECK(informants(neighborhood, 1, 7) == Found{6, 0, 1, 2, 3});
}

TEST_CASE("lists are sorted, without duplicates, with the particle itself") {
  Neighborhood neighborhood;
  neighborhood.set_rows(Lists{{2, 1, 2}, {}, {0, 2}});
  CHECK(informants(neighborhood, 0, 3) == Found{0, 1, 2});
  CHECK(informants(neighborhood, 1, 3) == Found{1});
  CHECK(informants(neighborhood, 2, 3) == Found{0, 2});
  CHECK_THROWS_AS(neighborhood.set_rows(Lists{{1}}), std::invalid_argument);
}

TEST_CASE("lists follow rows") {
  Neighborhood neighborhood;
  neighborhood.set_rows(Lists{{1, 3}, {0}, {0, 1}, {2}});
  const std::vector<std::uint32_t> old_rows = {3, no_row, 0, 2, 0};
  neighborhood.rows_changed({old_rows, 4});
  CHECK(informants(neighborhood, 0, 5) == Found{0, 3});
  CHECK(informants(neighborhood, 1, 5) == Found{1});
  CHECK(informants(neighborhood, 2, 5) == Found{0, 2});
  CHECK(informants(neighborhood, 3, 5) == Found{2, 3});
  CHECK(informants(neighborhood, 4, 5) == Found{0, 2, 4});
}

TEST_CASE("a neighbourhood is saved and loaded, and damage is refused") {
  Neighborhood original;
  original.set_rows(Lists{{1, 2}, {}, {0}});
  Memory memory;
  original.save(memory);
  Neighborhood loaded;
  MemoryReader reader(memory.content);
  loaded.load(reader);
  CHECK(reader.remaining() == 0);
  for (std::size_t row = 0; row < 3; ++row) CHECK(informants(loaded, row, 3) == informants(original, row, 3));
  for (std::size_t size = 0; size < memory.content.size(); ++size) {
    MemoryReader cut(memory.content.substr(0, size));
    CHECK_THROWS_AS(loaded.load(cut), std::runtime_error);
  }
  std::string huge = memory.content;
  huge[16 + 6] = '\x7f';
  MemoryReader wrong(huge);
  CHECK_THROWS_AS(loaded.load(wrong), std::runtime_error);
}

TEST_CASE("implicit neighbourhoods are saved and cloned") {
  Neighborhood ring;
  ring.set_ring(3);
  Memory memory;
  ring.save(memory);
  Neighborhood loaded;
  MemoryReader reader(memory.content);
  loaded.load(reader);
  CHECK(loaded.form() == Neighborhood::Form::ring);
  CHECK(loaded.radius() == 3);
  const auto copy = ring.clone();
  CHECK(copy->type_name() == "neighborhood");
  CHECK(copy->size_in_bytes() >= sizeof(Neighborhood));
}

}  // namespace
}  // namespace skein
