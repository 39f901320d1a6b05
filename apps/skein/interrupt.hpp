// Interrupt: SIGINT and SIGTERM end a run in good order; a second signal, half a second later or more, ends
// the process at once.
#pragma once

#include "skein/run.hpp"

namespace skein::tool {

/// While one exists, signals pause this run. There is at most one.
class Interrupt {
 public:
  explicit Interrupt(Run& run);
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;
  ~Interrupt();

  /// Whether a signal has arrived.
  [[nodiscard]] bool requested() const noexcept;
};

}  // namespace skein::tool
