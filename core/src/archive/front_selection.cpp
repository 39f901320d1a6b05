#include "skein/front_selection.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "skein/dominance.hpp"
#include "skein/type.hpp"

namespace skein {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

template <class T>
std::size_t bytes_of(const std::vector<T>& memory) noexcept {
  return memory.capacity() * sizeof(T);
}

/// Whether `a` is at least as good as `b` in all objectives.
bool is_no_worse(const double* a, const double* b, std::size_t width) noexcept {
  for (std::size_t i = 1; i < width; ++i) {
    if (a[i] > b[i]) return false;
  }
  return true;
}

}  // namespace

void FrontSelection::begin(std::size_t width) noexcept {
  width_ = width;
  candidates_.clear();
  chosen_.clear();
  distance_.clear();
}

void FrontSelection::reserve(std::size_t candidates, std::size_t width) {
  candidates_.reserve(candidates);
  chosen_.reserve(candidates);
  distance_.reserve(candidates);
  half_range_.reserve(width - 1);
  before_.reserve(candidates * (width - 1));
  after_.reserve(candidates * (width - 1));
  order_.reserve(candidates);
  dropped_.reserve(candidates);
  near_.reserve(candidates);
  other_near_.reserve(candidates);
}

std::size_t FrontSelection::size_in_bytes() const noexcept {
  return bytes_of(candidates_) + bytes_of(chosen_) + bytes_of(distance_) + bytes_of(half_range_) + bytes_of(before_) +
         bytes_of(after_) + bytes_of(order_) + bytes_of(dropped_) + bytes_of(near_) + bytes_of(other_near_);
}

void FrontSelection::keep_non_dominated() {
  chosen_.clear();
  double violation = infinity;
  for (const double* candidate : candidates_) {
    if (is_finite({candidate, width_})) violation = std::min(violation, candidate[0]);
  }
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    const bool is_kept = is_finite({candidates_[i], width_}) && candidates_[i][0] == violation;
    if (is_kept) chosen_.push_back(static_cast<std::uint32_t>(i));
  }
  std::ranges::sort(chosen_, [this](std::uint32_t a, std::uint32_t b) {
    for (std::size_t i = 1; i < width_; ++i) {
      if (candidates_[a][i] != candidates_[b][i]) return candidates_[a][i] < candidates_[b][i];
    }
    return a < b;
  });
  std::size_t kept = 0;
  for (const std::uint32_t candidate : chosen_) {
    // One that comes later never dominates; with two objectives, only the last one kept can.
    const std::size_t first = width_ <= 3 && kept > 0 ? kept - 1 : 0;
    bool is_dominated = false;
    for (std::size_t i = kept; i-- > first && !is_dominated;) {
      is_dominated = is_no_worse(candidates_[chosen_[i]], candidates_[candidate], width_);
    }
    if (!is_dominated) chosen_[kept++] = candidate;
  }
  chosen_.resize(kept);
}

/// Halves, because the distance of two finite numbers may be infinite.
void FrontSelection::measure_ranges() {
  half_range_.assign(objectives(), 0.0);
  if (chosen_.empty()) return;
  for (std::size_t m = 0; m < objectives(); ++m) {
    double low = objective(0, m);
    double high = low;
    for (std::size_t place = 1; place < chosen_.size(); ++place) {
      low = std::min(low, objective(place, m));
      high = std::max(high, objective(place, m));
    }
    half_range_[m] = 0.5 * high - 0.5 * low;
  }
}

void FrontSelection::drop_nearly_dominated(double epsilon) {
  measure_ranges();
  dropped_.assign(chosen_.size(), 0);
  for (std::size_t place = 1; place < chosen_.size(); ++place) {
    for (std::size_t i = 0; i < place && dropped_[place] == 0; ++i) {
      if (dropped_[i] != 0) continue;
      bool is_near = true;
      for (std::size_t m = 0; m < objectives() && is_near; ++m) {
        is_near = 0.5 * objective(i, m) - epsilon * half_range_[m] <= 0.5 * objective(place, m);
      }
      dropped_[place] = is_near ? 1 : 0;
    }
  }
  forget_dropped();
}

void FrontSelection::link_neighbors() {
  const std::size_t count = chosen_.size();
  before_.assign(count * objectives(), no_row);
  after_.assign(count * objectives(), no_row);
  order_.resize(count);
  for (std::size_t m = 0; m < objectives(); ++m) {
    std::iota(order_.begin(), order_.end(), std::uint32_t{0});
    std::ranges::sort(order_, [&](std::uint32_t a, std::uint32_t b) {
      return objective(a, m) != objective(b, m) ? objective(a, m) < objective(b, m) : a < b;
    });
    for (std::size_t i = 1; i < count; ++i) {
      after_[link(m, order_[i - 1])] = order_[i];
      before_[link(m, order_[i])] = order_[i - 1];
    }
  }
}

double FrontSelection::crowding_of(std::size_t place) const noexcept {
  double sum = 0;
  for (std::size_t m = 0; m < objectives(); ++m) {
    const std::uint32_t low = before_[link(m, place)];
    const std::uint32_t high = after_[link(m, place)];
    if (low == no_row || high == no_row) return infinity;
    if (half_range_[m] > 0) sum += (0.5 * objective(high, m) - 0.5 * objective(low, m)) / half_range_[m];
  }
  return sum;
}

/// Takes one out of its neighbourhoods, and measures those who were beside it.
void FrontSelection::unlink(std::size_t place) noexcept {
  for (std::size_t m = 0; m < objectives(); ++m) {
    const std::uint32_t low = before_[link(m, place)];
    const std::uint32_t high = after_[link(m, place)];
    if (low != no_row) after_[link(m, low)] = high;
    if (high != no_row) before_[link(m, high)] = low;
  }
  for (std::size_t m = 0; m < objectives(); ++m) {
    const std::uint32_t low = before_[link(m, place)];
    const std::uint32_t high = after_[link(m, place)];
    if (low != no_row) distance_[low] = crowding_of(low);
    if (high != no_row) distance_[high] = crowding_of(high);
  }
}

void FrontSelection::drop_crowded(std::size_t size) {
  dropped_.assign(chosen_.size(), 0);
  for (std::size_t left = chosen_.size(); left > size; --left) {
    std::size_t crowded = chosen_.size();
    for (std::size_t place = 0; place < chosen_.size(); ++place) {
      if (dropped_[place] != 0) continue;
      if (crowded == chosen_.size() || distance_[place] <= distance_[crowded]) crowded = place;
    }
    dropped_[crowded] = 1;
    unlink(crowded);
  }
}

double FrontSelection::squared_distance(std::size_t a, std::size_t b) const noexcept {
  double sum = 0;
  for (std::size_t m = 0; m < objectives(); ++m) {
    if (half_range_[m] <= 0) continue;
    const double difference = (0.5 * objective(a, m) - 0.5 * objective(b, m)) / half_range_[m];
    sum += difference * difference;
  }
  return sum;
}

double FrontSelection::find_nearest(std::size_t place) const noexcept {
  double nearest = infinity;
  for (std::size_t i = 0; i < chosen_.size(); ++i) {
    if (i != place && dropped_[i] == 0) nearest = std::min(nearest, squared_distance(place, i));
  }
  return nearest;
}

void FrontSelection::sort_distances(std::size_t place, std::vector<double>& distances) {
  distances.clear();
  for (std::size_t i = 0; i < chosen_.size(); ++i) {
    if (i != place && dropped_[i] == 0) distances.push_back(squared_distance(place, i));
  }
  std::ranges::sort(distances);
}

void FrontSelection::drop_clustered(std::size_t size) {
  dropped_.assign(chosen_.size(), 0);
  for (std::size_t place = 0; place < chosen_.size(); ++place) distance_[place] = find_nearest(place);
  for (std::size_t left = chosen_.size(); left > size; --left) {
    double smallest = infinity;
    for (std::size_t place = 0; place < chosen_.size(); ++place) {
      if (dropped_[place] == 0) smallest = std::min(smallest, distance_[place]);
    }
    std::size_t clustered = chosen_.size();
    for (std::size_t place = 0; place < chosen_.size(); ++place) {
      if (dropped_[place] != 0 || distance_[place] != smallest) continue;
      sort_distances(place, clustered == chosen_.size() ? near_ : other_near_);
      if (clustered == chosen_.size()) {
        clustered = place;
      } else if (!std::ranges::lexicographical_compare(near_, other_near_)) {
        clustered = place;
        near_.swap(other_near_);
      }
    }
    dropped_[clustered] = 1;
    for (std::size_t place = 0; place < chosen_.size(); ++place) {
      const bool was_nearest = dropped_[place] == 0 && squared_distance(place, clustered) == distance_[place];
      if (was_nearest) distance_[place] = find_nearest(place);
    }
  }
}

void FrontSelection::forget_dropped() {
  std::size_t kept = 0;
  for (std::size_t place = 0; place < chosen_.size(); ++place) {
    if (dropped_[place] != 0) continue;
    chosen_[kept] = chosen_[place];
    if (place < distance_.size()) distance_[kept] = distance_[place];
    ++kept;
  }
  chosen_.resize(kept);
  if (distance_.size() > kept) distance_.resize(kept);
}

void FrontSelection::truncate(std::size_t size, Truncation truncation) {
  measure_ranges();
  distance_.assign(chosen_.size(), 0.0);
  if (truncation == Truncation::clustering && chosen_.size() > size) {
    drop_clustered(size);
    forget_dropped();
    measure_ranges();
  }
  link_neighbors();
  for (std::size_t place = 0; place < chosen_.size(); ++place) distance_[place] = crowding_of(place);
  if (chosen_.size() <= size) return;
  drop_crowded(size);
  forget_dropped();
}

}  // namespace skein
