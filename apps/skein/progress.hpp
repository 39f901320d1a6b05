// Progress: how far a run has come, on standard error.
#pragma once

#include <chrono>
#include <string>

#include "skein/result.hpp"
#include "skein/session.hpp"

namespace skein::tool {

/// Where a run began, or was taken up.
struct ProgressStart {
  std::uint64_t evaluations = 0;
  double part_done = 0;
};

/// A line that is rewritten in place on a terminal; a line every few seconds elsewhere; or nothing.
class Progress {
 public:
  enum class Style { none, terminal, lines };

  /// What suits standard error.
  [[nodiscard]] static Style suitable_style();

  Progress(const Job& job, const Run& run, Style style);

  /// Shows the state of the run when it is time to. The run must stand still.
  void update();

  /// Shows the last state and ends the line.
  void finish(const Result& result);

 private:
  using Clock = std::chrono::steady_clock;

  void show(const Result& result);

  const Job& job_;
  const Run& run_;
  Style style_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point next_ = start_;
  std::size_t shown_width_ = 0;
  ProgressStart began_;
};

/// "[########............] " for a part of 0.4.
[[nodiscard]] std::string bar_text(double done);

/// "iteration 100/2000  183000 evaluations/s  best 12.5  4 s left" for a run that has taken so many seconds since it
/// began, or was taken up.
[[nodiscard]] std::string progress_text(const StopLimits& limits, const Result& result, double seconds,
                                        const ProgressStart& began);

}  // namespace skein::tool
