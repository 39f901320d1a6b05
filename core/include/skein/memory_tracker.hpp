// MemoryTracker: how much memory a process uses, and how that changes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "skein/object.hpp"

namespace skein {

inline constexpr double mebibyte = 1024.0 * 1024.0;

/// Bytes; -1: not known.
struct MemoryReading {
  std::int64_t resident = -1;
  std::int64_t address_space = -1;

  /// Whether these are Skein's own bytes, which occupy no addresses by themselves.
  [[nodiscard]] bool is_counted() const noexcept { return address_space < 0; }
};

/// Of this process or another one: from /proc/PID/statm; unknown where that cannot be read. Allocates nothing. Cost:
/// about 2 µs.
[[nodiscard]] MemoryReading read_process_memory(std::optional<int> pid = {}) noexcept;

/// The same from the files of any folder.
[[nodiscard]] MemoryReading read_process_memory(const std::string& folder);

/// The largest resident size so far: VmHWM of /proc/PID/status; where that cannot be read, for this process what
/// getrusage says; -1 otherwise.
[[nodiscard]] std::int64_t peak_process_memory(std::optional<int> pid = {});

/// How memory changed over a window of time.
struct MemoryTrend {
  double trend_mb_per_sec = 0;  ///< least-squares slope
  double volatility = 0;        ///< standard deviation of the samples, MiB
  std::size_t samples_count = 0;
};

struct MemorySummary {
  double current_mb = 0;
  double initial_mb = 0;
  double peak_mb = 0;
  double growth_mb = 0;
  double growth_since_gc_mb = 0;
  double trend_mb_per_sec = 0;
  double memory_volatility = 0;
  std::uint64_t total_samples = 0;
};

/// Samples of the newest stretch of time, in fixed memory, and what was seen before. Samples that come faster than the
/// window divided by `most_samples` replace one another, so that a window is a window at any rate.
class MemoryTrack {
 public:
  static constexpr std::size_t most_samples = 256;

  explicit MemoryTrack(double window_seconds = 60);

  /// Adds a sample; `seconds` on any clock that never goes back. Unknown sizes (below 0) are left out.
  void record(double seconds, std::int64_t bytes) noexcept;
  /// Forgets all samples, and takes this one as the first.
  void restart(double seconds, std::int64_t bytes) noexcept;
  /// Says that memory was cleaned up when the newest sample was taken.
  void record_cleanup() noexcept;
  /// Says that memory is being cleaned up: what the next sample finds is there after it.
  void begin_cleanup() noexcept;

  [[nodiscard]] std::int64_t current() const noexcept { return current_; }
  [[nodiscard]] std::int64_t initial() const noexcept { return initial_; }
  [[nodiscard]] std::int64_t peak() const noexcept { return peak_; }
  [[nodiscard]] std::int64_t growth() const noexcept { return current_ - initial_; }
  [[nodiscard]] std::int64_t growth_since_cleanup() const noexcept { return current_ - after_cleanup_; }
  [[nodiscard]] std::uint64_t cleanups() const noexcept { return cleanups_; }
  [[nodiscard]] std::uint64_t total_samples() const noexcept { return total_; }

  /// Over the newest `window_seconds` before the newest sample.
  [[nodiscard]] MemoryTrend trend(double window_seconds) const noexcept;
  [[nodiscard]] MemorySummary summary() const noexcept;

  [[nodiscard]] std::size_t size_in_bytes() const noexcept { return samples_.capacity() * sizeof(Sample); }
  void save(StateWriter& writer) const;
  void load(StateReader& reader);

 private:
  struct Sample {
    double seconds = 0;
    std::int64_t bytes = 0;
  };
  [[nodiscard]] const Sample& sample(std::size_t age) const noexcept;

  double window_;
  std::vector<Sample> samples_;  ///< a ring
  std::size_t next_ = 0;
  std::size_t count_ = 0;
  double placed_ = 0;  ///< when the newest place of the ring was begun
  std::int64_t current_ = 0;
  std::int64_t initial_ = 0;
  std::int64_t peak_ = 0;
  std::int64_t after_cleanup_ = 0;
  bool cleans_up_ = false;
  std::uint64_t total_ = 0;
  std::uint64_t cleanups_ = 0;
};

/// A track with a source of readings and a clock of its own. Every member may be called from any thread. Only `sample`
/// reads; everything else speaks of the samples so far.
class MemoryTracker {
 public:
  using Source = std::function<std::int64_t()>;  ///< bytes in use now; below 0: not known
  using Clock = std::function<double()>;         ///< seconds; never goes back

  /// Of this process, or of another one, with the machine's steady clock; takes a first sample.
  explicit MemoryTracker(std::optional<int> pid = {}, double window_seconds = 60);
  MemoryTracker(Source source, Clock clock, double window_seconds = 60);

  /// Reads the source; false when the size is not known.
  bool sample();
  /// Takes a sample that counts as the state after a cleanup.
  void record_gc_event();

  [[nodiscard]] double get_current_memory_mb() const;
  [[nodiscard]] double get_memory_growth_mb() const;
  [[nodiscard]] double get_memory_growth_since_gc_mb() const;
  [[nodiscard]] MemoryTrend get_memory_trend(double window_seconds = 60) const;
  [[nodiscard]] MemorySummary get_summary() const;

 private:
  bool take_sample();

  Source source_;
  Clock clock_;
  mutable std::mutex mutex_;
  MemoryTrack track_;
};

}  // namespace skein
