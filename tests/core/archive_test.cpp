// Dominance, selection of fronts and archives, against plain versions.
#include "skein/archive.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>
#include <set>
#include <stdexcept>
#include <string>

#include "core/src/contract/numbers.hpp"
#include "skein/dominance.hpp"
#include "tests/support/allocation_count.hpp"

namespace skein {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

using Rows = std::vector<std::vector<double>>;  // violation, objectives

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

std::string saved(const ObjectVariable& object) {
  Memory memory;
  object.save(memory);
  return memory.content;
}

/// A population: fitness, and solutions of three reals and one truth value that tell where a row came from.
struct Swarm {
  explicit Swarm(const Rows& rows, double origin = 0) : width(rows.front().size()), count(rows.size()) {
    for (std::size_t i = 0; i < count; ++i) {
      fitness.insert(fitness.end(), rows[i].begin(), rows[i].end());
      const double id = origin + static_cast<double>(i);
      keys.insert(keys.end(), {id, id + 0.5, -id});
      truths.push_back(static_cast<std::uint8_t>(i % 2));
    }
    parts = {{reinterpret_cast<std::byte*>(keys.data()), 24, 3, Element::real},
             {reinterpret_cast<std::byte*>(truths.data()), 1, 1, Element::boolean}};
    column = {reinterpret_cast<std::byte*>(fitness.data()), width * sizeof(double), width, Element::real};
  }
  [[nodiscard]] Bundle solutions() const { return Bundle(view(parts.data(), parts.size())); }
  [[nodiscard]] InFitness all_fitness() const { return InFitness(view(&column, 1)); }
  [[nodiscard]] PortView view(const ColumnView* columns, std::size_t parts_of_it) const {
    PortView port;
    port.bound = true;
    port.parts = columns;
    port.part_count = parts_of_it;
    port.rows = count;
    return port;
  }

  std::size_t width, count;
  std::vector<double> fitness, keys;
  std::vector<std::uint8_t> truths;
  std::vector<ColumnView> parts;
  ColumnView column;
};

Archive archive_of(const Rows& rows, std::size_t capacity, Truncation truncation = Truncation::crowding) {
  const Swarm swarm(rows);
  Archive archive;
  archive.start(swarm.solutions(), swarm.width, capacity, swarm.count);
  archive.update(swarm.all_fitness(), swarm.solutions(), truncation);
  return archive;
}

/// Which rows of a swarm an archive holds, by their solutions.
std::vector<double> origins(const Archive& archive) {
  std::vector<double> ids;
  for (std::size_t place = 0; place < archive.size(); ++place) {
    const auto columns = archive.solution(place);
    const auto* keys = reinterpret_cast<const double*>(columns[0].data);
    CHECK(keys[1] == keys[0] + 0.5);
    CHECK(keys[2] == -keys[0]);
    CHECK(static_cast<int>(columns[1].data[0]) == static_cast<int>(keys[0]) % 2);
    ids.push_back(keys[0]);
  }
  return ids;
}

/// Rows with many ties; now and then a violation, an infinity or NaN.
Rows some_rows(std::size_t count, std::size_t objectives, std::uint64_t seed, bool wild) {
  const auto numbers = some_numbers(count * (objectives + 1), 0, 12, seed);
  Rows rows;
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<double> row = {wild && numbers[i] > 9 ? std::floor(numbers[i]) - 9 : 0.0};
    for (std::size_t m = 0; m < objectives; ++m) {
      const double x = numbers[count + i * objectives + m];
      row.push_back(wild && x > 11.6 ? (x > 11.8 ? not_a_number : infinity) : wild ? std::floor(x) : x);
    }
    rows.push_back(row);
  }
  return rows;
}

/// Points on a front: the more the first objective, the less the others.
Rows front_rows(std::size_t count, std::size_t objectives, std::uint64_t seed) {
  const auto numbers = some_numbers(count * objectives, 0, 1, seed);
  Rows rows;
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<double> row = {0};
    double square = 0;
    for (std::size_t m = 0; m < objectives; ++m) square += numbers[i * objectives + m] * numbers[i * objectives + m];
    for (std::size_t m = 0; m < objectives; ++m) row.push_back(100 * numbers[i * objectives + m] / std::sqrt(square));
    rows.push_back(row);
  }
  return rows;
}

bool dominates_plainly(const std::vector<double>& a, const std::vector<double>& b) {
  const auto finite = [](const std::vector<double>& row) {
    return std::ranges::all_of(row, [](double x) { return std::isfinite(x); });
  };
  if (!finite(a) || !finite(b)) return finite(a) && !finite(b);
  if (a[0] < b[0]) return true;
  if (a[0] > b[0]) return false;
  bool no_worse = true;
  for (std::size_t i = 1; i < a.size(); ++i) no_worse = no_worse && a[i] <= b[i];
  return no_worse && a != b;
}

/// All rows that no other one dominates, the first of equal ones, in the order of their objectives.
std::vector<std::uint32_t> plain_front(const Rows& rows) {
  std::vector<std::uint32_t> front;
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    bool is_kept = std::ranges::all_of(rows[i], [](double x) { return std::isfinite(x); });
    for (std::uint32_t j = 0; j < rows.size(); ++j) {
      is_kept = is_kept && !dominates_plainly(rows[j], rows[i]) && !(j < i && rows[i] == rows[j]);
    }
    if (is_kept) front.push_back(i);
  }
  std::ranges::sort(front, [&](std::uint32_t a, std::uint32_t b) { return rows[a] < rows[b]; });
  return front;
}

/// Crowding distances of a front, each objective sorted anew.
std::vector<double> plain_crowding(const Rows& rows, const std::vector<std::uint32_t>& front,
                                   const std::vector<double>& ranges) {
  std::vector<double> distances(front.size(), 0);
  for (std::size_t m = 1; m < rows.front().size(); ++m) {
    std::vector<std::size_t> order(front.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return rows[front[i]][m]; });
    distances[order.front()] = distances[order.back()] = infinity;
    for (std::size_t k = 1; k + 1 < order.size(); ++k) {
      distances[order[k]] += (rows[front[order[k + 1]]][m] - rows[front[order[k - 1]]][m]) / ranges[m];
    }
  }
  return distances;
}

std::vector<double> ranges_of(const Rows& rows, const std::vector<std::uint32_t>& front) {
  std::vector<double> ranges;
  for (std::size_t m = 0; m < rows.front().size(); ++m) {
    double low = infinity;
    double high = -infinity;
    for (const std::uint32_t i : front) low = std::min(low, rows[i][m]), high = std::max(high, rows[i][m]);
    ranges.push_back(high - low);
  }
  return ranges;
}

void drop(std::vector<std::uint32_t>& front, std::size_t place) {
  front.erase(front.begin() + static_cast<std::ptrdiff_t>(place));
}

std::vector<std::uint32_t> plainly_crowded(const Rows& rows, std::vector<std::uint32_t> front, std::size_t size) {
  const auto ranges = ranges_of(rows, front);
  while (front.size() > size) {
    const auto distances = plain_crowding(rows, front, ranges);
    std::size_t least = 0;
    for (std::size_t i = 0; i < front.size(); ++i) least = distances[i] <= distances[least] ? i : least;
    drop(front, least);
  }
  return front;
}

std::vector<std::uint32_t> plainly_clustered(const Rows& rows, std::vector<std::uint32_t> front, std::size_t size) {
  const auto ranges = ranges_of(rows, front);
  while (front.size() > size) {
    std::vector<std::vector<double>> distances;
    for (const std::uint32_t a : front) {
      std::vector<double> from;
      for (const std::uint32_t b : front) {
        double sum = 0;
        for (std::size_t m = 1; m < ranges.size(); ++m) {
          sum += (rows[a][m] - rows[b][m]) / ranges[m] * ((rows[a][m] - rows[b][m]) / ranges[m]);
        }
        if (a != b) from.push_back(sum);
      }
      std::ranges::sort(from);
      distances.push_back(from);
    }
    std::size_t least = 0;
    for (std::size_t i = 0; i < front.size(); ++i) least = distances[i] <= distances[least] ? i : least;
    drop(front, least);
  }
  return front;
}

std::vector<std::uint32_t> selected(const Rows& rows, std::size_t size, Truncation truncation) {
  FrontSelection selection;
  selection.begin(rows.front().size());
  for (const auto& row : rows) selection.add(row.data());
  selection.keep_non_dominated();
  selection.truncate(size, truncation);
  return {selection.chosen().begin(), selection.chosen().end()};
}

/// The area that the rows dominate up to a reference, cell by cell of the grid that all their coordinates make.
double plain_area(const Rows& rows, double x, double y) {
  std::set<double> xs = {x};
  std::set<double> ys = {y};
  for (const auto& row : rows) xs.insert(row[1]), ys.insert(row[2]);
  double area = 0;
  for (auto left = xs.begin(); std::next(left) != xs.end(); ++left) {
    for (auto low = ys.begin(); std::next(low) != ys.end(); ++low) {
      const bool is_within = *left < x && *low < y;
      const bool is_dominated =
          std::ranges::any_of(rows, [&](const auto& row) { return row[0] == 0 && row[1] <= *left && row[2] <= *low; });
      if (is_within && is_dominated) area += (*std::next(left) - *left) * (*std::next(low) - *low);
    }
  }
  return area;
}

struct Trajectory final : Attachment {
  explicit Trajectory(double origin) : numbers(1000, origin) {}
  [[nodiscard]] std::size_t size_in_bytes() const noexcept override { return numbers.size() * sizeof(double); }
  std::vector<double> numbers;
};

double origin_of(const std::shared_ptr<const Attachment>& attachment) {
  return static_cast<const Trajectory&>(*attachment).numbers.front();
}

TEST_CASE("dominance is the smaller violation, then no objective worse and one better, of what is finite") {
  for (const std::size_t objectives : {1U, 2U, 3U}) {
    const Rows rows = some_rows(60, objectives, objectives, true);
    for (const auto& a : rows) {
      for (const auto& b : rows) {
        CHECK(dominates({a.data(), a.size()}, {b.data(), b.size()}) == dominates_plainly(a, b));
      }
    }
  }
}

TEST_CASE("sorting and sweeping finds the front that comparing everything finds") {
  for (const std::size_t objectives : {1U, 2U, 3U, 5U}) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      for (const bool wild : {false, true}) {
        const Rows rows = some_rows(1 + seed * 4, objectives, seed, wild);
        CHECK(selected(rows, 1000, Truncation::crowding) == plain_front(rows));
      }
    }
  }
  CHECK(selected({{0, not_a_number, 1}, {0, 2, infinity}, {not_a_number, 1, 1}}, 9, Truncation::crowding).empty());
  CHECK(selected({{0, -0.0, 1}, {0, 0.0, 1}}, 9, Truncation::crowding) == std::vector<std::uint32_t>{0});
}

TEST_CASE("truncation by crowding and by clustering leave what plain versions leave") {
  for (const std::size_t objectives : {2U, 3U, 4U}) {
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
      const Rows rows = front_rows(40, objectives, seed);
      const auto front = plain_front(rows);
      REQUIRE(front.size() == 40);
      for (const std::size_t size : {1U, 2U, 3U, 17U, 39U, 40U}) {
        CHECK(selected(rows, size, Truncation::crowding) == plainly_crowded(rows, front, size));
        CHECK(selected(rows, size, Truncation::clustering) == plainly_clustered(rows, front, size));
      }
    }
  }
  // Of equal distances the last one goes: all the inner ones of an even front are equal, in steps of 1/8.
  Rows even;
  for (int i = 0; i <= 8; ++i) even.push_back({0, i / 8.0, 1 - i / 8.0});
  CHECK(selected(even, 8, Truncation::crowding) == std::vector<std::uint32_t>{0, 1, 2, 3, 4, 5, 6, 8});
  CHECK(selected(even, 5, Truncation::crowding) == plainly_crowded(even, plain_front(even), 5));
  CHECK(selected(even, 5, Truncation::clustering) == plainly_clustered(even, plain_front(even), 5));
  // Distances that no double holds.
  const Rows far = {{0, -1.7e308, 1.7e308}, {0, -1e308, 1e308}, {0, 0, 0}, {0, 1.7e308, -1.7e308}};
  CHECK(selected(far, 3, Truncation::crowding) == std::vector<std::uint32_t>{0, 2, 3});
}

TEST_CASE("crowding distances are those of Deb") {
  const Archive archive = archive_of({{0, 0, 10}, {0, 1, 5}, {0, 4, 4}, {0, 10, 0}}, 4);
  CHECK(archive.crowding(0) == infinity);
  CHECK(archive.crowding(1) == doctest::Approx(0.4 + 0.6));
  CHECK(archive.crowding(2) == doctest::Approx(0.9 + 0.5));
  CHECK(archive.crowding(3) == infinity);
}

TEST_CASE("an archive is the front of all that it was given, whatever the parts") {
  for (const std::size_t objectives : {1U, 2U, 3U}) {
    const Rows rows = some_rows(120, objectives, 7, true);
    const Archive at_once = archive_of(rows, 1000);
    const auto front = plain_front(rows);
    CHECK(origins(at_once) == std::vector<double>(front.begin(), front.end()));
    Archive in_parts;
    for (std::size_t first = 0; first < rows.size(); first += 30) {
      const Swarm part(Rows(rows.begin() + static_cast<std::ptrdiff_t>(first),
                            rows.begin() + static_cast<std::ptrdiff_t>(first + 30)),
                       static_cast<double>(first));
      if (!in_parts.started()) in_parts.start(part.solutions(), part.width, 1000, part.count);
      in_parts.update(part.all_fitness(), part.solutions(), Truncation::crowding);
    }
    CHECK(saved(in_parts) == saved(at_once));
  }
}

TEST_CASE("an archive stays within its capacity, one of a single entry too") {
  const Rows rows = front_rows(50, 2, 3);
  for (const std::size_t capacity : {1U, 2U, 10U}) {
    for (const Truncation truncation : {Truncation::crowding, Truncation::clustering}) {
      const Archive archive = archive_of(rows, capacity, truncation);
      CHECK(archive.size() == capacity);
      CHECK(archive.capacity() == capacity);
    }
  }
  CHECK(archive_of(rows, 0).capacity() == 1);
  CHECK(archive_of(rows, std::size_t{1} << 40U).capacity() == Archive::largest_capacity);
}

TEST_CASE("hypervolumes are exact") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const Rows rows = some_rows(30, 2, seed, false);
    const Archive archive = archive_of(rows, 100);
    for (const double x : {12.0, 5.0, 0.0, -1.0}) {
      const double reference[] = {x, 11.0};
      CHECK(archive.hypervolume(reference).value() == doctest::Approx(plain_area(rows, x, 11.0)).epsilon(1e-12));
    }
  }
  const double two[] = {1, 1};
  const double one[] = {5};
  CHECK(archive_of({{0, 0.25, 0.5}, {0, 0.5, 0.25}}, 9).hypervolume(two) == 0.75 * 0.5 + 0.5 * 0.25);
  CHECK(archive_of({{2, 0.25, 0.5}}, 9).hypervolume(two) == 0);  // breaks constraints
  CHECK(archive_of({{0, 3}, {0, 2}}, 9).hypervolume(one) == 3);
  CHECK(!archive_of({{0, 3, 3}}, 9).hypervolume(one));
  CHECK(!archive_of({{0, 3, 3, 3}}, 9).hypervolume(two));
}

TEST_CASE("compressing, pruning and shrinking free what they say") {
  Archive archive = archive_of(front_rows(60, 2, 5), 60);
  std::size_t before = archive.size_in_bytes();
  Archive::Freed freed = archive.compress(20, Truncation::clustering);
  CHECK(freed.entries == 40);
  CHECK(archive.size() == 20);
  before -= freed.bytes;
  CHECK(archive.size_in_bytes() == before);
  CHECK(archive.compress(20, Truncation::crowding).entries == 0);

  freed = archive.release_scratch();
  CHECK(freed.bytes > 0);
  before -= freed.bytes;
  CHECK(archive.size_in_bytes() == before);
  const std::string text = saved(archive);
  freed = archive.shrink(5);
  CHECK(archive.capacity() == 20);
  CHECK(freed.entries == 0);
  CHECK(freed.bytes >= 40 * (3 + 4) * sizeof(double));
  CHECK(archive.size_in_bytes() == before - freed.bytes);
  CHECK(saved(archive).substr(8) == text.substr(8));
  CHECK(archive.shrink(50).bytes == 0);
  CHECK(archive.capacity() == 20);

  // It goes on with what it has.
  const Swarm better_swarm(Rows{{0, -1, -1}});
  archive.update(better_swarm.all_fitness(), better_swarm.solutions(), Truncation::crowding);
  CHECK(archive.size() == 1);
  Archive unused;
  CHECK(unused.compress(3, Truncation::clustering).entries == 0);
  CHECK(unused.prune(0.1).entries == 0);
  CHECK(unused.shrink(1).bytes == 0);
}

TEST_CASE("an archive that is short of memory gives up half of its room at a time, down to that for ten entries") {
  Archive archive = archive_of(front_rows(60, 2, 5), 60);
  archive.attach(0, std::make_shared<Trajectory>(1));
  CHECK(archive.attachment_count() == 1);
  std::size_t before = archive.size_in_bytes();
  std::vector<std::size_t> capacities;
  for (std::uint64_t freed = archive.reduce_memory(); freed != 0; freed = archive.reduce_memory()) {
    CHECK(archive.size_in_bytes() == before - freed);
    before -= freed;
    capacities.push_back(archive.capacity());
    CHECK(archive.size() <= archive.capacity());
  }
  CHECK(capacities == std::vector<std::size_t>{30, 15, 10});
  CHECK(archive.attachment_count() == 0);
  CHECK(archive.size() == 10);
  // The ends of the front stay.
  CHECK(archive.fitness(0).objective(0) == archive_of(front_rows(60, 2, 5), 60).fitness(0).objective(0));
  Archive unused;
  CHECK(unused.reduce_memory() == 0);
}

TEST_CASE("pruning gives up what another one nearly dominates") {
  const Rows rows = {{0, 0, 10}, {0, 0.5, 9.9}, {0, 5, 5}, {0, 5.05, 0.2}, {0, 10, 0}};
  Archive archive = archive_of(rows, 9);
  CHECK(archive.prune(0).entries == 0);
  CHECK(archive.prune(0.011).entries == 1);  // the second one is better than the first by 0.1 of 10
  CHECK(origins(archive) == std::vector<double>{0, 2, 3, 4});
  CHECK(archive.prune(0.021).entries == 1);
  CHECK(origins(archive) == std::vector<double>{0, 2, 3});
  CHECK(archive.prune(1).entries == 2);
  CHECK(origins(archive) == std::vector<double>{0});
}

TEST_CASE("attachments are kept until they are released, then known as long as somebody holds them") {
  Archive archive = archive_of({{0, 0, 2}, {0, 1, 1}, {0, 2, 0}}, 3);
  CHECK(archive.attachment(0) == nullptr);
  const std::size_t bare = archive.size_in_bytes();
  int computed = 0;
  const auto compute = [&](std::size_t place) {
    return archive.attachment(place, [&] {
      ++computed;
      return std::make_shared<Trajectory>(static_cast<double>(place));
    });
  };
  for (const std::size_t place : {0U, 1U, 2U}) CHECK(origin_of(compute(place)) == static_cast<double>(place));
  CHECK(origin_of(compute(1)) == 1);
  CHECK(computed == 3);
  CHECK(archive.size_in_bytes() > bare + 3 * 8000);

  const auto copy = archive.clone();
  CHECK(static_cast<const Archive&>(*copy).attachment(2) != nullptr);
  const auto held = archive.attachment(1);
  CHECK(archive.release_attachments().bytes == 2 * 8000);  // nobody else holds 0 and 2
  CHECK(archive.release_attachments().bytes == 0);
  CHECK(static_cast<const Archive&>(*copy).attachment(2) == nullptr);
  CHECK(archive.attachment(0) == nullptr);
  CHECK(archive.attachment(1) == held);
  CHECK(origin_of(compute(0)) == 0);
  CHECK(computed == 4);

  // It goes with its entry, wherever that is put, and leaves with it.
  const std::weak_ptr<const Attachment> last = compute(2);
  const Swarm swarm(Rows{{0, 0.5, 1.5}, {0, 3, -1}, {0, 0.9, 0.9}});
  archive.update(swarm.all_fitness(), swarm.solutions(), Truncation::crowding);
  CHECK(origin_of(archive.attachment(0)) == 0);
  for (std::size_t place = 1; place < archive.size(); ++place) {
    const bool is_last = archive.fitness(place).objective(0) == 2;
    CHECK((archive.attachment(place) != nullptr) == is_last);
  }
  archive.compress(1, Truncation::crowding);
  CHECK(last.expired());
}

TEST_CASE("a copy of an archive and one that was saved and loaded go on in the same way") {
  const Rows rows = front_rows(80, 3, 11);
  Archive archive = archive_of(Rows(rows.begin(), rows.begin() + 40), 20);
  const auto copy = archive.clone();
  Archive loaded;
  MemoryReader reader(saved(archive));
  loaded.load(reader);
  CHECK(reader.remaining() == 0);
  CHECK(saved(*copy) == saved(archive));
  const Swarm next(Rows(rows.begin() + 40, rows.end()), 40);
  for (Archive* each : {&archive, &loaded, static_cast<Archive*>(copy.get())}) {
    each->update(next.all_fitness(), next.solutions(), Truncation::crowding);
  }
  CHECK(saved(loaded) == saved(archive));
  CHECK(saved(*copy) == saved(archive));

  Archive empty;
  MemoryReader empty_reader(saved(Archive()));
  empty.load(empty_reader);
  CHECK(!empty.started());
}

TEST_CASE("an archive refuses what is none, and stays as it is") {
  Archive archive = archive_of(front_rows(5, 2, 1), 4);
  const std::string text = saved(archive);
  // capacity, fitness width, parts, (element, width) twice, size
  for (const auto& change : std::vector<std::pair<std::size_t, std::uint64_t>>{{0, 0},
                                                                               {0, 3},
                                                                               {0, ~std::uint64_t{0}},
                                                                               {8, 0},
                                                                               {8, 1},
                                                                               {8, 1000},
                                                                               {16, ~std::uint64_t{0}},
                                                                               {24, 77},
                                                                               {32, ~std::uint64_t{0}},
                                                                               {32, std::uint64_t{1} << 39U},
                                                                               {56, 5},
                                                                               {56, ~std::uint64_t{0}}}) {
    const std::size_t place = change.first;
    const std::uint64_t wrong = change.second;
    CAPTURE(place);
    std::string changed = text;
    std::memcpy(changed.data() + place, &wrong, sizeof wrong);
    MemoryReader reader(changed);
    CHECK_THROWS_AS(archive.load(reader), std::runtime_error);
  }
  for (std::size_t size = 0; size < text.size(); ++size) {
    MemoryReader reader(text.substr(0, size));
    CHECK_THROWS_AS(archive.load(reader), std::runtime_error);
  }
  CHECK(saved(archive) == text);
}

TEST_CASE("updates of an archive allocate nothing") {
  const Rows rows = front_rows(400, 2, 9);
  Archive archive = archive_of(Rows(rows.begin(), rows.begin() + 100), 50);
  const std::size_t bytes = archive.size_in_bytes();
  std::vector<Swarm> swarms;
  for (std::ptrdiff_t first = 100; first < 400; first += 100) {
    swarms.emplace_back(Rows(rows.begin() + first, rows.begin() + first + 100));
  }
  for (Swarm& swarm : swarms) {  // moved, so that the views are those of its own memory
    swarm.parts[0].data = reinterpret_cast<std::byte*>(swarm.keys.data());
    swarm.parts[1].data = reinterpret_cast<std::byte*>(swarm.truths.data());
    swarm.column.data = reinterpret_cast<std::byte*>(swarm.fitness.data());
  }
  const tests::AllocationCount count;
  for (const Truncation truncation : {Truncation::crowding, Truncation::clustering}) {
    for (const Swarm& swarm : swarms) archive.update(swarm.all_fitness(), swarm.solutions(), truncation);
  }
  if (tests::counts_allocations()) CHECK(count.allocations() == 0);
  CHECK(archive.size_in_bytes() == bytes);
}

}  // namespace
}  // namespace skein
