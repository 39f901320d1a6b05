#include "skein/leak_detector.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace skein {
namespace {

constexpr double one_in_a_thousand = 3.09;
constexpr std::size_t most_places = 4096;

}  // namespace

LeakDetector::LeakDetector(std::size_t window) : places_(window) { slopes_.reserve(window * (window - 1) / 2); }

void LeakDetector::clear() noexcept {
  next_ = 0;
  count_ = 0;
}

/// The place before which there are `age` newer ones.
const LeakDetector::Place& LeakDetector::place(std::size_t age) const noexcept {
  return places_[(next_ + places_.size() - 1 - age) % places_.size()];
}

void LeakDetector::add(std::int64_t iteration, std::int64_t bytes) noexcept {
  places_[next_] = {iteration, bytes};
  next_ = (next_ + 1) % places_.size();
  count_ = std::min(count_ + 1, places_.size());
}

double LeakDetector::slope() const noexcept {
  slopes_.clear();
  slopes_.reserve(places_.size() * (places_.size() - 1) / 2);  // there from the start, but in a copy
  for (std::size_t late = 0; late < count_; ++late) {
    for (std::size_t early = late + 1; early < count_; ++early) {
      const std::int64_t iterations = place(late).iteration - place(early).iteration;
      if (iterations <= 0) continue;
      slopes_.push_back(static_cast<double>(place(late).bytes - place(early).bytes) / static_cast<double>(iterations));
    }
  }
  if (slopes_.empty()) return 0;
  const auto middle = slopes_.begin() + static_cast<std::ptrdiff_t>(slopes_.size() / 2);
  std::nth_element(slopes_.begin(), middle, slopes_.end());
  return *middle;
}

bool LeakDetector::is_steady() const noexcept {
  std::int64_t score = 0;
  for (std::size_t late = 0; late < count_; ++late) {
    for (std::size_t early = late + 1; early < count_; ++early) {
      const std::int64_t growth = place(late).bytes - place(early).bytes;
      score += growth > 0 ? 1 : growth < 0 ? -1 : 0;
    }
  }
  const auto n = static_cast<double>(count_);
  return static_cast<double>(score - 1) > one_in_a_thousand * std::sqrt(n * (n - 1) * (2 * n + 5) / 18);
}

bool LeakDetector::leaks(double bytes_per_iteration) const noexcept {
  return is_full() && place(0).bytes > place(count_ - 1).bytes && is_steady() && slope() > bytes_per_iteration;
}

std::int64_t LeakDetector::step() const noexcept { return count_ < 2 ? 0 : place(0).bytes - place(1).bytes; }

std::size_t LeakDetector::size_in_bytes() const noexcept {
  return places_.capacity() * sizeof(Place) + slopes_.capacity() * sizeof(double);
}

void LeakDetector::save(StateWriter& writer) const {
  writer.integer(places_.size());
  writer.integer(count_);
  for (std::size_t age = count_; age-- > 0;) {
    writer.integer(static_cast<std::uint64_t>(place(age).iteration));
    writer.integer(static_cast<std::uint64_t>(place(age).bytes));
  }
}

void LeakDetector::load(StateReader& reader) {
  const std::uint64_t window = reader.integer();
  const std::uint64_t count = reader.integer();
  if (window < 2 || window > most_places || count > window) {
    throw std::runtime_error("a window of memory sizes makes no sense");
  }
  LeakDetector read(static_cast<std::size_t>(window));
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto iteration = static_cast<std::int64_t>(reader.integer());
    read.add(iteration, static_cast<std::int64_t>(reader.integer()));
  }
  *this = std::move(read);
}

}  // namespace skein
