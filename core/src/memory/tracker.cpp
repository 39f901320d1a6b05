#include <algorithm>
#include <chrono>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "skein/memory_tracker.hpp"

namespace skein {

MemoryTrack::MemoryTrack(double window_seconds) : window_(window_seconds), samples_(most_samples) {}

/// The sample before which there are `age` newer ones.
const MemoryTrack::Sample& MemoryTrack::sample(std::size_t age) const noexcept {
  return samples_[(next_ + most_samples - 1 - age) % most_samples];
}

void MemoryTrack::record(double seconds, std::int64_t bytes) noexcept {
  if (bytes < 0) return;
  if (total_++ == 0) initial_ = after_cleanup_ = peak_ = bytes;
  current_ = bytes;
  peak_ = std::max(peak_, bytes);
  if (std::exchange(cleans_up_, false)) after_cleanup_ = bytes;
  if (count_ == 0 || seconds - placed_ >= window_ / static_cast<double>(most_samples)) {
    next_ = (next_ + 1) % most_samples;
    count_ = std::min(count_ + 1, most_samples);
    placed_ = seconds;
  }
  samples_[(next_ + most_samples - 1) % most_samples] = {seconds, bytes};
}

void MemoryTrack::restart(double seconds, std::int64_t bytes) noexcept {
  next_ = count_ = 0;
  placed_ = 0;
  current_ = initial_ = peak_ = after_cleanup_ = 0;
  total_ = cleanups_ = 0;
  cleans_up_ = false;
  record(seconds, bytes);
}

void MemoryTrack::record_cleanup() noexcept {
  after_cleanup_ = current_;
  ++cleanups_;
}

void MemoryTrack::begin_cleanup() noexcept {
  record_cleanup();
  cleans_up_ = true;
}

MemoryTrend MemoryTrack::trend(double window_seconds) const noexcept {
  MemoryTrend trend;
  double mean_seconds = 0;
  double mean_size = 0;
  for (; trend.samples_count < count_; ++trend.samples_count) {
    const Sample& at = sample(trend.samples_count);
    if (at.seconds < sample(0).seconds - window_seconds) break;
    mean_seconds += at.seconds;
    mean_size += static_cast<double>(at.bytes) / mebibyte;
  }
  if (trend.samples_count < 2) return trend;
  const auto count = static_cast<double>(trend.samples_count);
  mean_seconds /= count;
  mean_size /= count;
  double products = 0;
  double squares = 0;
  double deviations = 0;
  for (std::size_t age = 0; age < trend.samples_count; ++age) {
    const double seconds = sample(age).seconds - mean_seconds;
    const double size = static_cast<double>(sample(age).bytes) / mebibyte - mean_size;
    products += seconds * size;
    squares += seconds * seconds;
    deviations += size * size;
  }
  trend.trend_mb_per_sec = squares > 0 ? products / squares : 0;
  trend.volatility = std::sqrt(deviations / count);
  return trend;
}

MemorySummary MemoryTrack::summary() const noexcept {
  const auto mebibytes = [](std::int64_t bytes) { return static_cast<double>(bytes) / mebibyte; };
  const MemoryTrend now = trend(window_);
  return {mebibytes(current_),
          mebibytes(initial_),
          mebibytes(peak_),
          mebibytes(growth()),
          mebibytes(growth_since_cleanup()),
          now.trend_mb_per_sec,
          now.volatility,
          total_};
}

void MemoryTrack::save(StateWriter& writer) const {
  writer.real(window_);
  writer.real(placed_);
  for (const std::int64_t number : {current_, initial_, peak_, after_cleanup_}) {
    writer.integer(static_cast<std::uint64_t>(number));
  }
  writer.integer(total_);
  writer.integer(cleanups_);
  writer.integer(cleans_up_ ? 1 : 0);
  writer.integer(count_);
  for (std::size_t age = count_; age-- > 0;) {
    writer.real(sample(age).seconds);
    writer.integer(static_cast<std::uint64_t>(sample(age).bytes));
  }
}

void MemoryTrack::load(StateReader& reader) {
  MemoryTrack read(reader.real());
  read.placed_ = reader.real();
  for (std::int64_t* number : {&read.current_, &read.initial_, &read.peak_, &read.after_cleanup_}) {
    *number = static_cast<std::int64_t>(reader.integer());
  }
  read.total_ = reader.integer();
  read.cleanups_ = reader.integer();
  read.cleans_up_ = reader.integer() != 0;
  const std::uint64_t count = reader.integer();
  if (count > most_samples) throw std::runtime_error("a track of memory has too many samples");
  read.count_ = static_cast<std::size_t>(count);
  for (std::size_t i = 0; i < read.count_; ++i) {
    read.samples_[i].seconds = reader.real();
    read.samples_[i].bytes = static_cast<std::int64_t>(reader.integer());
  }
  read.next_ = read.count_ % most_samples;
  *this = std::move(read);
}

MemoryTracker::MemoryTracker(std::optional<int> pid, double window_seconds)
    : MemoryTracker([pid] { return read_process_memory(pid).resident; },
                    [start = std::chrono::steady_clock::now()] {
                      return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
                    },
                    window_seconds) {}

MemoryTracker::MemoryTracker(Source source, Clock clock, double window_seconds)
    : source_(std::move(source)), clock_(std::move(clock)), track_(window_seconds) {
  take_sample();
}

bool MemoryTracker::take_sample() {
  const std::int64_t bytes = source_();
  track_.record(clock_(), bytes);
  return bytes >= 0;
}

bool MemoryTracker::sample() {
  const std::lock_guard lock(mutex_);
  return take_sample();
}

void MemoryTracker::record_gc_event() {
  const std::lock_guard lock(mutex_);
  take_sample();
  track_.record_cleanup();
}

double MemoryTracker::get_current_memory_mb() const { return get_summary().current_mb; }
double MemoryTracker::get_memory_growth_mb() const { return get_summary().growth_mb; }
double MemoryTracker::get_memory_growth_since_gc_mb() const { return get_summary().growth_since_gc_mb; }

MemoryTrend MemoryTracker::get_memory_trend(double window_seconds) const {
  const std::lock_guard lock(mutex_);
  return track_.trend(window_seconds);
}

MemorySummary MemoryTracker::get_summary() const {
  const std::lock_guard lock(mutex_);
  return track_.summary();
}

}  // namespace skein
