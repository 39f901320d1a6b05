// RunClock: the wall clock of a run, added up over resumes.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

namespace skein {

class RunClock {
 public:
  /// Starts the clock, if it does not run.
  void start() noexcept {
    if (started_) return;
    started_ = true;
    start_ = Clock::now();
  }

  /// Any thread, after evaluations.
  void note_evaluation() noexcept { last_evaluation_.store(nanoseconds(), std::memory_order_relaxed); }

  /// Seconds from the first step to now.
  [[nodiscard]] double elapsed_seconds() const noexcept {
    return elapsed_before_ + (started_ ? static_cast<double>(nanoseconds()) * 1e-9 : 0.0);
  }

  /// Seconds from the first step to the last evaluation.
  [[nodiscard]] double evaluated_seconds() const noexcept {
    const std::int64_t last = last_evaluation_.load(std::memory_order_relaxed);
    return last < 0 ? evaluated_before_ : elapsed_before_ + static_cast<double>(last) * 1e-9;
  }

  /// Continues from what an earlier run has used.
  void resume(double elapsed, double evaluated) noexcept {
    elapsed_before_ = elapsed;
    evaluated_before_ = evaluated;
    last_evaluation_.store(-1, std::memory_order_relaxed);
    started_ = false;
  }

 private:
  using Clock = std::chrono::steady_clock;

  [[nodiscard]] std::int64_t nanoseconds() const noexcept {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - start_).count();
  }

  bool started_ = false;
  Clock::time_point start_;
  double elapsed_before_ = 0.0;
  double evaluated_before_ = 0.0;
  std::atomic<std::int64_t> last_evaluation_ = -1;  ///< nanoseconds after the start; -1: none yet
};

}  // namespace skein
