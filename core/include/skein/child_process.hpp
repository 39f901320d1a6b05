// Work in a child process: what crashes, hangs or ends the process there does no harm here.
#pragma once

#include <chrono>
#include <functional>
#include <string>

namespace skein {

struct ChildOutcome {
  enum class End { finished, threw, signalled, exited, hung, not_started };
  End end = End::not_started;
  int number = 0;    ///< of the signal
  std::string text;  ///< what the work returned, or what was thrown
  std::string said;  ///< the last line on its standard output and error, which nobody sees otherwise

  /// "crashed (signal 11, Segmentation fault)", "did not return within 10 seconds", …; empty when it has finished.
  [[nodiscard]] std::string describe(std::chrono::duration<double> limit) const;
};

/// Calls `work` in a copy of this process. The copy has one thread; it sees all memory as it is now and changes none
/// of ours. What other threads of this process hold at that moment stays held in the copy for ever, except the memory
/// of malloc: so `work` must wait for nothing of theirs and, where this process has run anything in parallel, run
/// nothing in parallel.
[[nodiscard]] ChildOutcome run_in_child(const std::function<std::string()>& work, std::chrono::duration<double> limit);

}  // namespace skein
