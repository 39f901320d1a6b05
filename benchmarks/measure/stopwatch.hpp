#pragma once

#include <ctime>

namespace skein::bench {

/// Processor time of the whole process is what one thread is measured with: it does not run while others have the
/// processor. Several threads are measured with wall time.
enum class Clock { wall, processor };

/// Time since it was made. Asking costs about 0.2 µs.
class Stopwatch {
 public:
  explicit Stopwatch(Clock clock) : clock_(clock), start_(now()) {}

  [[nodiscard]] double seconds() const { return now() - start_; }

 private:
  [[nodiscard]] double now() const {
    timespec time{};
    clock_gettime(clock_ == Clock::wall ? CLOCK_MONOTONIC : CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
  }

  Clock clock_;
  double start_;
};

}  // namespace skein::bench
