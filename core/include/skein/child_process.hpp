// Work in a child process: what crashes, hangs or ends the process there does no harm here.
#pragma once

#include <chrono>
#include <functional>
#include <string>

namespace skein {

struct ChildOutcome {
  enum class End { finished, threw, signalled, exited, hung, not_started };
  End end = End::not_started;
  int number = 0;    ///< of the signal, or the exit code
  std::string text;  ///< what the work returned, or what was thrown

  /// "crashed (signal 11, Segmentation fault)", "did not return within 10 seconds", …; empty when it has finished.
  [[nodiscard]] std::string describe() const;
};

inline constexpr std::chrono::seconds child_time_limit{10};

/// Calls `work` in a copy of this process. The copy has one thread; it sees all memory as it is now and changes none
/// of ours.
[[nodiscard]] ChildOutcome run_in_child(const std::function<std::string()>& work,
                                        std::chrono::seconds limit = child_time_limit);

}  // namespace skein
