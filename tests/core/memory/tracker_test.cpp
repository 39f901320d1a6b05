#include "skein/memory_tracker.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <thread>
#include <vector>

#include "skein/leak_detector.hpp"
#include "tests/core/support/state_text.hpp"

using namespace skein;

namespace {

constexpr std::int64_t one_mebibyte = 1 << 20;

/// Readings and a clock that a test sets.
struct Machine {
  std::int64_t bytes = 100 * one_mebibyte;
  double seconds = 0;

  MemoryTracker tracker(double window = 60) {
    return MemoryTracker([this] { return bytes; }, [this] { return seconds; }, window);
  }
};

}  // namespace

TEST_CASE("a memory tracker knows what is in use, the growth, the peak, and the growth since a cleanup") {
  Machine machine;
  MemoryTracker tracker = machine.tracker();
  CHECK(tracker.get_summary().total_samples == 1);
  machine.bytes = 130 * one_mebibyte;
  CHECK(tracker.get_current_memory_mb() == 100);  // only `sample` reads
  machine.seconds = 1;
  CHECK(tracker.sample());
  CHECK(tracker.get_current_memory_mb() == 130);
  machine.bytes = 110 * one_mebibyte;
  machine.seconds = 2;
  tracker.record_gc_event();
  machine.bytes = 115 * one_mebibyte;
  machine.seconds = 3;
  tracker.sample();
  const MemorySummary summary = tracker.get_summary();
  CHECK(summary.current_mb == 115);
  CHECK(summary.initial_mb == 100);
  CHECK(summary.peak_mb == 130);
  CHECK(summary.growth_mb == 15);
  CHECK(tracker.get_memory_growth_mb() == 15);
  CHECK(summary.growth_since_gc_mb == 5);
  CHECK(tracker.get_memory_growth_since_gc_mb() == 5);
  CHECK(summary.total_samples == 4);
}

TEST_CASE("a track of memory grows from what was there after a cleanup, which is seen by the next sample") {
  MemoryTrack track;
  track.record(0, 100);
  track.record(1, 500);
  track.begin_cleanup();
  CHECK(track.growth_since_cleanup() == 0);
  track.record(2, 200);
  CHECK(track.growth_since_cleanup() == 0);
  track.record(3, 230);
  CHECK(track.growth_since_cleanup() == 30);
  CHECK(track.cleanups() == 1);
}

TEST_CASE("a memory tracker leaves out what it cannot read") {
  Machine machine;
  machine.bytes = -1;
  MemoryTracker tracker = machine.tracker();
  CHECK_FALSE(tracker.sample());
  CHECK(tracker.get_summary().total_samples == 0);
  machine.bytes = 3 * one_mebibyte;
  CHECK(tracker.sample());
  CHECK(tracker.get_summary().initial_mb == 3);
  machine.bytes = -1;
  CHECK_FALSE(tracker.sample());
  CHECK(tracker.get_memory_growth_mb() == 0);
}

TEST_CASE("the trend of memory is the least-squares line and the spread over a window of time") {
  Machine machine;
  MemoryTracker tracker = machine.tracker();
  CHECK(tracker.get_memory_trend().samples_count == 1);
  CHECK(tracker.get_memory_trend().trend_mb_per_sec == 0);
  const std::vector<double> sizes = {100, 130, 90, 115, 120};
  for (std::size_t i = 1; i < sizes.size(); ++i) {
    machine.seconds = static_cast<double>(i * i);
    machine.bytes = static_cast<std::int64_t>(sizes[i]) * one_mebibyte;
    tracker.sample();
  }
  const auto plain = [&](std::size_t first) {  // slope = cov(t, m) / var(t), with the sums written out
    double n = 0, t = 0, m = 0, tt = 0, tm = 0, mm = 0;
    for (std::size_t i = first; i < sizes.size(); ++i) {
      const double x = static_cast<double>(i * i);
      n += 1, t += x, m += sizes[i], tt += x * x, tm += x * sizes[i], mm += sizes[i] * sizes[i];
    }
    return std::pair((n * tm - t * m) / (n * tt - t * t), std::sqrt(mm / n - m * m / n / n));
  };
  const std::vector<double> windows = {60, 15.5, 12, 7.5};  // each without one sample more
  for (std::size_t first = 0; first < windows.size(); ++first) {
    const MemoryTrend trend = tracker.get_memory_trend(windows[first]);
    CAPTURE(first);
    CHECK(trend.samples_count == sizes.size() - first);
    CHECK(trend.trend_mb_per_sec == doctest::Approx(plain(first).first));
    CHECK(trend.volatility == doctest::Approx(plain(first).second));
  }
}

TEST_CASE("a window of time is a window of time at any rate of samples") {
  MemoryTrack track(60);
  // 1000 samples a second for two minutes, memory growing by 2 MiB each second.
  for (int i = 0; i < 120000; ++i) {
    track.record(i * 0.001, static_cast<std::int64_t>(i * 0.002 * static_cast<double>(one_mebibyte)));
  }
  const MemoryTrend trend = track.trend(60);
  CHECK(trend.samples_count >= MemoryTrack::most_samples - 2);
  CHECK(trend.trend_mb_per_sec == doctest::Approx(2).epsilon(1e-3));
  CHECK(trend.volatility == doctest::Approx(120 / std::sqrt(12)).epsilon(0.02));
  CHECK(track.trend(30).samples_count == doctest::Approx(128).epsilon(0.02));
  CHECK(track.total_samples() == 120000);
}

TEST_CASE("a track of memory goes on from where it was saved") {
  MemoryTrack track(10);
  for (int i = 0; i < 700; ++i) track.record(i * 0.05, (i % 7) * one_mebibyte);
  track.record_cleanup();
  MemoryTrack loaded;
  test::StateText text;
  track.save(text);
  loaded.load(text);
  CHECK(text.remaining() == 0);
  for (int i = 700; i < 800; ++i) {
    track.record(i * 0.05, (i % 5) * one_mebibyte);
    loaded.record(i * 0.05, (i % 5) * one_mebibyte);
  }
  test::StateText one;
  test::StateText other;
  track.save(one);
  loaded.save(other);
  CHECK(one.content == other.content);
}

TEST_CASE("threads may sample and ask at once") {
  MemoryTracker tracker;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int k = 0; k < 200; ++k) {
        tracker.sample();
        static_cast<void>(tracker.get_summary());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(tracker.get_summary().total_samples == 801);
}

TEST_CASE("the memory of this process, of others, and of none") {
  const MemoryReading own = read_process_memory();
  CHECK(own.resident > one_mebibyte);
  CHECK(own.address_space >= own.resident);
  const MemoryReading by_number = read_process_memory(static_cast<int>(getpid()));
  CHECK(static_cast<double>(by_number.address_space) == doctest::Approx(static_cast<double>(own.address_space)));
  CHECK(read_process_memory(static_cast<int>(getppid())).resident > 0);
  CHECK(read_process_memory(-5).resident == -1);
  CHECK(read_process_memory(std::string("/nowhere")).resident == -1);
  CHECK(read_process_memory(std::string("/nowhere")).address_space == -1);
  CHECK(peak_process_memory() >= own.resident);
  CHECK(peak_process_memory(-5) == -1);
}

TEST_CASE("a leak detector's slope is the median of all slopes") {
  LeakDetector detector(8);
  CHECK(detector.slope() == 0);
  const std::vector<std::int64_t> sizes = {5, 100, 9, 40, 13, 7, 70, 90, 30};
  std::vector<double> slopes;
  for (std::size_t i = 0; i < sizes.size(); ++i) detector.add(static_cast<std::int64_t>(3 * i), sizes[i]);
  for (std::size_t late = 1; late < sizes.size(); ++late) {
    for (std::size_t early = 1; early < late; ++early) {
      slopes.push_back(static_cast<double>(sizes[late] - sizes[early]) / (3.0 * static_cast<double>(late - early)));
    }
  }
  std::ranges::sort(slopes);
  CHECK(detector.slope() == slopes[slopes.size() / 2]);
  CHECK(detector.step() == -60);
  CHECK_FALSE(detector.leaks(0.1));
}

TEST_CASE("steady growth is a leak, and steps, noise and growth that ends are none") {
  const auto leaks = [](auto size) {
    LeakDetector detector(16);
    bool found = false;
    for (int i = 0; i < 200; ++i) {
      detector.add(10 * i, static_cast<std::int64_t>(size(i)));
      found = found || detector.leaks(1024);
    }
    return found;
  };
  const auto noise = [](int i) { return 50000 * std::sin(i * 12.9898 + i * i); };
  CHECK(leaks([](int i) { return 20480.0 * i; }));
  CHECK_FALSE(leaks([](int i) { return 10000.0 * i; }));  // 1000 bytes per iteration
  CHECK(leaks([&](int i) { return 20480.0 * i + noise(i) / 2; }));
  CHECK_FALSE(leaks([&](int i) { return noise(i); }));
  CHECK_FALSE(leaks([](int i) { return i < 60 ? 0.0 : 1e9; }));
  CHECK_FALSE(leaks([](int i) { return -20480.0 * i; }));
  CHECK_FALSE(leaks([](int i) { return std::min(i, 5) * 20480.0; }));
  CHECK_FALSE(leaks([](int i) { return (i % 9) * 40960.0; }));  // what grows and is given back
}

TEST_CASE("a leak detector goes on from where it was saved, and refuses what is none") {
  LeakDetector detector(10);
  for (int i = 0; i < 25; ++i) detector.add(i, i * 2000);
  test::StateText text;
  detector.save(text);
  LeakDetector loaded;
  loaded.load(text);
  CHECK(loaded.leaks(1999));
  CHECK_FALSE(loaded.leaks(2000));
  test::StateText wrong;
  wrong.integer(5);
  wrong.integer(6);
  CHECK_THROWS_AS(loaded.load(wrong), std::runtime_error);
}
