// BackgroundRun: a run that goes on in a thread of its own, while its owner pauses, looks, resumes and stops.
#pragma once

#include <memory>

#include "skein/run.hpp"

namespace skein {

/// Begins with the run at once. The functions may be called from any thread, one of which waits at a time. While it is
/// not paused or over, nobody else may touch the run.
class BackgroundRun {
 public:
  /// The run must outlive this, and must not be moved.
  explicit BackgroundRun(Run& run);
  /// As `stop`.
  ~BackgroundRun();
  BackgroundRun(const BackgroundRun&) = delete;
  BackgroundRun& operator=(const BackgroundRun&) = delete;

  /// Waits until the run stands still, at the end of a step or because of something else: then its state may be read,
  /// changed and saved, and it may be stepped by hand. Rethrows what an observer threw.
  RunState pause();
  /// Lets it go on; without effect on a run that is going on or has finished.
  void resume();
  /// Ends the run, with the stop reason `interrupted` if it was not finished, and waits for it. Throws nothing.
  RunState stop() noexcept;
  /// Waits until the run stands still by itself: finished, failed, pending, at a breakpoint, or paused by an operator.
  RunState wait();

 private:
  class Thread;
  std::unique_ptr<Thread> thread_;
};

}  // namespace skein
